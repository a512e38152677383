"""Arrangements: what is to be arranged so that one person can take part in one meeting, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Index, Table, delete, insert, literal_column, select

from storage import changing
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
    Column("kind", Code, nullable=False),
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


def forget(tx: Tx, person_id: int) -> None:
    tx.execute(delete(arrangements).where(arrangements.c.person_id == person_id))
