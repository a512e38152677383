"""Reading what a provider took: which of our texts it is, and which meetings it is about, by its words alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from flows import feedback_sets
from flows.arranged import AFTER, ARRANGED, NEEDS_REVIEW
from flows.coming import COMING, NOTED
from flows.grammar import Ask, Choose, Flow, More, Say
from flows.invite_lines import INVITES, STOP
from flows.leave import LEAVE
from flows.meeting_news import MEETING_NEWS
from flows.meetings import WHICH_MEETING
from flows.pause import PAUSE
from flows.reminder import CLOSING, REMINDER
from flows.rsvp import RSVP
from flows.rsvp_places import RSVP_AGAIN, RSVP_NEWS, RSVP_OFFER
from flows.which import WHICH
from language.wording import Catalogs, Words

_FLOWS = (
    *(RSVP, COMING, NOTED, RSVP_OFFER, RSVP_NEWS, RSVP_AGAIN, MEETING_NEWS, REMINDER),
    *(ARRANGED, AFTER, NEEDS_REVIEW, WHICH, WHICH_MEETING, PAUSE, LEAVE),
)
_CODE = re.compile(r"\bK\d{3}\b")
_BLANK = "\0"


@dataclass(frozen=True, slots=True)
class Read:
    """One text: its flow and step ("invitation" and "" for what invites; empty for what is none of these)."""

    flow: str
    step: str
    codes: tuple[str, ...]


class Reader:
    """Knows the words of every flow in the languages of the bank."""

    def __init__(self, catalogs: Catalogs, languages: Iterable[str]) -> None:
        self._known = [
            (flow.name, name, tuple(piece for text in texts for piece in _pieces(catalogs, text, language)))
            for language in languages
            for flow in _FLOWS
            for name, texts in _texts(flow)
        ]
        self._known += [
            ("feedback", name, tuple(piece for text in texts for piece in _pieces(catalogs, text, language)))
            for language in languages
            for flow in feedback_sets.flows(catalogs, language).values()
            for name, texts in _asked(flow)
        ]
        self._invites = [
            (_folded(catalogs.render(STOP, language, {})), _pieces(catalogs, lines[-1], language)[-1])
            for language in languages
            for lines in INVITES.values()
        ]
        self.read = cache(self._read)

    def _read(self, text: str) -> Read:
        folded, codes = _folded(text), tuple(dict.fromkeys(_CODE.findall(text)))
        if any(stop in folded and ends in folded for stop, ends in self._invites):
            return Read("invitation", "", codes)
        fits = [(sum(map(len, pieces)), flow, step) for flow, step, pieces in self._known if _has(folded, pieces)]
        _length, flow, step = max(fits, default=(0, "", ""))
        return Read(flow, step, codes)


def _texts(flow: Flow) -> Iterable[tuple[str, tuple[Words, ...]]]:
    """The words of each step, with those that always come after it."""
    closing = flow.steps.get(CLOSING)
    for name, step in flow.steps.items():
        if isinstance(step, Say) and step.then == CLOSING and isinstance(closing, Say):
            yield name, (step.text, closing.text)
        elif isinstance(step, Say | Ask | Choose) and name != CLOSING:
            yield name, (step.text,)


def _asked(flow: Flow) -> Iterable[tuple[str, tuple[Words, ...]]]:
    """What asks how a meeting was: "asked" with the first question, else by how a question is answered."""
    begins = flow.steps["meeting"]
    for name, step in flow.steps.items():
        if isinstance(step, Ask | Choose):
            yield step.read if isinstance(step, Ask) else "choice", (step.text,)
        if isinstance(step, Ask | Choose) and isinstance(begins, More) and name == "q1":
            yield "asked", (begins.text, step.text)


def _pieces(catalogs: Catalogs, text: Words, language: str) -> tuple[str, ...]:
    """What stands between its blanks."""
    blanks = dict.fromkeys(re.findall(r"{(\w+)}", text.text), _BLANK)
    pieces = (_folded(piece) for piece in catalogs.render(text, language, blanks).split(_BLANK))
    return tuple(piece for piece in pieces if piece.strip(" .,:"))


def _has(text: str, pieces: tuple[str, ...]) -> bool:
    """All of them, in this order."""
    at = 0
    for piece in pieces:
        at = text.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return bool(pieces)


def _folded(text: str) -> str:
    """Without accents and capitals: a text may be sent without them."""
    plain = unicodedata.normalize("NFKD", text.replace("ł", "l").replace("Ł", "L"))
    return " ".join("".join(one for one in plain if not unicodedata.combining(one)).casefold().split())
