"""Notes: what people of ours write to each other about a thread. Nobody outside ever sees them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Column, ForeignKey, Table, delete, insert, select

from storage.belonging import Whose, rows_of
from storage.schema import Record, metadata
from storage.store import Tx
from storage.types import Id, Instant, Sealed, Token

notes = Table(
    "notes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False, unique=True),
    # Where it was written: on a thread, or on a person whom nobody reaches by text.
    Column("address_id", Id, ForeignKey("addresses.id"), index=True),
    Column("person_id", Id, ForeignKey("people.id"), index=True),
    Column("staff_id", Id, ForeignKey("staff.id"), nullable=False),
    Column("words", Sealed("notes.words"), nullable=False),
    Column("at", Instant, nullable=False),
)


def add(tx: Tx, **values: Any) -> int:
    return int(tx.execute(insert(notes).values(**values).returning(notes.c.id)).scalar_one())


def these(tx: Tx, ids: Collection[int]) -> list[Record]:
    return list(tx.execute(select(notes).where(notes.c.id.in_(ids))))


def about(tx: Tx, person_id: int, limit: int = 50) -> list[Record]:
    """The newest notes about this person."""
    found = select(notes).where(notes.c.person_id == person_id).order_by(notes.c.id.desc()).limit(limit)
    return list(tx.execute(found))


def forget(tx: Tx, address_id: int) -> None:
    """Delete every note on that thread."""
    tx.execute(delete(notes).where(notes.c.address_id == address_id))


def forget_of(tx: Tx, whose: Whose) -> None:
    """Delete what was noted about this person, or may have been."""
    tx.execute(delete(notes).where(notes.c.person_id == whose.person_id))
    tx.execute(delete(notes).where(rows_of(whose, notes, notes.c.at)))
