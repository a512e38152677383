"""How Telegram calls our webhook (telegram-bot-api server, WebhookActor).

Updates of one chat go one after another: one that fails holds back those behind it. Any 2xx is success.
The first retry comes at once unless the answer had Retry-After, the next ones after 2, 4, 8... seconds up to
a random 60 to 120; Retry-After counts up to an hour. An update that would be too old by then is dropped.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import aiohttp

from channels.fakes.clock import Clock, Sleep
from channels.fakes.telegram_updates import Update, Updates

_LONGEST_WAIT = 3600
_GONE_FOR = timedelta(hours=23)


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where the bot wants its updates."""

    url: str
    secret_token: str | None = None
    max_connections: int = 40


class _Answer(NamedTuple):
    status: int
    retry_after: int | None
    body: bytes
    said: str

    @property
    def fine(self) -> bool:
        return 200 <= self.status < 300


@dataclass(slots=True)
class _Lane:
    """The updates of one chat."""

    waiting: list[Update] = field(default_factory=list)
    task: asyncio.Task[None] | None = None


class Courier:
    """Delivers to one webhook. `attempts` counts every post; `on_reply` gets a method call in an answer's body."""

    def __init__(self, updates: Updates, clock: Clock, sleep: Sleep, seed: int = 0) -> None:
        self.attempts = 0
        self.last_error: tuple[datetime, str] | None = None
        self.on_reply: Callable[[dict[str, Any]], Awaitable[object]] | None = None
        self.webhook: Webhook | None = None
        self._updates = updates
        self._clock = clock
        self._sleep = sleep
        self._chance = random.Random(seed)
        self._lanes: dict[int, _Lane] = {}
        self._idle = asyncio.Event()
        self._idle.set()
        self._gone_since: datetime | None = None

    def start(self, webhook: Webhook, session: aiohttp.ClientSession) -> None:
        """Deliver what waits and what comes, until `stop`."""
        self.webhook = webhook
        self._session = session
        self._gate = asyncio.Semaphore(webhook.max_connections)
        self._updates.on_new = self._add
        for update in self._updates.pending.values():
            self._add(update)

    async def stop(self) -> None:
        """Stop delivering; what waits goes on waiting."""
        self.webhook = None
        self._updates.on_new = None
        tasks = [lane.task for lane in self._lanes.values() if lane.task is not None]
        self._lanes.clear()
        for task in tasks:
            if task is not asyncio.current_task():
                task.cancel()
        await asyncio.gather(*(task for task in tasks if task is not asyncio.current_task()), return_exceptions=True)
        self._idle.set()

    async def settled(self) -> None:
        """Wait until everything was delivered or dropped."""
        await self._idle.wait()

    def _add(self, update: Update) -> None:
        self._idle.clear()
        lane = self._lanes.setdefault(update.chat_id, _Lane())
        lane.waiting.append(update)
        if lane.task is None:
            lane.task = asyncio.get_running_loop().create_task(self._run(update.chat_id, lane))

    async def _run(self, chat_id: int, lane: _Lane) -> None:
        while lane.waiting:
            await self._deliver(lane.waiting[0])
            del lane.waiting[0]
        if self._lanes.get(chat_id) is lane:
            del self._lanes[chat_id]
        if not self._lanes:
            self._idle.set()

    async def _deliver(self, update: Update) -> None:
        failures = 0
        while self._clock() < update.expires_at and (webhook := self.webhook) is not None:
            answer = await self._post(webhook, update)
            if answer.fine:
                self._updates.confirm(update.id)
                self._gone_since = None
                await self._reply(answer.body)
                return
            failures += 1
            if self._note(answer):
                return
            wait = self._wait(failures, answer.retry_after)
            if self._clock() + timedelta(seconds=wait) >= update.expires_at:
                break
            if wait:
                await self._sleep(wait)
        if self.webhook is not None:
            self._updates.drop(update)

    def _note(self, answer: _Answer) -> bool:
        """Keep the error; say whether the webhook was dropped for having been 410 (gone) for 23 hours."""
        now = self._clock()
        self.last_error = (now, answer.said)
        self._gone_since = (self._gone_since or now) if answer.status == 410 else None
        if self._gone_since is None or now - self._gone_since < _GONE_FOR:
            return False
        self.webhook = None
        self._updates.on_new = None
        return True

    def _wait(self, failures: int, retry_after: int | None) -> float:
        if retry_after is not None:
            return min(retry_after, _LONGEST_WAIT)
        if failures == 1:
            return 0
        return min(2.0 ** min(failures - 1, 10), self._chance.uniform(60, 120))

    async def _post(self, webhook: Webhook, update: Update) -> _Answer:
        headers = {"Content-Type": "application/json"}
        if webhook.secret_token is not None:
            headers["X-Telegram-Bot-Api-Secret-Token"] = webhook.secret_token
        body = json.dumps(update.body, ensure_ascii=False).encode()
        limits = aiohttp.ClientTimeout(total=60)
        async with self._gate:
            self.attempts += 1
            try:
                async with self._session.post(webhook.url, data=body, headers=headers, timeout=limits) as response:
                    after = response.headers.get("Retry-After", "")
                    said = f"Wrong response from the webhook: {response.status} {response.reason}"
                    content = await response.read()
                    return _Answer(response.status, int(after) if after.isdecimal() else None, content, said)
            except (aiohttp.ClientError, TimeoutError):
                return _Answer(0, None, b"", "Connection failed")

    async def _reply(self, body: bytes) -> None:
        if self.on_reply is None or not body.startswith(b"{"):
            return
        try:
            call = json.loads(body)
        except ValueError:
            return
        if isinstance(call.get("method"), str):
            await self.on_reply(call)
