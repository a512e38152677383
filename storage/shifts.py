"""Shifts: who is alerted when somebody may be in danger, in which order, and in which hours."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import time
from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Table, delete, func, insert, select

from storage import changing
from storage.schema import Record, metadata
from storage.store import Tx
from storage.types import Id, Token

MIDNIGHT = time()

shifts = Table(
    "shifts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False, unique=True),
    Column("staff_id", Id, ForeignKey("staff.id"), nullable=False, index=True),
    # Who is alerted first has the smallest.
    Column("place", Integer, nullable=False),
    # One bit a weekday, Monday the lowest.
    Column("days", Integer, nullable=False),
    # Minutes since midnight, on the wall. One that ends no later than it begins goes on until the next day.
    Column("begins", Integer, nullable=False),
    Column("ends", Integer, nullable=False),
    Column("holidays", Boolean, nullable=False, default=False),
)


@dataclass(frozen=True, slots=True)
class Times:
    """When a shift is: weekdays (Monday is 0), local times, and whether bank holidays count."""

    days: frozenset[int]
    begins: time
    ends: time
    holidays: bool = False

    @classmethod
    def of(cls, row: Record) -> Times:
        days = frozenset(day for day in range(7) if row.days >> day & 1)
        return cls(days, _time(row.begins), _time(row.ends), row.holidays)

    def columns(self) -> dict[str, Any]:
        return {
            "days": sum(1 << day for day in self.days),
            "begins": _minutes(self.begins),
            "ends": _minutes(self.ends),
            "holidays": self.holidays,
        }


def _time(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def everything(tx: Tx) -> list[Record]:
    """The whole rota, who is alerted first first."""
    return list(tx.execute(select(shifts).order_by(shifts.c.place, shifts.c.id)))


def add(tx: Tx, token: str, staff_id: int, times: Times) -> Record:
    """Put somebody at the end of the rota."""
    last = tx.execute(select(func.max(shifts.c.place))).scalar_one() or 0
    added = insert(shifts).values(token=token, staff_id=staff_id, place=last + 1, **times.columns())
    return tx.execute(added.returning(shifts)).one()


def by_token(tx: Tx, token: str) -> Record | None:
    return tx.execute(select(shifts).where(shifts.c.token == token)).one_or_none()


def change(tx: Tx, shift_id: int, times: Times) -> None:
    changing.change(tx, shifts, shift_id, times.columns())


def put_in_order(tx: Tx, ids: Collection[int]) -> None:
    """From now on in this order; `ids` are all of them."""
    for place, shift_id in enumerate(ids, 1):
        changing.change(tx, shifts, shift_id, {"place": place})


def remove(tx: Tx, shift_id: int) -> None:
    tx.execute(delete(shifts).where(shifts.c.id == shift_id))
