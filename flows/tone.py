"""Whether a text keeps to our voice: what can be measured of it, in any language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from language import advice, introduction

_PLACE = re.compile(r"\{[^{}]*\}")
_NUMBER = re.compile(r"\d{3,}|\d+(?: \d+){2,}")


def tone(form: str, language: str) -> Iterator[str]:
    """What is wrong with a text whose places are still open; a value counts as one word."""
    ours = _PLACE.sub(" ", form)
    if found := _NUMBER.search(ours):
        yield f'The number "{found[0]}" is written in the text: it must come as a value.'
    yield from (finding.says for finding in advice.of_words(ours, language))


def message_tone(form: str, language: str) -> Iterator[str]:
    """What is wrong with a whole message, its lines together and its places open."""
    yield from (finding.says for finding in advice.of_message(form, language))


def introduces(form: str) -> Iterator[str]:
    """A text that nobody asked for says who writes, at once, and how to stop."""
    yield from (finding.says for finding in introduction.findings(form, "{council}"))
