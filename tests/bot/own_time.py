"""Time that passes only when a test lets it: a watch, a sleep that goes by it, and a sender that is run by both."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count

from bank.limits import Limits
from bot.breaker import Breaker
from bot.pace import Pace
from bot.sender import Sender
from channels.message import Accepted, Message, Outcome
from storage.store import Store
from tests.bank.ashdale import ASHDALE, MORNING

_POLL_SECONDS = 1.0
_A_MOMENT = 0.0005  # of real time, for the store's threads


class Seconds:
    """A watch that is moved by hand. Whoever sleeps by it wakes when it gets there."""

    def __init__(self) -> None:
        self.at = 1000.0
        self._sleepers: list[tuple[float, int, asyncio.Event]] = []
        self._numbers = count()

    def __call__(self) -> float:
        return self.at

    @property
    def asleep(self) -> int:
        return len(self._sleepers)

    @property
    def wakes_at(self) -> float:
        """When the next of them wakes; never, where nobody sleeps."""
        return self._sleepers[0][0] if self._sleepers else float("inf")

    async def sleep(self, seconds: float) -> None:
        woken = asyncio.Event()
        heappush(self._sleepers, (self.at + seconds, next(self._numbers), woken))
        await woken.wait()

    def move(self, seconds: float) -> None:
        self.move_to(self.at + seconds)

    def move_to(self, at: float) -> None:
        self.at = at
        while self._sleepers and self._sleepers[0][0] <= self.at:
            heappop(self._sleepers)[2].set()


@dataclass
class Provider:
    """An adapter that writes down who was called when, and answers at once: Accepted, or what `answer` says."""

    seconds: Seconds
    calls: list[tuple[float, Message]] = field(default_factory=list)
    answer: Callable[[Message], Outcome | None] = lambda _message: None

    async def send(self, message: Message) -> Outcome:
        self.calls.append((self.seconds.at, message))
        return self.answer(message) or Accepted(f"SM-{len(self.calls)}")

    @property
    def times(self) -> list[float]:
        return [at for at, _message in self.calls]

    def called(self, address: str) -> list[float]:
        """When somebody's phone was called."""
        return [at for at, message in self.calls if message.address == address]


@dataclass
class Drain:
    """A sender with its own pace and breaker, and a clock that goes by the watch."""

    sender: Sender
    seconds: Seconds
    provider: Provider

    @classmethod
    def of(cls, store: Store, limits: Limits, calls_at_once: int = 32) -> Drain:
        seconds = Seconds()
        provider = Provider(seconds)

        def now() -> datetime:
            return MORNING + timedelta(seconds=seconds.at - 1000.0)

        sender = Sender("sms", provider, store, now, lambda: ASHDALE, calls_at_once, limits=limits)  # type: ignore[arg-type]
        sender._pace = Pace(limits.per_second, seconds, seconds.sleep)
        sender._breaker = Breaker("sms", seconds)
        return cls(sender, seconds, provider)

    async def as_far_as_it_can(self) -> None:
        """Do everything that can be done without time passing."""
        while await self.sender.step() or self._awake:
            await self._calls()

    async def _calls(self) -> None:
        """Let whoever is awake make their calls."""
        while self._awake:
            await asyncio.sleep(_A_MOMENT)

    @property
    def _awake(self) -> bool:
        return len(self.sender._calls) > self.seconds.asleep

    async def runs(self, seconds: float) -> None:
        """As the running sender does it: look, do what can be done, and rest as long as there is nothing to do."""
        ends = self.seconds.at + seconds
        while self.seconds.at < ends:
            await self.as_far_as_it_can()
            looks_at = min(ends, self.seconds.at + (self.sender._pace.pause or _POLL_SECONDS))
            while self.seconds.wakes_at <= looks_at:
                self.seconds.move_to(self.seconds.wakes_at)
                await self._calls()
            self.seconds.move_to(looks_at)

    async def stops(self) -> None:
        """Let nothing sleep on when the test ends."""
        self.seconds.move(3600)
        await self.sender.finish()
