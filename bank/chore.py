"""A chore: one kind of upkeep, whose turn it is and what is done for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import wraps

from bank import rota
from bank.organisation import Organisation
from storage.store import Tx

Due = Callable[[Tx, datetime, Organisation, int], Sequence[int]]
Do = Callable[[Tx, datetime, Organisation, int], int]


@dataclass(frozen=True, slots=True)
class Chore:
    """One kind of upkeep: whose turn it is (ids, which can be read whatever else cannot), and what is done for each.

    `counts_as` is a field of `upkeep.Done`. What is `unasked` is done only while a text that nobody asked for may go.
    """

    counts_as: str
    due: Due
    do: Do
    unasked: bool = False

    @property
    def called(self) -> str:
        """What a log calls it: "asked: bank.telling.tell"."""
        return f"{self.counts_as}: {self.do.__module__}.{self.do.__name__}"

    def run(self, tx: Tx, now: datetime, organisation: Organisation, limit: int) -> int:
        """Do it for all whose turn it is, at most `limit`. Returns how many it was done for."""
        return sum(self.do(tx, now, organisation, row_id) for row_id in self.turns(tx, now, organisation, limit))

    def turns(self, tx: Tx, now: datetime, organisation: Organisation, limit: int) -> Sequence[int]:
        if self.unasked and not rota.may_text(now, organisation):
            return ()
        return self.due(tx, now, organisation, limit)

    def run_one(self, tx: Tx, now: datetime, organisation: Organisation, limit: int, row_id: int) -> int:
        """Do it for this one, if it is still its turn."""
        is_due = row_id in self.turns(tx, now, organisation, limit)
        return self.do(tx, now, organisation, row_id) if is_due else 0


def all_at_once(
    counts_as: str,
    is_due: Callable[[Tx, datetime, Organisation], bool],
    do: Callable[[Tx, datetime, Organisation], int],
) -> Chore:
    """What is done to all rows together, none of them read: one turn, where there is anything to do."""

    @wraps(do)
    def at_once(tx: Tx, now: datetime, organisation: Organisation, _none: int) -> int:
        return do(tx, now, organisation)

    return Chore(
        counts_as, lambda tx, now, organisation, _limit: (0,) if is_due(tx, now, organisation) else (), at_once
    )
