"""Fetching updates ourselves, where Telegram cannot reach us by webhook."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

import structlog

from channels.message import Event, Malformed, NotNow
from channels.telegram.inbound import group_of, read_update
from channels.telegram.problems import CallFailed
from channels.telegram.service import TelegramService

POLL_SECONDS = 50  # the longest that Telegram holds a getUpdates call open
LONGEST_PAUSE = 60.0

Handle = Callable[[tuple[Event, ...]], Awaitable[None]]
Poison = Callable[[str], Awaitable[None]]
Wait = Callable[[float], Coroutine[Any, Any, None]]
T = TypeVar("T")

log = structlog.get_logger()


class Poller:
    """Long polling. An update is confirmed only after it was handled, or kept as poison.

    `wait` pauses for so many seconds after a failure: 1, 2, 4... up to 60, or as long as Telegram asks.
    """

    def __init__(
        self, service: TelegramService, *, wait: Wait = asyncio.sleep, poll_seconds: int = POLL_SECONDS
    ) -> None:
        self._service = service
        self._wait = wait
        self._poll_seconds = poll_seconds
        self._offset = 0
        self._stumbled_on: int | None = None
        self._failures = 0
        self._reported: str | None = None

    async def run(self, handle: Handle, poison: Poison, stop: asyncio.Event) -> None:
        """Handle updates in order until `stop` is set. Never raises but for its own cancelling.

        `handle` gets the events of one update. It raises NotNow where they cannot be kept for the time being:
        they are handed over again until they are, however long that takes. An update that cannot be read, or
        that `handle` failed at otherwise twice in a row, goes to `poison` as JSON text. Updates that were
        handled but not yet confirmed when we stop come again at the next start: `handle` must know a repeat.
        """
        await self._until_it_works(self._service.delete_webhook, stop)
        while not stop.is_set():
            for update in await self._until_it_works(self._fetch, stop) or ():
                if stop.is_set():
                    return
                if not await self._take(update, handle, poison):
                    await self._pause("update", None, stop)
                    break

    async def _fetch(self) -> list[dict[str, Any]]:
        updates = await self._service.updates(self._offset, self._poll_seconds)
        if not updates:
            # All is confirmed. After a quiet week the ids may start again lower (Bot API, Update).
            self._offset = 0
            self._all_is_well()
        return updates

    async def _take(self, update: dict[str, Any], handle: Handle, poison: Poison) -> bool:
        """True when the update was handled or kept, and may be confirmed."""
        try:
            events = read_update(update)
        except Malformed:
            done = await _works(poison(json.dumps(update)))
        else:
            await self._leave(update)
            done = not events or await self._handled(update, events, handle, poison)
        if done:
            self._stumbled_on = None
            self._offset = update["update_id"] + 1
            self._all_is_well()
        return done

    async def _handled(self, update: dict[str, Any], events: tuple[Event, ...], handle: Handle, poison: Poison) -> bool:
        """Not done while the house cannot keep it; kept as poison when `handle` failed at it twice in a row."""
        again = self._stumbled_on == update["update_id"]
        try:
            if await _works(handle(events)):
                return True
        except NotNow:
            self._stumbled_on = None
            return False
        self._stumbled_on = update["update_id"]
        return again and await _works(poison(json.dumps(update)))

    async def _leave(self, update: dict[str, Any]) -> None:
        if group := group_of(update):
            try:
                await self._service.leave_group(group)
            except CallFailed as error:
                log.warning("telegram.group_not_left", code=error.problem.code)

    async def _until_it_works(self, call: Callable[[], Coroutine[Any, Any, T]], stop: asyncio.Event) -> T | None:
        """The call's answer, however often it takes; None when we are to stop."""
        while not stop.is_set():
            try:
                return await _unless(stop, call())
            except CallFailed as error:
                await self._pause(error.problem.code, error.retry_after, stop)
        return None

    def _all_is_well(self) -> None:
        self._failures, self._reported = 0, None

    async def _pause(self, reason: str, seconds: float | None, stop: asyncio.Event) -> None:
        if reason != self._reported:
            log.warning("telegram.polling_pauses", reason=reason)
            self._reported = reason
        await _unless(stop, self._wait(seconds or min(2.0**self._failures, LONGEST_PAUSE)))
        self._failures = min(self._failures + 1, 10)


async def _works(work: Awaitable[None]) -> bool:
    """Whether it went well. Raises NotNow."""
    try:
        await work
    except NotNow:
        raise
    except Exception as error:  # noqa: BLE001 - whatever fails in there, polling goes on and confirms nothing
        log.warning("telegram.update_not_handled", error=type(error).__name__)
        return False
    return True


async def _unless(stop: asyncio.Event, work: Coroutine[Any, Any, T]) -> T | None:
    """The work's result; None, and the work cancelled, when `stop` is set first."""
    task, stopped = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
        return task.result() if task.done() else None
    finally:
        task.cancel()
        stopped.cancel()
        await asyncio.gather(task, stopped, return_exceptions=True)
