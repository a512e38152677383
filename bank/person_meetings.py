"""Somebody's meetings, as their page shows them: what they answered, how they stand, and whether they came."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bank import seating
from bank.meeting_facts import said
from bank.sources import Source, sources
from language.wording import SOURCE_LANGUAGE
from storage import meetings, rsvps
from storage.meetings import MeetingState, Way
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.store import Tx

# So many are shown, the latest first.
MOST = 30
_ANSWERS = {"yes": "Yes", "no": "No", "maybe": "Not sure", "later": "Not now"}


@dataclass(frozen=True, slots=True)
class Given:
    """One answer of theirs, and how it came to us."""

    answer: str
    source: Source


@dataclass(frozen=True, slots=True)
class Attends:
    """One meeting: how they stand in it, in words, and every answer they gave, the first first."""

    token: str
    title: str
    starts_at: datetime
    canceled: bool
    stands: str
    answers: tuple[Given, ...]


def of(tx: Tx, person: Record) -> list[Attends]:
    """Those that they answered to, the latest first, at most MOST."""
    rows = rsvps.of_person(tx, person.id)
    found = meetings.these(tx, {row.meeting_id for row in rows})
    shown = sorted(rows, key=lambda row: found[row.meeting_id].starts_at, reverse=True)[:MOST]
    return [_attends(tx, found[row.meeting_id], row) for row in shown]


def _attends(tx: Tx, meeting: Record, row: Record) -> Attends:
    given = rsvps.answers(tx, meeting.id, row.person_id)
    answers = tuple(
        Given(_ANSWERS.get(one.answer, one.answer), source)
        for one, source in zip(given, sources(tx, given), strict=True)
    )
    title, canceled = said(meeting, "title", SOURCE_LANGUAGE), meeting.state == MeetingState.CANCELED
    stands = ", ".join(_stands(tx, meeting, row))
    return Attends(meeting.token, title, meeting.starts_at, canceled, stands, answers)


def _stands(tx: Tx, meeting: Record, row: Record) -> Iterator[str]:
    state = RsvpState(row.state)
    if row.came is not None:
        yield "They came" if row.came else "They did not come"
    elif state is RsvpState.WAITING:
        yield "A place is kept for them" if row.offered_until else f"Number {seating.number(tx, row)} in line"
    elif state is RsvpState.COMING:
        yield from _comes(meeting, row)
    else:
        yield "They are not sure" if state is RsvpState.MAYBE else "They do not come"


def _comes(meeting: Record, row: Record) -> Iterator[str]:
    yield "They said yes" if meeting.state in {MeetingState.OVER, MeetingState.CANCELED} else "They come"
    yield from (words for words, is_so in (("late", row.late), ("leaving early", row.early)) if is_so)
    if meeting.way == Way.HYBRID and row.way:
        yield "online" if row.way == Way.ONLINE else "in person"
    if row.guests:
        yield "with one guest" if row.guests == 1 else f"with {row.guests} guests"
