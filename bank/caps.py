"""Caps: nobody gets more in a week than they can bear of what they did not ask for."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from bank.organisation import Organisation
from storage import claims, reach
from storage.schema import Record
from storage.store import Tx

_WEEK = timedelta(days=7)


def put_off(tx: Tx, rows: Collection[Record], now: datetime, organisation: Organisation) -> dict[int, datetime]:
    """Until when these rows that nobody asked for have to wait, by id; those that need not are left out.

    Counted are an address, which several people may share, and a person, who may have several. What goes to a helper of
    theirs is the helper's. What is claimed in this breath counts too.
    """
    most = organisation.most_a_week
    if not most or not rows:
        return {}
    went = {
        name: claims.unasked(tx, name, {row_id for row in rows if (row_id := getattr(row, name))}, now - _WEEK)
        for name in ("address_id", "person_id")
    }
    theirs = reach.pairs(tx, {row.address_id for row in rows})
    later: dict[int, datetime] = {}
    for row in rows:
        names = went if (row.address_id, row.person_id) in theirs else ("address_id",)
        times = [went[name].setdefault(getattr(row, name), []) for name in names]
        if until := _until(times, most):
            later[row.id] = until
        else:
            for each in times:
                each.append(now)
    return later


def _until(times: Iterable[list[datetime]], most: int) -> datetime | None:
    """When the newest so many are a week old but one, of whichever has too many."""
    return max((each[-most] + _WEEK for each in times if len(each) >= most), default=None)
