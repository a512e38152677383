"""Cost: what the messages of each month cost, by sender."""

from __future__ import annotations

from collections import Counter

from bank.report_scope import Scope
from bank.report_section import Section
from bank.served import channel_name
from storage import spending
from storage.store import Tx

_TENTHS = 1000  # of a penny, in a pound


def sections(tx: Tx, scope: Scope) -> list[Section]:
    spent: Counter[tuple[str, str]] = Counter()
    for sender, day, cost in spending.between(tx, scope.period.first_day, scope.period.day_after):
        spent[day[:7], sender] += cost
    senders = sorted({sender for _month, sender in spent})
    rows, totals = [], []
    for month in scope.period.months():
        costs = [spent[str(month), sender] for sender in senders]
        totals.append((month.name, sum(costs) / _TENTHS))
        rows.append((month.name, *(pounds(cost) for cost in costs), pounds(sum(costs))))
    each = [sum(cost for (_month, one), cost in spent.items() if one == sender) for sender in senders]
    return [
        Section(
            "cost",
            "What our messages cost",
            "What phone companies take for sending, as it was reckoned when each message went.",
            ("Month", *map(channel_name, senders), "Together"),
            (*rows, ("All of it", *map(pounds, each), pounds(sum(each)))),
            line=tuple(totals),
        )
    ]


def pounds(tenths: int) -> str:
    """An amount in tenths of a penny, to the penny."""
    return f"£{tenths / _TENTHS:,.2f}"
