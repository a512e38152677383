"""Reminders: what one person is to be told of one meeting by the clock, when, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Table, UniqueConstraint, delete, insert, select, true

from storage import changing
from storage.look import NOW, Look
from storage.lost import DID_NOT_ARRIVE, WENT_ELSEWHERE
from storage.outbox import messages_out
from storage.schema import Record, constant, metadata
from storage.store import Tx
from storage.types import Code, Id, Instant


class ReminderState(StrEnum):
    PLANNED = "planned"
    SENT = "sent"  # it has a row of the outbox; what became of that is there
    JOINED = "joined"  # said in one message with another that fell together with it
    LEFT_OUT = "left_out"  # it would not have helped any more, or they could not be texted: `why`


class Step(StrEnum):
    """What somebody is told of a meeting by the clock. The first are of its plan, the last three are news of it."""

    WEEK = "week"
    DAY = "day"
    HOURS = "hours"
    FEEDBACK = "feedback"  # how it was: asked once it is over
    THANKS = "thanks"
    CHANGED = "changed"  # something small is different: they are told
    MOVED = "moved"  # it is another day, or somewhere else: they are told, and asked again
    CANCELED = "canceled"


AFTER = (Step.FEEDBACK, Step.THANKS)
NEWS = (Step.CHANGED, Step.MOVED, Step.CANCELED)

reminders = Table(
    "reminders",
    metadata,
    Column("id", Id, primary_key=True),
    Column("meeting_id", Id, ForeignKey("meetings.id"), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    # Which of the meeting's plan, or which news of it: Step.
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
Index("ix_reminders_starts_at", reminders.c.starts_at, sqlite_where=_said, postgresql_where=_said)
_DUE = Look(
    select(reminders.c.id).where(_planned, reminders.c.due_at <= NOW).order_by(reminders.c.due_at, reminders.c.id)
)
_NOT_DELIVERED = Look(
    select(reminders.c.id)
    .join(messages_out, messages_out.c.id == reminders.c.row_id)
    .where(_said, reminders.c.starts_at > NOW, reminders.c.state == ReminderState.SENT, DID_NOT_ARRIVE, ~WENT_ELSEWHERE)
    .order_by(reminders.c.id)
)


def add(tx: Tx, **values: Any) -> None:
    tx.execute(insert(reminders).values(**values))


def of(tx: Tx, meeting_id: int, person_id: int) -> list[Record]:
    """Those of this person about this meeting, in the order of their time."""
    theirs = reminders.c.meeting_id == meeting_id, reminders.c.person_id == person_id
    return list(tx.execute(select(reminders).where(*theirs).order_by(reminders.c.due_at, reminders.c.id)))


def due(tx: Tx, now: datetime, limit: int) -> list[int]:
    """Ids of those whose time has come, the earliest first."""
    return _DUE.ids(tx, limit, now=now)


def not_delivered(tx: Tx, now: datetime, limit: int) -> list[int]:
    """Ids of those that were said and did not arrive, nor go another way, of meetings that have not begun."""
    return _NOT_DELIVERED.ids(tx, limit, now=now)


def get(tx: Tx, reminder_id: int) -> Record:
    return tx.execute(select(reminders).where(reminders.c.id == reminder_id)).one()


def change(tx: Tx, reminder_id: int, values: Mapping[str, Any]) -> None:
    changing.change(tx, reminders, reminder_id, values)


def put(tx: Tx, **values: Any) -> None:
    """Plan it, said once before or not."""
    which = {name: values[name] for name in ("meeting_id", "person_id", "step", "starts_at")}
    same = delete(reminders).where(*(reminders.c[name] == value for name, value in which.items()))
    tx.execute(same)
    add(tx, **values)


def drop_news(tx: Tx, meeting_id: int, person_id: int) -> set[str]:
    """What news of the meeting this person has not been told yet: it is told anew, or not at all. Which it was."""
    theirs = reminders.c.meeting_id == meeting_id, reminders.c.person_id == person_id
    dropped = delete(reminders).where(*theirs, _planned, reminders.c.step.in_(NEWS)).returning(reminders.c.step)
    return set(tx.execute(dropped).scalars())


def planned_of(tx: Tx, person_id: int, until: datetime) -> list[Record]:
    """What is planned for this person up to then, about any meeting, in the order of its time."""
    theirs = reminders.c.person_id == person_id, _planned, reminders.c.due_at <= until
    return list(tx.execute(select(reminders).where(*theirs).order_by(reminders.c.due_at, reminders.c.id)))


def meetings_of(tx: Tx, person_id: int) -> list[int]:
    """Ids of the meetings of which something is planned for this person."""
    found = select(reminders.c.meeting_id).where(reminders.c.person_id == person_id, _planned).distinct()
    return list(tx.execute(found.order_by(reminders.c.meeting_id)).scalars())


def drop_planned(tx: Tx, meeting_id: int, person_id: int | None = None) -> dict[str, datetime]:
    """What was planned, for one person or for everybody, and has not been said: it is planned anew, or not wanted.

    News of the meeting stays. Returns when each step was due, where it is one person's.
    """
    whose = reminders.c.person_id == person_id if person_id is not None else true()
    dropped = delete(reminders).where(
        reminders.c.meeting_id == meeting_id, whose, _planned, reminders.c.step.not_in(NEWS)
    )
    found = tx.execute(dropped.returning(reminders.c.step, reminders.c.due_at)).all()
    return {row.step: row.due_at for row in found}


def forget(tx: Tx, person_id: int) -> None:
    tx.execute(delete(reminders).where(reminders.c.person_id == person_id))
