"""Ways in: links that are good once, for somebody new or somebody who lost their phone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Table, delete, insert, select

from storage.look import NOW, Look
from storage.schema import Record, metadata
from storage.store import Tx
from storage.types import Id, Instant, Lookup

ways_in = Table(
    "ways_in",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token_key", Lookup, nullable=False, unique=True),
    Column("staff_id", Id, ForeignKey("staff.id"), nullable=False, index=True),
    Column("expires_at", Instant, nullable=False),
)


def add(tx: Tx, token: str, **values: Any) -> None:
    tx.execute(insert(ways_in).values(token_key=token, **values))


def find(tx: Tx, token: str, now: datetime) -> Record | None:
    """The link that has not expired, and whose it is."""
    return tx.execute(select(ways_in).where(ways_in.c.token_key == token, ways_in.c.expires_at > now)).one_or_none()


def close_all_of(tx: Tx, staff_id: int) -> None:
    tx.execute(delete(ways_in).where(ways_in.c.staff_id == staff_id))


_OVER = Look(select(ways_in.c.id).where(ways_in.c.expires_at <= NOW))


def are_over(tx: Tx, now: datetime) -> bool:
    """Whether `forget` has anything to do."""
    return _OVER.finds(tx, now=now)


def forget(tx: Tx, now: datetime) -> int:
    """Delete those that have expired. Returns how many."""
    return int(tx.execute(delete(ways_in).where(ways_in.c.expires_at <= now)).rowcount)
