"""Twilio's status callbacks: those of one message one after another, several messages at a time."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Coroutine, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

import aiohttp

from channels.fakes.book import Book, Entry, Mark
from channels.fakes.callbacks import Callbacks
from channels.fakes.clock import Clock, Sleep, pause
from channels.fakes.twilio_message import API
from channels.fakes.twilio_webhook import Caller, Post

Work = tuple[Entry, Callbacks]


@lru_cache(maxsize=256)
def _mark(status: str, error: int | None, at: datetime) -> Mark:
    return Mark(status, error, at)


class CallbackQueue:
    """The callbacks that wait, and the lanes that post them. `lost` counts those with no 2xx answer."""

    def __init__(self, account_sid: str, book: Book, caller: Caller, clock: Clock, sleep: Sleep, lanes: int) -> None:
        self.sent = 0
        self.lost = 0
        self._account = account_sid
        self._book = book
        self._caller = caller
        self._clock = clock
        self._sleep = sleep
        self._most = lanes
        self._waiting: deque[Work] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._lanes = 0
        self._held = 0
        self._idle = asyncio.Event()
        self._idle.set()

    def add(self, entry: Entry, callbacks: Callbacks, session: aiohttp.ClientSession) -> None:
        """Post these soon, or when their time comes. Where nobody wants to hear, only the book is marked."""
        if callbacks.after is None and not entry.parameters.get("StatusCallback"):
            for status, error in callbacks.planned():
                self._mark(entry, status, error)
            return
        self._idle.clear()
        if callbacks.after is not None:
            self._held += 1
            self._start(self._hold(entry, callbacks, session))
            return
        self._waiting.append((entry, callbacks))
        if self._lanes < self._most:
            self._lanes += 1
            self._start(self._lane(session))

    async def post(self, entry: Entry, callbacks: Callbacks, session: aiohttp.ClientSession) -> None:
        """Post these now, in their order."""
        url = entry.parameters.get("StatusCallback", "")
        for status, error in callbacks.planned():
            self._mark(entry, status, error)
            if url:
                answer = await self._caller.call(session, Post(url, self._pairs(entry, status, error)))
                self.sent += 1
                self.lost += not 200 <= answer.status < 300

    async def settled(self) -> None:
        """Wait until none is left, those that are held back included."""
        await self._idle.wait()

    async def stop(self) -> None:
        """Stop posting; what waits is dropped."""
        self._waiting.clear()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._lanes = self._held = 0
        self._idle.set()

    def _mark(self, entry: Entry, status: str, error: int | None) -> None:
        self._book.mark(entry, _mark(status, error, self._clock().replace(microsecond=0)))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _lane(self, session: aiohttp.ClientSession) -> None:
        try:
            while self._waiting:
                entry, callbacks = self._waiting.popleft()
                await self.post(entry, callbacks, session)
        finally:
            self._lanes -= 1
            self._rest()

    async def _hold(self, entry: Entry, callbacks: Callbacks, session: aiohttp.ClientSession) -> None:
        try:
            await pause(callbacks.after, self._sleep)
            await self.post(entry, callbacks, session)
        finally:
            self._held -= 1
            self._rest()

    def _rest(self) -> None:
        if not (self._lanes or self._held or self._waiting):
            self._idle.set()

    def _pairs(self, entry: Entry, status: str, error: int | None) -> Sequence[tuple[str, str]]:
        pairs = [
            ("AccountSid", self._account),
            ("ApiVersion", API),
            ("From", entry.from_),
            ("MessageSid", entry.id),
            ("MessageStatus", status),
            ("SmsSid", entry.id),
            ("SmsStatus", status),
            ("To", entry.to),
        ]
        if service := entry.parameters.get("MessagingServiceSid"):
            pairs.append(("MessagingServiceSid", service))
        if error is not None:
            pairs.append(("ErrorCode", str(error)))
        if status in {"delivered", "undelivered"} and not entry.to.startswith("whatsapp:"):
            pairs.append(("RawDlrDoneDate", f"{self._clock():%y%m%d%H%M}"))
        if entry.to.startswith("whatsapp:"):
            pairs.append(("ChannelPrefix", "whatsapp"))
            if status == "read":
                pairs.append(("EventType", "READ"))
        return pairs
