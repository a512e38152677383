"""Spending: what each of our senders cost on each day, in tenths of a penny, as it was claimed."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.schema import metadata
from storage.store import Tx
from storage.types import Code

spending = Table(
    "spending",
    metadata,
    Column("sender", Code, primary_key=True),
    Column("day", Code, primary_key=True),
    Column("cost", Integer, nullable=False),
)
_BEGIN = {
    name: dialect.insert(spending).on_conflict_do_nothing(index_elements=["sender", "day"])
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}
_here = spending.c.sender == bindparam("by"), spending.c.day == bindparam("on")
_of = select(spending.c.cost).where(*_here)
_more = update(spending).where(*_here).values(cost=spending.c.cost + bindparam("more"))


def of(tx: Tx, sender: str, day: str) -> int:
    """What was spent that day ("2026-11-23")."""
    return int(tx.execute(_of, {"by": sender, "on": day}).scalar_one_or_none() or 0)


def add(tx: Tx, sender: str, day: str, cost: int) -> None:
    if cost:
        tx.execute(_BEGIN[tx.dialect.name], {"sender": sender, "day": day, "cost": 0})
        tx.execute(_more, {"by": sender, "on": day, "more": cost})


def between(tx: Tx, first_day: str, day_after: str) -> list[tuple[str, str, int]]:
    """The sender, the day and the cost of what was spent on these days."""
    found = select(spending.c.sender, spending.c.day, spending.c.cost)
    these = found.where(spending.c.day >= first_day, spending.c.day < day_after)
    return [(row.sender, row.day, row.cost) for row in tx.execute(these.order_by(spending.c.day, spending.c.sender))]
