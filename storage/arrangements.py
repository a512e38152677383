"""Arrangements: what is to be arranged so that one person can take part in one meeting, and what became of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Select,
    Table,
    and_,
    delete,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from storage import changing
from storage.look import Look
from storage.meetings import GOES_ON, MeetingState, meetings
from storage.people import people
from storage.rsvps import RsvpState, rsvps
from storage.schema import Record, metadata
from storage.store import Tx
from storage.types import Code, Id, Instant, Sealed, Token


class ArrangementKind(StrEnum):
    """What is to be arranged. Each has a lead time, which the team sets."""

    BSL = "bsl"  # a sign language interpreter
    INTERPRETER = "interpreter"  # of a spoken language
    STEP_FREE = "step_free"
    TRANSPORT = "transport"
    SUPPORT_WORKER = "support_worker"  # one of ours, to support them there
    ASSISTANT = "assistant"  # a personal assistant of their own comes along
    SITTING = "sitting"  # someone to sit with the person they care for
    LARGE_PRINT = "large_print"
    EASY_READ = "easy_read"
    LOOP = "loop"  # a hearing loop
    CAPTIONS = "captions"
    PARKING = "parking"
    QUIET = "quiet"  # a quiet room
    FOOD = "food"
    OTHER = "other"


class ArrangementState(StrEnum):
    TO_DO = "to_do"
    BOOKED = "booked"
    COULD_NOT = "could_not"  # it could not be had: they are told, and asked what to do instead
    TALKED = "talked"  # a colleague has talked it over with them
    NOT_NEEDED = "not_needed"  # they do not come any more, or do not need it


# As long as something stands so, the meeting is not ready.
UNSETTLED = (ArrangementState.TO_DO, ArrangementState.COULD_NOT)

arrangements = Table(
    "arrangements",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False, unique=True),
    Column("meeting_id", Id, ForeignKey("meetings.id"), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    # Sealed too: it tells of somebody what their words would.
    Column("kind", Sealed("arrangements.kind"), nullable=False),
    # As they put it.
    Column("words", Sealed("arrangements.words"), nullable=False),
    # What of theirs that is known for every meeting it came from.
    Column("need_id", Id, ForeignKey("needs.id")),
    Column("state", Code, nullable=False),
    # They know what became of it.
    Column("told", Boolean, nullable=False, default=True),
    # What a colleague tells them of it, in their language.
    Column("note", Sealed("arrangements.note")),
    # The day by which it has to be booked.
    Column("due_on", Code, nullable=False),
    Column("message_id", Id, ForeignKey("messages_in.id")),
    Column("entered_by", Id, ForeignKey("staff.id")),
    Column("how", Code),
    Column("changed_by", Id, ForeignKey("staff.id")),
    Column("at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
)
Index("ix_arrangements_meeting", arrangements.c.meeting_id, arrangements.c.person_id)
_untold = arrangements.c.told == literal_column("false")
Index("ix_arrangements_untold", arrangements.c.changed_at, sqlite_where=_untold, postgresql_where=_untold)


def add(tx: Tx, **values: Any) -> Record:
    return tx.execute(insert(arrangements).values(**values).returning(arrangements)).one()


def get(tx: Tx, arrangement_id: int) -> Record:
    return tx.execute(select(arrangements).where(arrangements.c.id == arrangement_id)).one()


def by_token(tx: Tx, token: str) -> Record | None:
    return tx.execute(select(arrangements).where(arrangements.c.token == token)).one_or_none()


def in_meeting(tx: Tx, meeting_id: int, *states: ArrangementState) -> list[Record]:
    """Those of everybody (only those that stand so, where states are named), person by person."""
    found = select(arrangements).where(arrangements.c.meeting_id == meeting_id)
    found = found.where(arrangements.c.state.in_(states)) if states else found
    return list(tx.execute(found.order_by(arrangements.c.person_id, arrangements.c.id)))


def of(tx: Tx, meeting_id: int, person_id: int) -> list[Record]:
    theirs = arrangements.c.meeting_id == meeting_id, arrangements.c.person_id == person_id
    return list(tx.execute(select(arrangements).where(*theirs).order_by(arrangements.c.id)))


def change(tx: Tx, arrangement_id: int, values: Mapping[str, Any]) -> Record:
    """Write these values; returns it as it is now."""
    return changing.changed(tx, arrangements, arrangement_id, values)


_UNTOLD = Look(
    select(arrangements.c.id)
    .join(people, people.c.id == arrangements.c.person_id)
    .where(_untold, people.c.held.is_(None))
    .order_by(arrangements.c.changed_at, arrangements.c.id)
)


def untold(tx: Tx, limit: int) -> list[int]:
    """Ids of those of which somebody does not know yet what became of it, the oldest first.

    Where somebody may be in danger, or died, nobody is told or rung now.
    """
    return _UNTOLD.ids(tx, limit)


def unsettled_by(tx: Tx, day: str, now: datetime, limit: int) -> list[Record]:
    """What has to be booked by that day ("2026-12-03") for somebody who has a place, or may come, before the meeting
    begins, the earliest first.
    """
    open_now = arrangements.c.state.in_(UNSETTLED), arrangements.c.due_on <= day
    found = _with_rsvp(now).where(rsvps.c.state.in_([RsvpState.COMING, RsvpState.MAYBE]), *open_now)
    return list(tx.execute(found.order_by(arrangements.c.due_on, arrangements.c.id).limit(limit)))


def booked_in_vain(tx: Tx, now: datetime, limit: int) -> list[Record]:
    """What is booked for somebody who does not come any more, or for a meeting that is cancelled, before it begins."""
    gone = or_(rsvps.c.state == RsvpState.NOT_COMING, meetings.c.state == MeetingState.CANCELED)
    found = _with_rsvp(now, GOES_ON | {MeetingState.CANCELED}).where(gone)
    found = found.where(arrangements.c.state == ArrangementState.BOOKED)
    return list(tx.execute(found.order_by(arrangements.c.id).limit(limit)))


def _with_rsvp(now: datetime, states: Collection[MeetingState] = GOES_ON) -> Select[Any]:
    """Arrangements of meetings that are still to come and stand so, beside the RSVP that each belongs to."""
    theirs = and_(rsvps.c.meeting_id == arrangements.c.meeting_id, rsvps.c.person_id == arrangements.c.person_id)
    return (
        select(arrangements)
        .join(rsvps, theirs)
        .join(meetings, meetings.c.id == arrangements.c.meeting_id)
        .where(meetings.c.state.in_(sorted(states)), meetings.c.starts_at > now)
    )


def from_need(tx: Tx, need_id: int) -> list[Record]:
    return list(tx.execute(select(arrangements).where(arrangements.c.need_id == need_id)))


def unlink(tx: Tx, need_id: int) -> None:
    """The need that they came from is taken off the list: they stand for themselves."""
    tx.execute(update(arrangements).where(arrangements.c.need_id == need_id).values(need_id=None))


def unlink_all(tx: Tx, person_id: int) -> None:
    """The same for all needs of this person."""
    tx.execute(update(arrangements).where(arrangements.c.person_id == person_id).values(need_id=None))


def forget(tx: Tx, person_id: int) -> None:
    tx.execute(delete(arrangements).where(arrangements.c.person_id == person_id))
