"""The cells of a table of answers: what may be answered to a question, and in which cell an answer is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bank.set_answers import RATINGS, in_words
from flows.felt import FELT
from flows.question_set import Kind, Question

SAID, OTHER = "said", "other"
# They may be anything, so only how many gave any is counted.
_UNCOUNTED = frozenset({Kind.TEXT, Kind.NUMBER})


@dataclass(frozen=True, slots=True)
class Line:
    """Cells of which no answer is in two: their labels, and the cell of an answer.

    Those `besides` have no label: they are counted and not shown, and they are there though nobody is in them. That
    nobody is would else show by what is told of the others.
    """

    labels: Mapping[str, str]
    of: Callable[[Any], str]
    besides: tuple[str, ...] = ()

    @property
    def cells(self) -> tuple[str, ...]:
        return (*self.labels, *self.besides)


_ANSWERED = Line({SAID: "Answered"}, lambda _value: SAID)


def lines_of(question: Question) -> list[Line]:
    """One line; where several may be chosen one for each choice, as a response may be in many of them."""
    if question.kind in _UNCOUNTED:
        return [_ANSWERED]
    if question.kind is Kind.SEVERAL:
        return [Line({SAID: in_words(question, [one])}, _having(one), (OTHER,)) for one in _choices(question)]
    return [Line(_labels(question), str)]


def label_of(question: Question, value: Any) -> str:
    """One answer as it is read."""
    return _labels(question).get(str(value)) or in_words(question, value)


def _having(choice: str) -> Callable[[Any], str]:
    return lambda value: SAID if choice in value else OTHER


def _choices(question: Question) -> list[str]:
    return [f"c{place}" for place, _choice in enumerate(question.choices, 1)]


def _labels(question: Question) -> dict[str, str]:
    if question.kind is Kind.RATING:
        return RATINGS
    if question.kind is Kind.RUNG:
        return {rung: words.text for rung, words in FELT.items()}
    ids = ("yes", "no") if question.kind is Kind.YES_NO else _choices(question)
    return {id_: in_words(question, id_) for id_ in ids}
