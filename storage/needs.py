"""Needs: what to arrange for somebody, in their own words; never why."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKey, Table, delete, func, insert, select

from storage.schema import Record, metadata
from storage.store import Tx
from storage.types import Code, Id, Instant, Sealed

needs = Table(
    "needs",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("words", Sealed("needs.words"), nullable=False),
    Column("message_id", Id, ForeignKey("messages_in.id")),
    # Who of the team entered it, and how they were told.
    Column("entered_by", Id, ForeignKey("staff.id")),
    Column("how", Code),
    Column("at", Instant, nullable=False),
)


def add(tx: Tx, **values: Any) -> None:
    tx.execute(insert(needs).values(**values))


def of(tx: Tx, person_id: int) -> list[Record]:
    return list(tx.execute(select(needs).where(needs.c.person_id == person_id).order_by(needs.c.id)))


def count(tx: Tx, person_id: int) -> int:
    return tx.execute(select(func.count()).select_from(needs).where(needs.c.person_id == person_id)).scalar_one()


def remove(tx: Tx, need_id: int) -> None:
    tx.execute(delete(needs).where(needs.c.id == need_id))


def forget(tx: Tx, person_id: int) -> None:
    tx.execute(delete(needs).where(needs.c.person_id == person_id))
