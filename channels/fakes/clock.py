"""The time and the waiting that a fake is given."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]
"""Says the present instant, aware."""

Sleep = Callable[[float], Awaitable[object]]
"""Waits so many seconds; a test hands in one that need not wait."""


def utc_now() -> datetime:
    return datetime.now(UTC)


async def pause(after: float | asyncio.Event | None, sleep: Sleep) -> None:
    """Wait so many seconds, or until the event is set, or not at all."""
    if isinstance(after, asyncio.Event):
        await after.wait()
    elif after:
        await sleep(after)


class HandClock:
    """A clock moved by hand. To sleep by it takes no time: it moves the clock, and `slept` keeps the seconds."""

    def __init__(self, now: datetime = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)) -> None:
        self.now = now
        self.slept: list[float] = []

    def __call__(self) -> datetime:
        return self.now

    def move(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.move(seconds)
        await asyncio.sleep(0)
