"""Reading samples: fifty messages a week, drawn at random, that a colleague reads without knowing how we read them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Table, UniqueConstraint, insert, select

from storage.schema import Record, metadata
from storage.store import Tx
from storage.types import Code, Id, Instant, Token

reading_samples = Table(
    "reading_samples",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False, unique=True),
    # The Monday of the week in which the message came.
    Column("week", Code, nullable=False, index=True),
    Column("message_id", Id, ForeignKey("messages_in.id"), nullable=False),
    # What the colleague takes it to mean, and whether that is how we read it; nothing yet.
    Column("meant", Code),
    Column("right", Boolean),
    Column("judged_by", Id, ForeignKey("staff.id")),
    Column("judged_at", Instant),
    UniqueConstraint("week", "message_id"),
)


def add(tx: Tx, **values: Any) -> None:
    tx.execute(insert(reading_samples).values(**values))


def of_week(tx: Tx, week: str) -> list[Record]:
    found = select(reading_samples).where(reading_samples.c.week == week)
    return list(tx.execute(found.order_by(reading_samples.c.id)))
