"""The pace: one sender's calls begin no faster than its provider sends them on.

Replies overtake what waits in our own queue, and cannot overtake anything in the provider's. So rows are claimed only
for the next half second, and calls are spread evenly over it.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from bot.lease import watch

# Seconds: for so long is claimed, and more when half of it is left. Of what a dead process had claimed nobody knows
# whether it went, so it is little where the provider cannot be asked.
AHEAD, AHEAD_UNASKED = 0.5, 0.1
# Calls that begin evenly do not arrive evenly: so much is kept free that a whole second never holds too many.
_KEPT_FREE = 0.015
_SECOND = 1 + _KEPT_FREE


class Pace:
    """`per_second` is units of the provider's: SMS segments, or messages. Nought: no limit."""

    def __init__(
        self,
        per_second: float,
        seconds: Callable[[], float] = watch,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        ahead: float = AHEAD,
    ) -> None:
        self._each = 1 / (per_second * (1 - _KEPT_FREE)) if per_second else 0.0
        self._seconds = seconds
        self._sleep = sleep
        self._next = 0.0
        self._most = ahead
        self._begun: deque[float] = deque(maxlen=max(1, int(per_second)))  # the newest units, by when they began

    def room(self, most: int) -> int:
        """How many messages may be claimed now, up to `most`."""
        if not self._each:
            return most
        ahead = self._ahead()
        return min(most, int((self._most - ahead) / self._each) + 1) if ahead <= self._most / 2 else 0

    @property
    def pause(self) -> float:
        """In how many seconds there is room again; nought: there is."""
        return max(0.0, self._ahead() - self._most / 2)

    def _ahead(self) -> float:
        """For how many seconds there is enough to do."""
        return max(0.0, self._next - self._seconds())

    async def turn(self, units: int) -> bool:
        """Wait for the moment at which a message of so many units may go. True when there was a wait."""
        if not self._each:
            return False
        now = self._seconds()
        begins = max(self._next, now)
        self._next = begins + units * self._each
        if begins > now:
            await self._sleep(begins - now)
        await self._not_too_many(units)
        return begins > now

    async def _not_too_many(self, units: int) -> None:
        """Where the process was held up, all that is late would begin at once: a second never holds too many."""
        while len(self._begun) == self._begun.maxlen:
            left = self._begun[0] + _SECOND - self._seconds()
            if left <= 0:
                break
            await self._sleep(left)
        self._begun.extend([self._seconds()] * units)
