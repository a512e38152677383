"""A store that goes away on demand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from storage.store import Away, Store, Tx

T = TypeVar("T")


class Unsteady:
    """Away for as long as it is told to be, for writes, reads or both; `before` lets so many writes through first."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.away = False
        self.unreadable = False
        self.before = 0

    async def write(self, work: Callable[[Tx], T]) -> T:
        if self.away and self.before == 0:
            raise Away("gone")
        self.before -= self.away
        return await self._store.write(work)

    async def read(self, work: Callable[[Tx], T]) -> T:
        if self.unreadable:
            raise Away("gone")
        return await self._store.read(work)

    async def close(self) -> None:
        await self._store.close()
