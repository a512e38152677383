"""A carers' space as it stands in the tables: open, on Thursday 3 December 2026 at 2pm, and people who answer to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from bank import rsvps, wall_time
from bank.rsvps import Stood
from bank.tokens import token
from storage import meetings, people
from storage import rsvps as kept
from storage.invitations import Answer
from storage.meetings import MeetingKind, MeetingState, Way
from storage.schema import Record
from storage.store import Tx
from tests.bank.ashdale import ASHDALE, MORNING
from tests.bank.members import crowd

STARTS = datetime(2026, 12, 3, 14, tzinfo=UTC)


def a_space(tx: Tx, **more: Any) -> Record:
    when = {"on_day": "2026-12-03", "at_time": "14:00", "zone": "Europe/London", "minutes": 120}
    values = {
        "token": token(),
        "kind": MeetingKind.SPACE,
        "state": MeetingState.OPEN,
        "words": {"title": {"en": "Carers' space"}, "place": {"en": "Oak Hall"}},
        "way": Way.IN_PERSON,
        "created_at": MORNING,
        "changed_at": MORNING,
        **when,
        **wall_time.moments("2026-12-03", "14:00", "Europe/London", 120),
    }
    return meetings.add(tx, **(values | more))


def everybody(tx: Tx, number: int, **about: Any) -> list[Record]:
    """So many members with a phone each, in the order of their ids."""
    crowd(tx, number, **about)
    return list(tx.execute(people.people.select().order_by(people.people.c.id)))[-number:]


def says(
    tx: Tx, meeting: Record, person: Record, answer: Answer = Answer.YES, now: datetime = MORNING, **details: Any
) -> Stood:
    return rsvps.answer(tx, meeting, person, answer, now, ASHDALE, **details)


def stand(tx: Tx, meeting: Record, everyone: Sequence[Record]) -> list[str | None]:
    """How each of them stands."""
    found = [kept.of(tx, meeting.id, one.id) for one in everyone]
    return [one.state if one is not None else None for one in found]
