"""Reminders: what one person is to be told of one meeting by the clock, when, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Table, UniqueConstraint, delete, insert, select

from storage import changing
from storage.schema import Record, constant, metadata
from storage.store import Tx
from storage.types import Code, Id, Instant


class ReminderState(StrEnum):
    PLANNED = "planned"
    SENT = "sent"  # it has a row of the outbox; what became of that is there
    JOINED = "joined"  # said in one message with another that fell together with it
    LEFT_OUT = "left_out"  # it would not have helped any more, or they could not be texted: `why`


reminders = Table(
    "reminders",
    metadata,
    Column("id", Id, primary_key=True),
    Column("meeting_id", Id, ForeignKey("meetings.id"), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    # Which of the meeting's plan: "week", "day", "hours", "thanks".
    Column("step", Code, nullable=False),
    # When the meeting was to start as this was planned: a meeting that is moved is reminded of anew.
    Column("starts_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("state", Code, nullable=False),
    Column("why", Code),
    # The row of the outbox that says it.
    Column("row_id", Id, ForeignKey("messages_out.id")),
    Column("at", Instant, nullable=False),
    UniqueConstraint("meeting_id", "person_id", "step", "starts_at"),
)
_planned = reminders.c.state == constant(ReminderState.PLANNED)
Index("ix_reminders_due_at", reminders.c.due_at, sqlite_where=_planned, postgresql_where=_planned)
_said = reminders.c.row_id.is_not(None)
Index("ix_reminders_row_id", reminders.c.row_id, sqlite_where=_said, postgresql_where=_said)


def add(tx: Tx, **values: Any) -> None:
    tx.execute(insert(reminders).values(**values))


def of(tx: Tx, meeting_id: int, person_id: int) -> list[Record]:
    """Those of this person about this meeting, in the order of their time."""
    theirs = reminders.c.meeting_id == meeting_id, reminders.c.person_id == person_id
    return list(tx.execute(select(reminders).where(*theirs).order_by(reminders.c.due_at, reminders.c.id)))


def in_meeting(tx: Tx, meeting_id: int) -> list[Record]:
    found = select(reminders).where(reminders.c.meeting_id == meeting_id)
    return list(tx.execute(found.order_by(reminders.c.due_at, reminders.c.id)))


def due(tx: Tx, now: datetime, limit: int) -> list[int]:
    """Ids of those whose time has come, the earliest first."""
    found = select(reminders.c.id).where(_planned, reminders.c.due_at <= now)
    return list(tx.execute(found.order_by(reminders.c.due_at, reminders.c.id).limit(limit)).scalars())


def get(tx: Tx, reminder_id: int) -> Record:
    return tx.execute(select(reminders).where(reminders.c.id == reminder_id)).one()


def change(tx: Tx, reminder_id: int, values: Mapping[str, Any]) -> None:
    changing.change(tx, reminders, reminder_id, values)


def drop_planned(tx: Tx, meeting_id: int, person_id: int) -> None:
    """What was planned for them and has not been said: it is planned anew, or not wanted any more."""
    theirs = reminders.c.meeting_id == meeting_id, reminders.c.person_id == person_id, _planned
    tx.execute(delete(reminders).where(*theirs))


def forget(tx: Tx, person_id: int) -> None:
    tx.execute(delete(reminders).where(reminders.c.person_id == person_id))
