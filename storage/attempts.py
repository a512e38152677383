"""Attempts: somebody tries a pass phrase or a code. They are counted before they are judged, and soon forgotten."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, Table, bindparam, delete, func, insert, select

from storage.look import Look
from storage.schema import metadata
from storage.store import Tx
from storage.types import Id, Instant, Lookup

attempts = Table(
    "attempts",
    metadata,
    Column("id", Id, primary_key=True),
    # What was tried, as a keyed hash: a name, or the place in the network that it came from.
    Column("key", Lookup, nullable=False, index=True),
    Column("at", Instant, nullable=False, index=True),
)


def note(tx: Tx, keys: list[str], now: datetime) -> None:
    tx.execute(insert(attempts), [{"key": key, "at": now} for key in keys])


def count(tx: Tx, key: str, since: datetime) -> int:
    found = select(func.count()).select_from(attempts).where(attempts.c.key == key, attempts.c.at > since)
    return int(tx.execute(found).scalar_one())


def take_back(tx: Tx, keys: list[str], at: datetime) -> None:
    """The one that was made then was right."""
    tx.execute(delete(attempts).where(attempts.c.key.in_(keys), attempts.c.at == at))


def forgive(tx: Tx, keys: list[str]) -> None:
    """They proved that it is them."""
    tx.execute(delete(attempts).where(attempts.c.key.in_(keys)))


_OLD = Look(select(attempts.c.id).where(attempts.c.at <= bindparam("before")))


def are_old(tx: Tx, before: datetime) -> bool:
    """Whether `forget` has anything to do."""
    return _OLD.finds(tx, before=before)


def forget(tx: Tx, before: datetime) -> int:
    """Returns how many were deleted."""
    return int(tx.execute(delete(attempts).where(attempts.c.at <= before)).rowcount)
