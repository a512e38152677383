"""Pulses: each running process, what it runs, and when it was last heard of. One that stopped takes its row with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Table, bindparam, delete, insert, select, update

from storage.look import Look
from storage.schema import Record, metadata
from storage.store import Tx
from storage.types import Code, Instant, Token

pulses = Table(
    "pulses",
    metadata,
    Column("token", Token, primary_key=True),
    Column("parts", Code, nullable=False),  # "clock web worker"
    # The first part of it that is not well, as it sees itself.
    Column("wrong", Code),
    Column("started_at", Instant, nullable=False),
    Column("beat_at", Instant, nullable=False),
)


def beat(tx: Tx, token: str, **values: Any) -> None:
    """It runs, and this is how it is: every column but its token."""
    if not tx.execute(update(pulses).where(pulses.c.token == token).values(values)).rowcount:
        tx.execute(insert(pulses).values(token=token, **values))


def end(tx: Tx, token: str) -> None:
    """It was told to stop."""
    tx.execute(delete(pulses).where(pulses.c.token == token))


def end_all(tx: Tx) -> None:
    """Whoever had them is gone: for the one process that may use this database."""
    tx.execute(delete(pulses))


def every(tx: Tx) -> list[Record]:
    """All of them, the first that started first."""
    return list(tx.execute(select(pulses).order_by(pulses.c.started_at, pulses.c.token)))


_SILENT = Look(select(pulses.c.token).where(pulses.c.beat_at < bindparam("silent_since")))


def are_silent(tx: Tx, silent_since: datetime) -> bool:
    """Whether `forget` has anything to do."""
    return _SILENT.finds(tx, silent_since=silent_since)


def forget(tx: Tx, silent_since: datetime) -> int:
    """Take out those not heard of since then. Returns how many."""
    return tx.execute(delete(pulses).where(pulses.c.beat_at < silent_since)).rowcount
