"""A gate: a work that holds the store's thread."""

from __future__ import annotations

import asyncio
import threading

from storage.store import Tx


class Gate:
    """A work that holds the thread until it is opened, so that others wait together."""

    def __init__(self) -> None:
        self.entered = asyncio.Event()
        self._opened = threading.Event()
        self._loop = asyncio.get_running_loop()

    def __call__(self, _tx: Tx) -> None:
        self._loop.call_soon_threadsafe(self.entered.set)
        assert self._opened.wait(10)

    def open(self) -> None:
        self._opened.set()
