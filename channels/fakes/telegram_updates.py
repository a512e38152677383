"""What waits to be told to the bot, whichever way it asks (Telegram Bot API docs, "Getting updates")."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from channels.fakes.clock import Clock
from channels.fakes.telegram_error import TelegramError

DAY = timedelta(hours=24)
BUTTON_LIFE = timedelta(seconds=150)


@dataclass(frozen=True, slots=True)
class Update:
    """One update of one chat. `body` is what goes over the wire."""

    id: int
    chat_id: int
    kind: str
    body: dict[str, Any]
    expires_at: datetime


class Updates:
    """Those not yet confirmed, in order. `next_id` may be set, as Telegram starts anew after a quiet week.

    `dropped` are those that grew too old: messages after 24 hours, button presses after 150 seconds.
    """

    def __init__(self, clock: Clock, next_id: int = 100_000_001) -> None:
        self.next_id = next_id
        self.allowed: frozenset[str] | None = None
        self.pending: dict[int, Update] = {}
        self.dropped: list[Update] = []
        self.on_new: Callable[[Update], None] | None = None
        self._clock = clock
        self._arrived = asyncio.Event()
        self._poll: asyncio.Task[Any] | None = None

    def add(self, chat_id: int, kind: str, what: dict[str, Any]) -> Update | None:
        """Queue one; None if the bot asked not to be told of this kind."""
        if self.allowed is not None and kind not in self.allowed:
            return None
        life = BUTTON_LIFE if kind == "callback_query" else DAY
        update = Update(self.next_id, chat_id, kind, {"update_id": self.next_id, kind: what}, self._clock() + life)
        self.next_id += 1
        self.pending[update.id] = update
        self._arrived.set()
        if self.on_new is not None:
            self.on_new(update)
        return update

    def allow(self, kinds: Sequence[str] | None) -> None:
        """Choose the kinds for the updates to come; None leaves the choice as it was, an empty one means all."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    def confirm(self, id_: int) -> None:
        self.pending.pop(id_, None)

    def drop(self, update: Update) -> None:
        """Give one up, as it is too old."""
        if self.pending.pop(update.id, None):
            self.dropped.append(update)

    def clear(self) -> None:
        self.pending.clear()

    def drop_expired(self) -> None:
        now = self._clock()
        for update in [update for update in self.pending.values() if update.expires_at <= now]:
            self.drop(update)

    async def poll(self, offset: int, limit: int, timeout: float) -> list[dict[str, Any]]:  # noqa: ASYNC109 - the API's word
        """Wait up to `timeout` seconds for something to tell.

        An offset confirms all that are below it, a negative one all but the last so many. Raises
        TelegramError 409 when another poll starts meanwhile.
        """
        poll = asyncio.current_task()
        self._poll = poll
        self._arrived.set()
        self._confirm_below(offset)
        try:
            async with asyncio.timeout(timeout):
                while not (found := self._fresh(offset, limit)):
                    self._arrived.clear()
                    await self._arrived.wait()
                    if self._poll is not poll:
                        raise TelegramError(409)
        except TimeoutError:
            return []
        return found

    def _confirm_below(self, offset: int) -> None:
        ids = list(self.pending)
        gone = ids[:offset] if offset < 0 else [id_ for id_ in ids if id_ < offset]
        for id_ in gone:
            self.confirm(id_)

    def _fresh(self, offset: int, limit: int) -> list[dict[str, Any]]:
        self.drop_expired()
        found = [update.body for update in self.pending.values() if update.id >= offset]
        return found[:limit]
