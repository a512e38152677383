"""Rhythm: how many texts people got that they did not ask for, month by month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, literal_column, select

from storage.months import month_of
from storage.outbox import NOT_SENT, is_unasked, messages_out
from storage.schema import Record, constant
from storage.store import Tx

# A week as a length of time: an instant is microseconds on SQLite.
_WEEK: dict[str, ColumnElement[object]] = {
    "sqlite": literal_column("604800000000"),
    "postgresql": literal_column("interval '7 days'"),
}


def unasked(tx: Tx, edges: Sequence[datetime], most_a_week: int) -> list[Record]:
    """Who (`person_id`) got how many (`texts`) in which of these months (`month`, its place).

    `full`: with one of them they had so many within seven days. 0: there is no such number.
    """
    whose, at = messages_out.c.person_id, messages_out.c.claimed_at
    went = messages_out.c.state.not_in([constant(state) for state in NOT_SENT])
    of_time = at.is_not(None), at >= edges[0], at < edges[-1]
    earlier = func.lag(at, max(0, most_a_week - 1)).over(partition_by=whose, order_by=at)
    each = select(whose, at, earlier.label("earlier")).where(is_unasked, *of_time, whose.is_not(None), went).subquery()
    within = each.c.earlier.op("+")(_WEEK[tx.dialect.name]) > each.c.claimed_at
    month = month_of(each.c.claimed_at, edges).label("month")
    full = func.count().filter(within).label("full") if most_a_week else literal_column("0").label("full")
    found = select(each.c.person_id, month, func.count().label("texts"), full).group_by(each.c.person_id, month)
    return list(tx.execute(found).all())
