"""Labels: what somebody who writes one back must not be heard to say."""

from __future__ import annotations

from collections.abc import Iterator

from flows.finding import Finding
from flows.grammar import Choice, Choose, Flow
from flows.template import forms
from language.everywhere import Word, everywhere
from language.wording import Catalogs

# The choices that mean the word itself.
_MEANT = {
    "menu.what.details": Word.DETAILS,
    "rhythm.what.pause": Word.PAUSE,
    "rhythm.what.less": Word.LESS,
    "rhythm.what.news": Word.NEWS,
    "rhythm.what.format": Word.FORMAT,
    "pause.how_long.less": Word.LESS,
    "menu.what.language": Word.LANGUAGE,
    "menu.what.call": Word.CALL,
    "menu.what.helpers": Word.HELPERS,
    "menu.what.projects": Word.PROJECTS,
    "menu.what.meetings": Word.MEETINGS,
    "perhaps_stop.ask.yes": Word.STOP,
}


def taken_words(flow: Flow, catalogs: Catalogs, language: str) -> Iterator[Finding]:
    """A label that works everywhere as a word of its own: whoever writes it back would get something else."""
    for key, choice in _choices(flow):
        if choice.label is None:
            continue
        for form in forms(choice.label, catalogs, language):
            word = everywhere(form, language, asked=True)
            if word is not None and word is not _MEANT.get(key):
                yield Finding(key, f'Written back, "{form}" would be heard as {word.upper()}.', language)


def _choices(flow: Flow) -> Iterator[tuple[str, Choice]]:
    for name, step in flow.steps.items():
        if isinstance(step, Choose) and isinstance(step.choices, tuple):
            yield from ((f"{flow.name}.{name}.{choice.id}", choice) for choice in step.choices)
