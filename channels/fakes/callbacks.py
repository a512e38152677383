"""How a provider tells what became of one message."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Callbacks:
    """The status callbacks of one message.

    `early` sends them before the answer to the call that made the message. `after` holds them back
    for so many seconds, or until the event is set. Each is sent `times` times. `order` is a permutation
    of their positions. `error` goes with a last status of "failed" or "undelivered".
    """

    statuses: tuple[str, ...] = ("sent", "delivered")
    error: int | None = None
    early: bool = False
    after: float | asyncio.Event | None = None
    times: int = 1
    order: tuple[int, ...] | None = None

    def planned(self) -> Sequence[tuple[str, int | None]]:
        """(status, error code) of each, in the order of sending. Raises ValueError if `order` is no permutation."""
        order = range(len(self.statuses)) if self.order is None else self.order
        if self.order is not None and sorted(order) != list(range(len(self.statuses))):
            raise ValueError("order must name each position once")
        return [
            (self.statuses[position], self.error if self.statuses[position] in {"failed", "undelivered"} else None)
            for position in order
            for _ in range(self.times)
        ]


NORMAL = Callbacks()
EARLY = Callbacks(early=True)
TWICE = Callbacks(times=2)
NEVER = Callbacks(statuses=())


def late(after: float | asyncio.Event) -> Callbacks:
    return Callbacks(after=after)


def shuffled(*order: int, statuses: tuple[str, ...] = NORMAL.statuses) -> Callbacks:
    return Callbacks(statuses=statuses, order=order)


def failing(code: int, status: str = "undelivered", *, statuses: tuple[str, ...] = ()) -> Callbacks:
    """Callbacks that end in a failure; `statuses` come before it."""
    return Callbacks(statuses=(*statuses, status), error=code)
