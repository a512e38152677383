"""Preferences: what coordinators changed of the organisation's settings, each by its name."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Table, delete, insert, select

from storage.schema import metadata
from storage.store import Tx
from storage.types import Code, Id, Instant, SealedJson

preferences = Table(
    "preferences",
    metadata,
    Column("name", Code, primary_key=True),
    Column("value", SealedJson("preferences.value"), nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("changed_by", Id, ForeignKey("staff.id")),
)
_everything = select(preferences.c.name, preferences.c.value)


def everything(tx: Tx) -> dict[str, Any]:
    """All values that were changed, by name."""
    return {row.name: row.value for row in tx.execute(_everything)}


def put(tx: Tx, name: str, value: Any, now: datetime, staff_id: int | None) -> None:
    """Keep this in place of what was there. `value` is what JSON can hold, and not None."""
    tx.execute(delete(preferences).where(preferences.c.name == name))
    tx.execute(insert(preferences).values(name=name, value=value, changed_at=now, changed_by=staff_id))
