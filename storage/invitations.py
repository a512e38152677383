"""Invitations: one person asked by one broadcast, for a project or for a choice; each carries the answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Table, UniqueConstraint, delete, func, insert, select

from storage import changing
from storage.schema import Record, metadata
from storage.store import Tx
from storage.types import Code, Id, Instant, Token


class Answer(StrEnum):
    """What somebody answered to an invitation; to a choice of the coordinator's it is the choice's id ("c1")."""

    YES = "yes"
    NO = "no"
    LATER = "later"


invitations = Table(
    "invitations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False, unique=True),
    Column("broadcast_id", Id, ForeignKey("broadcasts.id")),
    Column("project_id", Id, ForeignKey("projects.id")),
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
_unanswered = invitations.c.answer.is_(None)
Index(
    "ix_invitations_address",
    invitations.c.address_id,
    invitations.c.invited_at,
    sqlite_where=_unanswered,
    postgresql_where=_unanswered,
)


def add(tx: Tx, **values: Any) -> Record:
    return tx.execute(insert(invitations).values(**values).returning(invitations)).one()


def get(tx: Tx, invitation_id: int) -> Record:
    return tx.execute(select(invitations).where(invitations.c.id == invitation_id)).one()


def of(tx: Tx, broadcast_id: int, person_id: int) -> Record | None:
    which = invitations.c.broadcast_id == broadcast_id, invitations.c.person_id == person_id
    return tx.execute(select(invitations).where(*which)).one_or_none()


def to_project(tx: Tx, project_id: int, person_id: int) -> Record | None:
    """The newest one of this person to this project."""
    which = invitations.c.project_id == project_id, invitations.c.person_id == person_id
    return tx.execute(select(invitations).where(*which).order_by(invitations.c.id.desc()).limit(1)).one_or_none()


def open_at(tx: Tx, address_id: int, since: datetime, limit: int = 10) -> list[Record]:
    """Those sent there since then that nobody has answered, newest first."""
    here = invitations.c.address_id == address_id, invitations.c.invited_at >= since, _unanswered
    return list(tx.execute(select(invitations).where(*here).order_by(invitations.c.id.desc()).limit(limit)))


def answers(tx: Tx, broadcast_id: int) -> dict[str | None, int]:
    """How many gave which answer; None: not yet."""
    counted = select(invitations.c.answer, func.count()).where(invitations.c.broadcast_id == broadcast_id)
    return {row[0]: row[1] for row in tx.execute(counted.group_by(invitations.c.answer))}


def change(tx: Tx, invitation_id: int, values: Mapping[str, Any]) -> None:
    changing.change(tx, invitations, invitation_id, values)


def forget(tx: Tx, person_id: int) -> None:
    tx.execute(delete(invitations).where(invitations.c.person_id == person_id))
