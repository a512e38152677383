"""Broadcasts: one message, written once, for many people. Each of them has a row of the outbox."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    Integer,
    String,
    Table,
    and_,
    bindparam,
    false,
    func,
    insert,
    literal,
    literal_column,
    select,
    update,
)

from storage import changing
from storage.addresses import AddressState, addresses
from storage.outbox import OutState, messages_out
from storage.people import PersonState, people
from storage.reach import reach
from storage.schema import Record, metadata, unindexed
from storage.store import Tx
from storage.types import Code, Id, Instant, Sealed, SealedJson, Token

WORDING = "broadcast.text"


class BroadcastState(StrEnum):
    DRAFT = "draft"
    WAITING = "waiting"  # somebody has to approve it
    QUEUEING = "queueing"  # not everybody has a row yet
    GOING = "going"
    HELD = "held"  # its ceiling is reached, or somebody stopped it: nothing more of it is claimed
    CANCELED = "canceled"  # what had not gone by then does not go


class BroadcastKind(StrEnum):
    MESSAGE = "message"
    INVITATION = "invitation"  # to a project: it asks whether they are interested
    DIGEST = "digest"  # the news, for those who want it, with MORE for the rest
    OUTCOME = "outcome"  # what came of a project
    CORRECTION = "correction"  # of an earlier one, to exactly those who got it


class WhenCapped(StrEnum):
    """What becomes of somebody who had as many texts in the week as they agreed to."""

    WAIT = "wait"
    LEAVE_OUT = "leave_out"


broadcasts = Table(
    "broadcasts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False, unique=True),
    Column("state", Code, nullable=False),
    # Language to text. It is fixed from the start: what was sent can always be told.
    Column("words", SealedJson("broadcasts.words"), nullable=False),
    Column("priority", Integer, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("expires_at", Instant),
    # Tenths of a penny: what it may cost in all, and what was claimed of that.
    Column("ceiling", Integer),
    Column("spent", Integer, nullable=False, default=0),
    # Everybody up to this id has their row.
    Column("queued_to", Id, nullable=False, default=0),
    Column("staff_id", Id, ForeignKey("staff.id")),
    Column("created_at", Instant, nullable=False),
    Column("kind", Code, nullable=False, server_default=BroadcastKind.MESSAGE.value),
    # What colleagues call it.
    Column("name", Sealed("broadcasts.name")),
    Column("project_id", Id, ForeignKey("projects.id"), index=True),
    # Whom it is for, as bank.audience.Rule writes itself down; nothing: every member.
    Column("rule", SealedJson("broadcasts.rule")),
    # What may be answered: a list of wordings, of which the first is "c1"; nothing: it asks nothing.
    Column("choices", SealedJson("broadcasts.choices")),
    # The rest of the news, told part by part to whoever texts MORE: a list of wordings.
    Column("parts", SealedJson("broadcasts.parts")),
    # Other formats, for those who asked for them: "bsl", "audio", "easy_read" to the address of a page.
    Column("formats", SealedJson("broadcasts.formats")),
    Column("when_capped", Code, nullable=False, server_default=WhenCapped.WAIT.value),
    # It promotes another organisation: only for those who agreed to that.
    Column("promotion", Boolean, nullable=False, server_default=false()),
    # Spread evenly over so many minutes; 0: as fast as it goes.
    Column("spread", Integer, nullable=False, server_default="0"),
    Column("corrects_id", Id, ForeignKey("broadcasts.id"), index=True),
    # How many it was for when it was let go, and how many were left out for which reason.
    Column("counted", SealedJson("broadcasts.counted")),
    Column("sent_by", Id, ForeignKey("staff.id")),
    Column("let_go_at", Instant),
    Column("settled_at", Instant),
)

# Random names made by the database itself, 128 and 122 bits, so that a crowd is queued in one statement
# (SQLite manual, randomblob: a strong generator seeded by the system; PostgreSQL manual, gen_random_uuid).
_TOKEN: dict[str, ColumnElement[str]] = {
    "sqlite": literal_column("lower(hex(randomblob(16)))"),
    "postgresql": literal_column("replace(gen_random_uuid()::text, '-', '')"),
}
_those = (
    select(broadcasts)
    .where(broadcasts.c.id.in_(bindparam("these", expanding=True)))
    .order_by(broadcasts.c.id)
    .with_for_update()
)
_spend = (
    update(broadcasts).where(broadcasts.c.id == bindparam("which")).values(spent=broadcasts.c.spent + bindparam("more"))
)
_NAMES = (
    "token",
    "address_id",
    "person_id",
    "broadcast_id",
    "sender",
    "priority",
    "wording",
    "language",
    "one_line",
    "last_word",
    "state",
    "due_at",
    "expires_at",
    "attempts",
    "halted",
    "created_at",
)


def add(tx: Tx, **values: Any) -> int:
    added = insert(broadcasts).values(state=BroadcastState.QUEUEING, **values).returning(broadcasts.c.id)
    return int(tx.execute(added).scalar_one())


def get(tx: Tx, broadcast_id: int) -> Record:
    return tx.execute(select(broadcasts).where(broadcasts.c.id == broadcast_id)).one()


def these(tx: Tx, ids: Collection[int]) -> dict[int, Record]:
    """By id, as they stand now; no other transaction changes them before this one ends."""
    if not ids:
        return {}
    return {row.id: row for row in tx.execute(_those, {"these": list(ids)})}


def change(tx: Tx, broadcast_id: int, values: Mapping[str, Any]) -> None:
    changing.change(tx, broadcasts, broadcast_id, values)


def spend(tx: Tx, costs: Mapping[int, int]) -> None:
    """So much more was claimed of each, in tenths of a penny."""
    values = [{"which": id_, "more": cost} for id_, cost in costs.items() if cost]
    if values:
        tx.execute(_spend, values)


def being_queued(tx: Tx, now: datetime, limit: int) -> list[int]:
    """Ids of those that are due, and in which not everybody has a row yet."""
    unfinished = select(broadcasts.c.id).where(
        broadcasts.c.state == BroadcastState.QUEUEING, broadcasts.c.due_at <= now
    )
    return list(tx.execute(unfinished.order_by(broadcasts.c.id).limit(limit)).scalars())


# By the index that begins with the state, each part of the queueing would go through everybody.
_is_member = unindexed(people.c.state, PersonState.MEMBER)


def _people_next() -> Any:
    return (
        select(people.c.id)
        .where(people.c.id > bindparam("after"), _is_member)
        .order_by(people.c.id)
        .limit(bindparam("most"))
    )


def queue_next(tx: Tx, broadcast: Record, most: int, now: datetime) -> int:
    """Give the next so many members their row, in one statement; each at the address they last wrote from.

    Returns the id up to which everybody has one; 0 when there is nobody left.
    """
    given = {"after": broadcast.queued_to, "most": most}
    last = tx.execute(select(func.max(_people_next().subquery().c.id)), given).scalar_one_or_none()
    if last is None:
        return 0
    tx.execute(insert(messages_out).from_select(_NAMES, _rows(tx, broadcast, last, now)))
    return int(last)


def _rows(tx: Tx, broadcast: Record, last: int, now: datetime) -> Any:
    theirs = (
        select(
            addresses.c.id.label("address_id"),
            people.c.id.label("person_id"),
            addresses.c.sender,
            func.coalesce(addresses.c.language, people.c.language).label("language"),
            func.row_number()
            .over(partition_by=people.c.id, order_by=(addresses.c.last_in_at.desc().nulls_last(), addresses.c.id))
            .label("turn"),
        )
        .select_from(people)
        .join(reach, reach.c.person_id == people.c.id)
        .join(addresses, and_(addresses.c.id == reach.c.address_id, addresses.c.state == AddressState.OPEN))
        .where(people.c.id > broadcast.queued_to, people.c.id <= last, _is_member)
        .subquery()
    )
    fixed = {
        "priority": broadcast.priority,
        "wording": WORDING,
        "one_line": False,
        "last_word": False,
        "state": OutState.QUEUED,
        "due_at": broadcast.due_at,
        "expires_at": broadcast.expires_at,
        "attempts": 0,
        "halted": False,
        "created_at": now,
        "broadcast_id": broadcast.id,
    }
    columns: dict[str, ColumnElement[Any]] = {
        name: literal(value, messages_out.c[name].type) for name, value in fixed.items()
    }
    columns |= {name: theirs.c[name] for name in ("address_id", "person_id", "sender", "language")}
    # Rows that are queued together stand together in the tokens' index: a million of them would else touch its every
    # page again and again.
    columns["token"] = literal(secrets.token_hex(2), String) + _TOKEN[tx.dialect.name]
    return select(*(columns[name] for name in _NAMES)).where(theirs.c.turn == 1)


def hold(tx: Tx, broadcast_id: int, most: int) -> int:
    """What waits of it is held, so many rows at a time. Returns how many."""
    return _move(tx, broadcast_id, OutState.QUEUED, OutState.HELD, most)


def release(tx: Tx, broadcast_id: int, most: int) -> int:
    """What was held of it may go again, so many rows at a time. Returns how many."""
    return _move(tx, broadcast_id, OutState.HELD, OutState.QUEUED, most)


def _move(tx: Tx, broadcast_id: int, before: OutState, after: OutState, most: int) -> int:
    of_it = messages_out.c.broadcast_id == broadcast_id, messages_out.c.state == before
    which = select(messages_out.c.id).where(*of_it).limit(most)
    return int(tx.execute(update(messages_out).where(messages_out.c.id.in_(which)).values(state=after)).rowcount)
