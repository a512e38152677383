"""Dead letters: what a provider sent that we could not take in. Kept for a while, so that nothing is lost."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Table, delete, func, insert, select

from storage.schema import Record, metadata
from storage.store import Tx
from storage.types import Code, Id, Instant, Sealed

dead_letters = Table(
    "dead_letters",
    metadata,
    Column("id", Id, primary_key=True),
    Column("source", Code, nullable=False),
    Column("raw", Sealed("dead_letters.raw"), nullable=False),
    Column("problem", Code, nullable=False),
    Column("at", Instant, nullable=False),
)


def keep(tx: Tx, **values: Any) -> None:
    tx.execute(insert(dead_letters).values(**values))


def count(tx: Tx) -> int:
    return tx.execute(select(func.count()).select_from(dead_letters)).scalar_one()


def forget(tx: Tx, kept_before: datetime) -> int:
    """Delete those that were kept before then. Returns how many."""
    return tx.execute(delete(dead_letters).where(dead_letters.c.at < kept_before)).rowcount


def waiting(tx: Tx) -> list[Record]:
    return list(tx.execute(select(dead_letters).order_by(dead_letters.c.id)))
