"""Tallies: how many of each thing there were on a day, told every few seconds by the processes that counted them."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Column, Integer, Table, bindparam, delete, insert, select, update

from storage.look import Look
from storage.schema import metadata
from storage.store import Tx
from storage.types import Code

tallies = Table(
    "tallies",
    metadata,
    Column("day", Code, primary_key=True),  # "2026-11-23"
    Column("what", Code, primary_key=True),
    Column("count", Integer, nullable=False),
)


def add(tx: Tx, day: str, counts: Mapping[str, int]) -> None:
    """So many more of each on that day."""
    for what, more in counts.items():
        here = tallies.c.day == day, tallies.c.what == what
        if not tx.execute(update(tallies).where(*here).values(count=tallies.c.count + more)).rowcount:
            tx.execute(insert(tallies).values(day=day, what=what, count=more))


def of(tx: Tx, day: str) -> dict[str, int]:
    """How many of each there were on that day."""
    found = select(tallies.c.what, tallies.c["count"]).where(tallies.c.day == day)
    return {row[0]: row[1] for row in tx.execute(found)}


_OLD = Look(select(tallies.c.day).where(tallies.c.day < bindparam("before")))


def are_old(tx: Tx, before: str) -> bool:
    """Whether `forget` has anything to do."""
    return _OLD.finds(tx, before=before)


def forget(tx: Tx, before: str) -> int:
    """Take out those of days before this one. Returns how many."""
    return tx.execute(delete(tallies).where(tallies.c.day < before)).rowcount
