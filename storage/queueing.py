"""Queueing: everybody whom a broadcast is for gets their row of the outbox, so many at a time, in one statement."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Float,
    String,
    Subquery,
    bindparam,
    cast,
    func,
    insert,
    literal,
    literal_column,
    select,
)

from storage import picking
from storage.broadcasts import WORDING
from storage.invitations import invitations
from storage.outbox import OutState, messages_out
from storage.people import PersonState, people
from storage.picking import Terms, Way
from storage.schema import Record, unindexed
from storage.store import Tx
from storage.tasks import tasks
from storage.types import Instant

# Random names made by the database itself, 128 and 122 bits, so that a crowd is queued in one statement
# (SQLite manual, randomblob: a strong generator seeded by the system; PostgreSQL manual, gen_random_uuid).
_TOKEN: dict[str, ColumnElement[str]] = {
    "sqlite": literal_column("lower(hex(randomblob(16)))"),
    "postgresql": literal_column("replace(gen_random_uuid()::text, '-', '')"),
}
_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
_LAST = 2**63 - 1  # ids
TEXTED = (Way.SMS, Way.WHATSAPP, Way.TELEGRAM)
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
_ASKED = ("token", "broadcast_id", "project_id", "meeting_id", "person_id", "address_id", "invited_at")
# By the index that begins with the state, each part of the queueing would go through everybody.
_next = (
    select(people.c.id)
    .where(
        people.c.id > bindparam("after"),
        people.c.id <= bindparam("up_to"),
        unindexed(people.c.state, PersonState.MEMBER),
    )
    .order_by(people.c.id)
    .limit(bindparam("most"))
    .subquery()
)
_how_far = select(func.count(), func.max(_next.c.id))


@dataclass(frozen=True, slots=True)
class Spread:
    """Due times spread evenly: over so long, for so many, of whom so many have theirs."""

    over: timedelta
    people: int
    before: int


@dataclass(frozen=True, slots=True)
class Part:
    """What became of the next members: up to which id, how many have a row, and who has none.

    `others` have `person_id`, `way`, `language` and `plain`: they are rung, or written to, or left out.
    """

    last: int
    texted: int
    others: list[Record]


def newest_person(tx: Tx) -> int:
    """The highest id of anybody on our list; 0: nobody is."""
    return int(tx.execute(select(func.coalesce(func.max(people.c.id), 0))).scalar_one())


def next_part(
    tx: Tx,
    broadcast: Record,
    terms: Terms,
    most: int,
    *,
    asks: bool,
    spread: Spread | None = None,
    up_to: int | None = None,
) -> Part | None:
    """Give the next so many members their row; each at the address they last wrote from. None: nobody is left.

    `asks`: each of them has an invitation, too. `up_to` is the id of the last member who may have one; None: whoever.
    """
    given = {"after": broadcast.queued_to, "up_to": _LAST if up_to is None else up_to, "most": most}
    members, last = tx.execute(_how_far, given).one()
    if not members:
        return None
    everybody = picking.picked(tx, broadcast.rule, terms)
    here = everybody.c.person_id > broadcast.queued_to, everybody.c.person_id <= last
    texted = everybody.c.way.in_(TEXTED)
    rows = _rows(tx, everybody, broadcast, terms, spread).where(*here, texted)
    asked = _invited(tx, everybody, broadcast, terms).where(*here, texted)
    # Whoever was asked once may not be one of the rule's any more: they are looked for before that is written.
    put = insert(messages_out).from_select(_NAMES, rows)
    queued = tx.execute(put, execution_options={"preserve_rowcount": True}).rowcount
    others = _others(tx, everybody, here) if queued < members else []
    if asks:
        tx.execute(insert(invitations).from_select(_ASKED, asked))
    return Part(last, queued, others)


def _others(tx: Tx, everybody: Subquery, here: Collection[ColumnElement[bool]]) -> list[Record]:
    columns = (everybody.c[name] for name in ("person_id", "way", "language", "plain"))
    found = select(*columns).where(*here, everybody.c.way.not_in(TEXTED))
    return list(tx.execute(found.order_by(everybody.c.person_id)))


def _rows(tx: Tx, everybody: Subquery, broadcast: Record, terms: Terms, spread: Spread | None) -> Any:
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
        "created_at": terms.now,
        "broadcast_id": broadcast.id,
    }
    columns: dict[str, ColumnElement[Any]] = {
        name: literal(value, messages_out.c[name].type) for name, value in fixed.items()
    }
    columns |= {name: everybody.c[name] for name in ("address_id", "person_id", "sender", "language")}
    columns["token"] = _token(tx)
    if spread is not None:
        columns["due_at"] = _in_turn(tx, everybody, broadcast, spread)
    return select(*(columns[name] for name in _NAMES))


def _invited(tx: Tx, everybody: Subquery, broadcast: Record, terms: Terms) -> Any:
    fixed = {
        "broadcast_id": broadcast.id,
        "project_id": broadcast.project_id,
        "meeting_id": broadcast.meeting_id,
        "invited_at": terms.now,
    }
    columns: dict[str, ColumnElement[Any]] = {
        name: literal(value, invitations.c[name].type) for name, value in fixed.items()
    }
    columns |= {"token": _token(tx), "person_id": everybody.c.person_id, "address_id": everybody.c.address_id}
    return select(*(columns[name] for name in _ASKED))


def _token(tx: Tx) -> ColumnElement[str]:
    """Rows that are put in together stand together in the tokens' index: a million of them would else touch its every
    page again and again.
    """
    return literal(secrets.token_hex(2), String) + _TOKEN[tx.dialect.name]


def _in_turn(tx: Tx, everybody: Subquery, broadcast: Record, spread: Spread) -> ColumnElement[Any]:
    """When each is due: as far into the time as their place among all."""
    most = max(spread.people - 1, 1)
    place = func.row_number().over(order_by=everybody.c.person_id) - 1 + spread.before
    if tx.dialect.name == "sqlite":
        span = literal(spread.over // _MICROSECOND, BigInteger)
        return literal((broadcast.due_at - _EPOCH) // _MICROSECOND, BigInteger) + func.min(place, most) * span / most
    seconds = cast(func.least(place, most), Float) * spread.over.total_seconds() / most
    return literal(broadcast.due_at, Instant).op("+")(func.make_interval(0, 0, 0, 0, 0, 0, seconds))


def add_tasks(tx: Tx, rows: Collection[Mapping[str, Any]]) -> list[int]:
    """Put in these tasks; their ids, in order."""
    put = insert(tasks).returning(tasks.c.id, sort_by_parameter_order=True)
    return list(tx.execute(put, list(rows)).scalars()) if rows else []


def invite(tx: Tx, rows: Collection[Mapping[str, Any]]) -> None:
    """Put in the invitations of those who do not text."""
    if rows:
        tx.execute(insert(invitations), list(rows))
