"""Invitations: one person asked by one broadcast, for a project or for a choice; each carries the answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Table,
    UniqueConstraint,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from storage import changing
from storage.broadcasts import BroadcastKind, broadcasts
from storage.outbox import OutState, messages_out
from storage.prepared import Prepared
from storage.schema import Record, constant, metadata
from storage.store import Tx
from storage.tasks import IS_OPEN, TaskKind, tasks
from storage.types import Code, Id, Instant, Token


class Answer(StrEnum):
    """What somebody answered to an invitation; to a choice of the coordinator's it is the choice's id ("c1")."""

    YES = "yes"
    NO = "no"
    LATER = "later"
    MAYBE = "maybe"  # to a meeting


invitations = Table(
    "invitations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False, unique=True),
    Column("broadcast_id", Id, ForeignKey("broadcasts.id")),
    Column("project_id", Id, ForeignKey("projects.id")),
    Column("meeting_id", Id, ForeignKey("meetings.id")),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    # Where they were asked; nothing: by a call or a letter, or they found it themselves.
    Column("address_id", Id, ForeignKey("addresses.id")),
    Column("task_id", Id, ForeignKey("tasks.id")),
    Column("invited_at", Instant, nullable=False),
    Column("answer", Code),
    Column("answered_at", Instant),
    Column("message_id", Id, ForeignKey("messages_in.id")),
    Column("entered_by", Id, ForeignKey("staff.id")),
    Column("how", Code),
    UniqueConstraint("broadcast_id", "person_id"),
)
Index("ix_invitations_project", invitations.c.project_id, invitations.c.answer, invitations.c.person_id)
_to_meeting = invitations.c.meeting_id.is_not(None)
Index(
    "ix_invitations_meeting",
    invitations.c.meeting_id,
    invitations.c.answer,
    invitations.c.person_id,
    sqlite_where=_to_meeting,
    postgresql_where=_to_meeting,
)
_unanswered = invitations.c.answer.is_(None)
Index(
    "ix_invitations_address",
    invitations.c.address_id,
    invitations.c.invited_at,
    sqlite_where=_unanswered,
    postgresql_where=_unanswered,
)


_by_task = invitations.c.task_id.is_not(None)
Index("ix_invitations_task_id", invitations.c.task_id, sqlite_where=_by_task, postgresql_where=_by_task)
# Their phone has it, or may have it.
WENT = (
    OutState.SENDING,
    OutState.ACCEPTED,
    OutState.SENT,
    OutState.DELIVERED,
    OutState.READ,
    OutState.UNKNOWN,
)
_with_words = select(invitations, messages_out.c.text, messages_out.c.id.label("row_id")).select_from(invitations)


def _going_to(*, answered: bool) -> Prepared:
    went = and_(
        messages_out.c.broadcast_id == invitations.c.broadcast_id,
        messages_out.c.person_id == invitations.c.person_id,
        messages_out.c.address_id == bindparam("at"),
        messages_out.c.state.in_([constant(state) for state in WENT]),
    )
    which = invitations.c.answer.is_not(None) if answered else _unanswered
    newest = invitations.c.answered_at.desc() if answered else invitations.c.invited_at.desc()
    found = _with_words.join(messages_out, went)
    return Prepared(
        found.where(which, invitations.c.invited_at >= bindparam("since"))
        .order_by(newest, invitations.c.id.desc(), messages_out.c.id.desc())
        .limit(bindparam("most"))
    )


# Asked for each message of a member to whom no question is open.
_went_to = {answered: _going_to(answered=answered) for answered in (False, True)}


def add(tx: Tx, **values: Any) -> Record:
    return tx.execute(insert(invitations).values(**values).returning(invitations)).one()


def of(tx: Tx, broadcast_id: int, person_id: int) -> Record | None:
    which = invitations.c.broadcast_id == broadcast_id, invitations.c.person_id == person_id
    return tx.execute(select(invitations).where(*which)).one_or_none()


def to_project(tx: Tx, project_id: int, person_id: int) -> Record | None:
    """The newest one of this person to this project."""
    return next(iter(all_to_project(tx, project_id, person_id)), None)


def all_to_project(tx: Tx, project_id: int, person_id: int) -> list[Record]:
    """Every one of this person to this project, newest first; none that asks to choose something else, or to meet."""
    return _all_to(tx, and_(invitations.c.project_id == project_id, invitations.c.meeting_id.is_(None)), person_id)


def all_to_meeting(tx: Tx, meeting_id: int, person_id: int) -> list[Record]:
    """Every one of this person to this meeting, newest first; none that asks to choose something else."""
    return _all_to(tx, invitations.c.meeting_id == meeting_id, person_id)


def _all_to(tx: Tx, which: ColumnElement[bool], person_id: int) -> list[Record]:
    asks = or_(invitations.c.broadcast_id.is_(None), broadcasts.c.kind == BroadcastKind.INVITATION)
    found = select(invitations).outerjoin(broadcasts, broadcasts.c.id == invitations.c.broadcast_id)
    theirs = found.where(which, invitations.c.person_id == person_id, asks)
    return list(tx.execute(theirs.order_by(invitations.c.id.desc())))


def went_to(tx: Tx, address_id: int, since: datetime, *, answered: bool, limit: int = 10) -> list[Record]:
    """Those of which the message went out to that address, answered or not yet, newest first.

    A message that did not arrive may have gone another way: the address is where it went in the end. `text` is what
    was said there.
    """
    found = _went_to[answered].rows(tx, {"at": address_id, "since": since, "most": limit})
    return list({row.id: row for row in found}.values())


def of_message(tx: Tx, row_id: int, address_id: int) -> Record | None:
    """The one that this row of the outbox carried to that address."""
    carried = and_(
        messages_out.c.broadcast_id == invitations.c.broadcast_id,
        messages_out.c.person_id == invitations.c.person_id,
    )
    found = _with_words.join(messages_out, carried)
    return tx.execute(found.where(messages_out.c.id == row_id, messages_out.c.address_id == address_id)).one_or_none()


def of_task(tx: Tx, task_id: int) -> Record | None:
    """The one that somebody is asked by this call or letter."""
    found = select(invitations).where(invitations.c.task_id == task_id).order_by(invitations.c.id.desc())
    return tx.execute(found.limit(1)).one_or_none()


def close_tasks(tx: Tx, person_id: int, now: datetime, result: str) -> None:
    """Close each call and letter by which this person was to be told of something, or asked."""
    asked = select(invitations.c.task_id).where(invitations.c.person_id == person_id, _by_task)
    which = (
        tasks.c.person_id == person_id,
        tasks.c.kind.in_([TaskKind.CALL, TaskKind.LETTER]),
        or_(tasks.c.broadcast_id.is_not(None), tasks.c.id.in_(asked)),
        IS_OPEN,
    )
    tx.execute(update(tasks).where(*which).values(closed_at=now, result=result))


def answers(tx: Tx, broadcast_id: int) -> dict[str | None, int]:
    """How many gave which answer; None: not yet."""
    counted = select(invitations.c.answer, func.count()).where(invitations.c.broadcast_id == broadcast_id)
    return {row[0]: row[1] for row in tx.execute(counted.group_by(invitations.c.answer))}


def change(tx: Tx, invitation_id: int, values: Mapping[str, Any]) -> None:
    changing.change(tx, invitations, invitation_id, values)


def forget(tx: Tx, person_id: int) -> None:
    tx.execute(delete(invitations).where(invitations.c.person_id == person_id))
