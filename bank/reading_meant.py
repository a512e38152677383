"""What a message means to a colleague who reads it, from a short list, held against how we read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from language.everywhere import Word
from language.reading import Meaning

_LONGEST = 64


class Kind(StrEnum):
    """What a message is."""

    ANSWER = "answer"
    QUESTION = "question"
    STOP = "stop"
    DANGER = "danger"
    WISH = "wish"  # for help, a person, another language, a pause
    THANKS = "thanks"
    OTHER = "other"
    UNCLEAR = "unclear"


KINDS: Mapping[Kind, str] = {
    Kind.ANSWER: "It answers our question",
    Kind.QUESTION: "They ask us something",
    Kind.STOP: "They want no more texts, or to leave",
    Kind.DANGER: "Somebody may be in danger",
    Kind.WISH: "They want something else of us: help, a person, a language, a pause, a change",
    Kind.THANKS: "Thanks, or a greeting, and no more",
    Kind.OTHER: "Something else",
    Kind.UNCLEAR: "Nobody could tell",
}
_STOPS = frozenset({Word.STOP.value, Word.LEAVE.value})
_BY_MEANING = {
    Meaning.QUESTION: Kind.QUESTION,
    Meaning.OPT_OUT: Kind.STOP,
    Meaning.CRISIS: Kind.DANGER,
    Meaning.THANKS: Kind.THANKS,
    Meaning.GREETING: Kind.THANKS,
    Meaning.OPT_IN: Kind.WISH,
    Meaning.HELP: Kind.WISH,
    Meaning.HUMAN: Kind.WISH,
    Meaning.LANGUAGE: Kind.WISH,
}
_SAYS_ITSELF = frozenset({Meaning.YES.value, Meaning.NO.value, Meaning.MAYBE.value})


@dataclass(frozen=True, slots=True)
class Meant:
    """`choices` are those of the question that it picks, where it is an answer and there are any."""

    kind: Kind
    choices: frozenset[str] = frozenset()

    @property
    def kept(self) -> str:
        return ":".join((self.kind, *sorted(self.choices)))[:_LONGEST]


def is_right(meant: Meant, reading: Mapping[str, Any]) -> bool:
    """Whether we read it so. What was read beside the answer counts as read."""
    ours = _read(reading)
    if meant.kind is Kind.ANSWER:
        picked = _picked(reading)
        return bool(picked) and (not meant.choices or picked == meant.choices)
    if meant.kind is Kind.UNCLEAR:
        return not reading.get("sure") and ours <= {Kind.ANSWER, Kind.OTHER}
    if meant.kind is Kind.OTHER:
        return not ours - {Kind.OTHER}
    return meant.kind in ours


def _picked(reading: Mapping[str, Any]) -> frozenset[str]:
    """What we took for their answer."""
    value = reading.get("value")
    if value is None:
        return frozenset({reading["meaning"]} if reading["meaning"] in _SAYS_ITSELF else ())
    return frozenset(value if isinstance(value, list) else [value])


def _read(reading: Mapping[str, Any]) -> set[Kind]:
    """All that we read in it."""
    meanings = {reading["meaning"], *reading.get("also", ())}
    found = {_BY_MEANING[Meaning(one)] for one in meanings if one in set(Meaning) and Meaning(one) in _BY_MEANING}
    if reading["meaning"] == "word":
        found.add(Kind.STOP if reading.get("word") in _STOPS else Kind.WISH)
    if reading["meaning"] == "perhaps_stop":
        found.add(Kind.STOP)
    if _picked(reading):
        found.add(Kind.ANSWER)
    return found or {Kind.OTHER}
