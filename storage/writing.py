"""Writing: who of the team is writing an answer on which thread, so that two of them know of each other."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Column, ForeignKey, Table, delete, insert, select, update

from storage.schema import Record, metadata
from storage.staff import staff
from storage.store import Tx
from storage.types import Id, Instant

writing = Table(
    "writing",
    metadata,
    Column("address_id", Id, ForeignKey("addresses.id"), primary_key=True),
    Column("staff_id", Id, ForeignKey("staff.id"), primary_key=True, index=True),
    # Until when we suppose that they go on.
    Column("until", Instant, nullable=False),
)


def note(tx: Tx, address_id: int, staff_id: int, until: datetime) -> None:
    """They write there, and go on until then."""
    here = writing.c.address_id == address_id, writing.c.staff_id == staff_id
    if not tx.execute(update(writing).where(*here).values(until=until)).rowcount:
        tx.execute(insert(writing).values(address_id=address_id, staff_id=staff_id, until=until))


def end(tx: Tx, ids: Collection[int], staff_id: int) -> None:
    """They write at none of these addresses any more."""
    tx.execute(delete(writing).where(writing.c.address_id.in_(ids), writing.c.staff_id == staff_id))


def others(tx: Tx, ids: Collection[int], staff_id: int, now: datetime) -> list[Record]:
    """Who else writes at these addresses now: `token` and `name` of each, always in the same order."""
    there = writing.c.address_id.in_(ids), writing.c.staff_id != staff_id, writing.c.until > now
    found = select(staff.c.id, staff.c.token, staff.c.name).join(writing, writing.c.staff_id == staff.c.id)
    return list({row.id: row for row in tx.execute(found.where(*there).order_by(staff.c.id))}.values())


def forget(tx: Tx, address_id: int) -> None:
    """Nobody writes there; call before the address's row is deleted."""
    tx.execute(delete(writing).where(writing.c.address_id == address_id))
