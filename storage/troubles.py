"""Troubles: what providers last refused us, by sender and code."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Column, Integer, Table, insert, select, update

from storage.schema import Record, metadata
from storage.store import Tx
from storage.types import Code, Instant

troubles = Table(
    "troubles",
    metadata,
    Column("sender", Code, primary_key=True),
    Column("problem", Code, primary_key=True),
    Column("concern", Code, nullable=False),
    Column("first_at", Instant, nullable=False),
    Column("last_at", Instant, nullable=False),
    Column("times", Integer, nullable=False),
)


def note(tx: Tx, sender: str, problem: str, concern: str, now: datetime) -> None:
    """It happened once more."""
    here = troubles.c.sender == sender, troubles.c.problem == problem
    again = update(troubles).where(*here).values(last_at=now, times=troubles.c.times + 1)
    if not tx.execute(again).rowcount:
        row = {"sender": sender, "problem": problem, "concern": concern}
        tx.execute(insert(troubles).values(**row, first_at=now, last_at=now, times=1))


def since(tx: Tx, after: datetime, concerns: Collection[str]) -> list[Record]:
    """What happened since then, of these concerns: newest first."""
    found = select(troubles).where(troubles.c.last_at >= after, troubles.c.concern.in_(concerns))
    return list(tx.execute(found.order_by(troubles.c.last_at.desc())))


def last(tx: Tx, sender: str) -> Record | None:
    """What happened last to this sender."""
    found = select(troubles).where(troubles.c.sender == sender).order_by(troubles.c.last_at.desc())
    return tx.execute(found.limit(1)).one_or_none()
