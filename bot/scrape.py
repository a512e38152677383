"""What /metrics tells of the database: read when somebody asks, by one reader, at most once in 2 seconds."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from datetime import datetime

from bot import figures
from bot.lease import watch
from storage import backlog, dead_letters
from storage.store import Away, Store

_FRESH_SECONDS, _PATIENCE_SECONDS = 2.0, 5.0


class Scrape:
    """Keeps the figures of the queue as they were a moment ago."""

    def __init__(
        self,
        store: Store,
        now: Callable[[], datetime],
        senders: Collection[str],
        seconds: Callable[[], float] = watch,
    ) -> None:
        self._store = store
        self._senders = senders
        self._now = now
        self._seconds = seconds
        self._turn = asyncio.Lock()
        self._until = 0.0

    async def renew(self) -> None:
        """Bring the figures up to date. Where the database is away they are gone, and one figure says so."""
        async with self._turn:
            if self._seconds() >= self._until:
                await self._renew()
                self._until = self._seconds() + _FRESH_SECONDS

    async def _renew(self) -> None:
        now = self._now()
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                found = await self._store.read(
                    lambda tx: (backlog.waiting(tx, now), backlog.unknown(tx), dead_letters.count(tx))
                )
        except (Away, TimeoutError):
            figures.show_nothing()
        else:
            figures.show_queue(now, self._senders, *found)
