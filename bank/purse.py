"""The purse: the money there is for messages, of a sender for its day and of a broadcast for all of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from bank import limits
from bank.limits import Limits
from bank.organisation import Organisation
from storage import broadcasts, claims, spending
from storage.broadcasts import BroadcastState
from storage.outbox import Priority
from storage.schema import Record
from storage.store import Tx

# Nothing else has to wait behind what is held, one after the other.
_HELD_AT_ONCE = 5000


@dataclass(slots=True)
class Purse:
    """For one claim. `left` is tenths of a penny, None without a limit. Answers and safety are always paid for."""

    sender: str
    day: str
    left: int | None
    spent: int = 0
    by_broadcast: Counter[int] = field(default_factory=Counter)
    held: list[int] = field(default_factory=list)
    without: set[int] = field(default_factory=set)
    stopped: set[int] = field(default_factory=set)

    @classmethod
    def open(cls, tx: Tx, sender: str, own: Limits, now: datetime, organisation: Organisation) -> Purse:
        day = limits.day_of(now, organisation)
        return cls(sender, day, own.a_day - spending.of(tx, sender, day) if own.a_day else None)

    def pays(self, row: Record, broadcast: Record | None, cost: int) -> bool:
        """Whether it may go. What its broadcast has no money for is held; what the day has none for waits."""
        if broadcast is not None and not self._affords(broadcast, cost):
            self.held.append(row.id)
            self.without.add(broadcast.id)
            return False
        if self.left is not None and row.priority >= Priority.INVITATION and self.spent + cost > self.left:
            return False
        self.spent += cost
        if broadcast is not None:
            self.by_broadcast[broadcast.id] += cost
        return True

    def _affords(self, broadcast: Record, cost: int) -> bool:
        if broadcast.state == BroadcastState.HELD or broadcast.id in self.stopped:
            return False
        spent = broadcast.spent + self.by_broadcast[broadcast.id] + cost
        if broadcast.ceiling is not None and spent > broadcast.ceiling:
            self.stopped.add(broadcast.id)
            return False
        return True

    def close(self, tx: Tx) -> None:
        """Write down what was spent, and hold what has no money left."""
        claims.hold(tx, self.held)
        for broadcast_id in self.without:
            broadcasts.hold(tx, broadcast_id, _HELD_AT_ONCE)
        spending.add(tx, self.sender, self.day, self.spent)
        broadcasts.spend(tx, self.by_broadcast)
        for broadcast_id in self.stopped:
            broadcasts.change(tx, broadcast_id, {"state": BroadcastState.HELD})


def refund(tx: Tx, rows: Collection[Record], organisation: Organisation) -> None:
    """These were claimed and not taken by the provider: they cost nothing."""
    by_day: Counter[tuple[str, str]] = Counter()
    by_broadcast: Counter[int] = Counter()
    for row in rows:
        if row.cost and row.claimed_at is not None:
            by_day[row.sender, limits.day_of(row.claimed_at, organisation)] -= row.cost
            if row.broadcast_id is not None:
                by_broadcast[row.broadcast_id] -= row.cost
    for (sender, day), cost in by_day.items():
        spending.add(tx, sender, day, cost)
    broadcasts.spend(tx, by_broadcast)
