"""Ticks: when each tick of the clock was last done, whichever process leads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Column, Table, insert, select, update

from storage.schema import metadata
from storage.store import Tx
from storage.types import Code, Instant

ticks = Table(
    "ticks",
    metadata,
    Column("name", Code, primary_key=True),
    Column("at", Instant, nullable=False),
)


def done(tx: Tx, when: Mapping[str, datetime]) -> None:
    """These were done then."""
    for name, at in when.items():
        if not tx.execute(update(ticks).where(ticks.c.name == name).values(at=at)).rowcount:
            tx.execute(insert(ticks).values(name=name, at=at))


def last(tx: Tx) -> dict[str, datetime]:
    """When each was last done, by its name."""
    return {row.name: row.at for row in tx.execute(select(ticks))}
