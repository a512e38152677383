"""What a fake provider accepted, in order."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple


class Mark(NamedTuple):
    """One thing that became of a message. `error` is the provider's code, `at` is to the second."""

    status: str
    error: int | None
    at: datetime


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One accepted message. `parameters` are the provider's own, as they came over the wire."""

    id: str
    to: str
    from_: str
    text: str
    parameters: Mapping[str, Any]
    at: datetime
    history: list[Mark] = field(default_factory=list)

    @property
    def status(self) -> str | None:
        """The last status that was marked, None while there is none."""
        return self.history[-1].status if self.history else None


class _Index:
    """Entries by one of their fields, filled only as far as somebody has asked."""

    def __init__(self, key: Callable[[Entry], str]) -> None:
        self._key = key
        self.clear()

    def clear(self) -> None:
        self._seen = 0
        self._found: dict[str, list[Entry]] = {}

    def find(self, entries: list[Entry], value: str) -> Sequence[Entry]:
        if self._seen < len(entries):
            key, found = self._key, self._found
            for entry in entries[self._seen :]:
                found.setdefault(key(entry), []).append(entry)
            self._seen = len(entries)
        return self._found.get(value, ())


class Book:
    """Everything accepted, oldest first.

    With `keep`, at least the newest so many entries stay and at most a quarter more; `count` goes on
    counting all there ever were.
    """

    def __init__(self, keep: int | None = None) -> None:
        self.count = 0
        self._keep = keep
        self._entries: list[Entry] = []
        self._by_to = _Index(lambda entry: entry.to)
        self._by_id = _Index(lambda entry: entry.id)
        self._changed = asyncio.Event()

    @property
    def accepted(self) -> Sequence[Entry]:
        """The entries themselves, not a copy."""
        return self._entries

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    def add(self, entry: Entry) -> None:
        self._entries.append(entry)
        self.count += 1
        if self._keep is not None and len(self._entries) > self._keep * 1.25:
            self._forget(len(self._entries) - self._keep)
        self._changed.set()

    def mark(self, entry: Entry, mark: Mark) -> None:
        """Write down what became of an entry."""
        entry.history.append(mark)
        self._changed.set()

    def to(self, address: str) -> Sequence[Entry]:
        """What was accepted for one destination, oldest first."""
        return self._by_to.find(self._entries, address)

    def last(self, address: str) -> Entry:
        """The newest for one destination. Raises LookupError where there is none."""
        entries = self.to(address)
        if not entries:
            raise LookupError("nothing was accepted for this address")
        return entries[-1]

    def find(self, id_: str) -> Entry | None:
        found = self._by_id.find(self._entries, id_)
        return found[0] if found else None

    async def wait_for(self, predicate: Callable[[Book], bool], timeout: float = 5.0) -> None:  # noqa: ASYNC109 - tests read it as a sentence
        """Wait until the predicate holds, looking again at each change. Raises TimeoutError."""
        async with asyncio.timeout(timeout):
            while not predicate(self):
                self._changed.clear()
                await self._changed.wait()

    def touch(self) -> None:
        """Let those who wait look again: something beside the entries changed."""
        self._changed.set()

    def _forget(self, number: int) -> None:
        del self._entries[:number]
        self._by_to.clear()
        self._by_id.clear()
