"""What may change consent: the words of the tables, or what a person who labelled the reply took it to mean.

A guess of the model's is none of these: it is what is being checked.
"""

from __future__ import annotations

from bench.reading.spoilt import Spoilt
from flows.join import AGREES
from language import kinds, reply
from language.everywhere import Word, everywhere
from language.normal import safe
from language.reading import Meaning, Option, Question
from language.wording import Catalogs
from storage.schema import Record

_LANGUAGES = ("en", "pl")
_ENGLISH = Catalogs({})
_AGREEMENT = Question(
    "choice",
    tuple(
        Option(
            choice.id, _ENGLISH.render(choice.label, "en", {}) if choice.label else "", choice.hears, not choice.label
        )
        for choice in AGREES
    ),
)
_YES_NO = Question("choice", (Option("yes", "Yes", "yes"), Option("no", "No", "no")))
_LEAVES = {"opt_out", "wrong_person", "bereavement"}
_WITHDRAWS = {Word.STOP, Word.LEAVE}
_GIVES = {Word.START, Word.JOIN}
# Where a yes is an answer to the question whether to stop, or who it is that leaves.
_ASKS_WHETHER_TO_STOP = {"perhaps_stop", "who", "leave", "start"}


def may_change(one: Spoilt, standing: Record | None, *, given: bool) -> bool:
    """There were words for it, where they stood in their conversation before the message."""
    told = _words(one.text, asked=standing is not None)
    at_agreement = standing is not None and standing.flow == "join" and standing.step.startswith("agree")
    if given:
        return bool(told & _GIVES) or (at_agreement and _says(one.text, "yes"))
    if told & _WITHDRAWS or any(reply.meaning in _LEAVES for reply in one.made_from):
        return True
    if any(
        kinds.what(safe(one.text), language) in {Meaning.WRONG_PERSON, Meaning.BEREAVEMENT} for language in _LANGUAGES
    ):
        return True
    if standing is not None and standing.flow in _ASKS_WHETHER_TO_STOP:
        return True
    return standing is not None and standing.flow == "join" and (_says(one.text, "no") or _says(one.text, "young"))


def _words(text: str, *, asked: bool) -> set[Word | None]:
    return {everywhere(safe(text), language, asked) for language in _LANGUAGES}


def _says(text: str, answer: str) -> bool:
    """The tables are sure of it, read against the agreement or against the check of an answer to it."""
    told = [reply.read(question, safe(text), language) for question in (_AGREEMENT, _YES_NO) for language in _LANGUAGES]
    return any(reading.sure and reading.value == answer for reading in told)
