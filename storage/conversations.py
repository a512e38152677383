"""Conversations: where one address stands in a flow. One is open at a time; others wait their turn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    Table,
    bindparam,
    insert,
    select,
    update,
)

from storage import changing
from storage.look import NOW, Look
from storage.prepared import Prepared
from storage.schema import Record, constant, metadata
from storage.store import Tx
from storage.types import Code, Id, Instant, SealedJson, Token


class ConversationState(StrEnum):
    OPEN = "open"
    WAITING = "waiting"
    ENDED = "ended"


conversations = Table(
    "conversations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False),
    Column("address_id", Id, ForeignKey("addresses.id"), nullable=False, index=True),
    Column("person_id", Id, ForeignKey("people.id")),
    Column("state", Code, nullable=False),
    Column("flow", Code, nullable=False),
    Column("version", Integer, nullable=False),
    Column("step", Code, nullable=False),
    Column("memory", SealedJson("conversations.memory")),
    Column("outcome", Code),
    Column("opened_at", Instant, nullable=False),
    Column("nudge_at", Instant),
    Column("nudged", Boolean, nullable=False, default=False),
    Column("lapses_at", Instant),
)
_open = conversations.c.state == constant(ConversationState.OPEN)
Index("uq_conversations_open", conversations.c.address_id, unique=True, sqlite_where=_open, postgresql_where=_open)
Index("ix_conversations_nudge_at", conversations.c.nudge_at, sqlite_where=_open, postgresql_where=_open)
Index("ix_conversations_lapses_at", conversations.c.lapses_at)

# A conversation as it stands, by names that do not clash with those of its address.
STANDING = (
    conversations.c.id.label("conversation_id"),
    conversations.c.token.label("conversation_token"),
    conversations.c.person_id.label("conversation_person_id"),
    conversations.c.address_id.label("conversation_address_id"),
    conversations.c.flow,
    conversations.c.version,
    conversations.c.step,
    conversations.c.memory,
    conversations.c.nudged,
)
IS_OPEN = _open
_insert = Prepared(insert(conversations).returning(conversations.c.id))
_open_at = Prepared(select(*STANDING).where(conversations.c.address_id == bindparam("at"), _open))
_close = Prepared(
    update(conversations)
    .where(conversations.c.id == bindparam("which"))
    .values(state=ConversationState.ENDED, outcome=bindparam("how"), memory=None, nudge_at=None, lapses_at=None)
)


def open_at(tx: Tx, address_id: int) -> Record | None:
    return _open_at.first(tx, {"at": address_id})


def add(tx: Tx, **values: Any) -> int:
    return int(_insert.one(tx, values).id)


def change(tx: Tx, conversation_id: int, values: Mapping[str, Any]) -> None:
    changing.change(tx, conversations, conversation_id, values)


def end(tx: Tx, conversation_id: int, outcome: str) -> None:
    """Close it; answers in progress are gone with it."""
    _close.run(tx, {"which": conversation_id, "how": outcome})


def end_all(tx: Tx, address_id: int, outcome: str) -> None:
    _end_where(tx, conversations.c.address_id == address_id, outcome)


def end_with(tx: Tx, address_id: int, person_id: int, outcome: str) -> None:
    """Close every conversation with this person there; answers in progress are gone with them."""
    _end_where(tx, (conversations.c.address_id == address_id) & (conversations.c.person_id == person_id), outcome)


def live_with(tx: Tx, person_id: int, flow: str) -> list[Record]:
    """Every conversation with this person in this flow that is open or waits, wherever it is."""
    which = conversations.c.person_id == person_id, conversations.c.flow == flow
    live = conversations.c.state != ConversationState.ENDED
    return list(tx.execute(select(*STANDING).where(*which, live).order_by(conversations.c.id)))


def end_flow(tx: Tx, address_id: int, flow: str, outcome: str) -> list[int]:
    """Close every conversation there in this flow. Returns their ids."""
    which = conversations.c.address_id == address_id, conversations.c.flow == flow
    live = conversations.c.state != ConversationState.ENDED
    ids = list(tx.execute(select(conversations.c.id).where(*which, live)).scalars())
    _end_where(tx, conversations.c.id.in_(ids), outcome)
    return ids


def _end_where(tx: Tx, which: ColumnElement[bool], outcome: str) -> None:
    live = conversations.c.state.in_([ConversationState.OPEN, ConversationState.WAITING])
    ended = {"state": ConversationState.ENDED, "outcome": outcome, "memory": None, "nudge_at": None, "lapses_at": None}
    tx.execute(update(conversations).where(which, live).values(ended))


def next_waiting(tx: Tx, address_id: int) -> Record | None:
    """The one put aside last: what they were in the middle of."""
    waiting = (
        select(*STANDING)
        .where(conversations.c.address_id == address_id, conversations.c.state == ConversationState.WAITING)
        .order_by(conversations.c.id.desc())
        .limit(1)
    )
    return tx.execute(waiting).one_or_none()


def last_of(tx: Tx, address_id: int, flow: str) -> Record | None:
    """The newest conversation there in this flow, open or ended: its opened_at and outcome."""
    there = select(conversations.c.opened_at, conversations.c.outcome).where(
        conversations.c.address_id == address_id, conversations.c.flow == flow
    )
    return tx.execute(there.order_by(conversations.c.id.desc()).limit(1)).one_or_none()


def called(tx: Tx, token: str) -> Record | None:
    """The one of that name: its flow, and whether it is over (`state`)."""
    found = select(conversations.c.flow, conversations.c.state).where(conversations.c.token == token)
    return tx.execute(found).one_or_none()


def standing(tx: Tx, conversation_id: int) -> Record:
    return tx.execute(select(*STANDING).where(conversations.c.id == conversation_id)).one()


def open_since(tx: Tx, address_id: int) -> Record | None:
    """What is open there: its flow and opened_at."""
    found = select(conversations.c.flow, conversations.c.opened_at)
    return tx.execute(found.where(conversations.c.address_id == address_id, _open)).one_or_none()


def whereabouts(tx: Tx, conversation_id: int) -> Record:
    """Its flow, address and person, which can be read though its memory cannot."""
    about = select(conversations.c.flow, conversations.c.address_id, conversations.c.person_id)
    return tx.execute(about.where(conversations.c.id == conversation_id)).one()


_TO_NUDGE = Look(
    select(conversations.c.id).where(_open, conversations.c.nudge_at <= NOW).order_by(conversations.c.nudge_at)
)
_TO_LAPSE = Look(
    select(conversations.c.id)
    .where(conversations.c.state != ConversationState.ENDED, conversations.c.lapses_at <= NOW)
    .order_by(conversations.c.lapses_at)
)


def to_nudge(tx: Tx, now: datetime, limit: int) -> list[int]:
    """Ids of those that are open and due a reminder."""
    return _TO_NUDGE.ids(tx, limit, now=now)


def to_lapse(tx: Tx, now: datetime, limit: int) -> list[int]:
    """Ids of those that were left open or waiting too long."""
    return _TO_LAPSE.ids(tx, limit, now=now)
