"""The carers' space: a monthly meeting of Ashdale's on the first Thursday at 2pm, and people who come to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from bank import meetings
from bank.colleague import Colleague
from bank.meetings import Details
from bank.tokens import token
from storage import rsvps
from storage.meetings import MeetingKind, Repeats
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.store import Tx
from tests.bank.ashdale import ASHDALE, MORNING

WORDS = {
    "title": {"en": "Carers' space", "pl": "Spotkanie opiekunów"},
    "agenda": {"en": "Tea and talk. A guest tells us about money."},
    "place": {"en": "Oak Hall, Station Road"},
    "find": {"en": "by Aldi"},
    "expenses": {"en": "We pay your fares."},
}
SPACE = Details(
    WORDS,
    date(2026, 12, 3),
    time(14),
    kind=MeetingKind.SPACE,
    repeats=Repeats.MONTHLY_WEEKDAY,
)


def but(**other: Any) -> Details:
    """The carers' space, with something written otherwise: words by their name (by language), or a field."""
    words = {name: given for name, given in other.items() if isinstance(given, dict)}
    fields = {name: given for name, given in other.items() if name not in words}
    return replace(SPACE, words={**WORDS, **words}, **fields)


def draft(tx: Tx, by: Colleague, details: Details = SPACE, now: datetime = MORNING) -> Record:
    return meetings.add(tx, by, details, now, ASHDALE)


def opened(tx: Tx, by: Colleague, details: Details = SPACE, now: datetime = MORNING) -> Record:
    return meetings.open_(tx, by, draft(tx, by, details, now), now)


def stands(tx: Tx, meeting: Record, person: Record, state: RsvpState, turn: int = 1, **more: Any) -> Record:
    """Have this person stand so in it."""
    at = {"token": token(), "turn": turn, "at": MORNING, "changed_at": MORNING}
    return rsvps.add(tx, meeting_id=meeting.id, person_id=person.id, state=state, **at | more)
