"""Telegram's updates: either Telegram calls us, or one process of ours asks it for them."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

import structlog

from bot import menus
from bot.channels_on import hears_by_webhook
from bot.house import House
from bot.lease import Lease
from channels.message import Event, NotNow
from channels.telegram.adapter import TelegramAdapter
from channels.telegram.polling import Poller
from channels.telegram.problems import CallFailed
from storage.store import Away

log = structlog.get_logger()

_AGAIN_SECONDS = 30.0
_LOOK_SECONDS = 1.0
# Two that ask at once are both refused (Bot API, getUpdates: 409). Another takes over when one is silent for so long.
_SILENT_SECONDS = 10.0


async def run(house: House, stop: asyncio.Event) -> None:
    """Give the bot its menu, then either have Telegram call us or ask it for updates."""
    adapter = house.channels.telegram
    if adapter is None:
        return
    by_webhook = hears_by_webhook(house.settings)
    while not await _works_out(menus.set_up(adapter, house.organisation, by_webhook=by_webhook), stop):
        if await _told_to(stop, _AGAIN_SECONDS):
            return
    if not by_webhook:
        await _ask_in_turn(house, adapter, stop)


async def _ask_in_turn(house: House, adapter: TelegramAdapter, stop: asyncio.Event) -> None:
    """Ask for updates while no other process does."""
    lease = Lease("telegram", house.store, _SILENT_SECONDS)
    while not stop.is_set():
        over = asyncio.Event()
        if await _is_held(lease):
            await asyncio.gather(_ask(house, adapter, over), _watch(lease, stop, over))
        else:
            await _told_to(stop, _LOOK_SECONDS)
    with suppress(Away):
        await lease.let_go()


async def _ask(house: House, adapter: TelegramAdapter, over: asyncio.Event) -> None:
    async def handle(events: tuple[Event, ...]) -> None:
        try:
            await house.receiver.take(events, adapter)
        except Away as error:
            raise NotNow from error

    async def poison(raw: str) -> None:
        await house.receiver.keep_dead_letter("telegram", raw, "unreadable")

    await Poller(adapter.service).run(handle, poison, over)


async def _watch(lease: Lease, stop: asyncio.Event, over: asyncio.Event) -> None:
    """End the asking when we are told to stop, or when another process may ask."""
    while await _is_held(lease) and not await _told_to(stop, _LOOK_SECONDS):
        continue
    over.set()


async def _is_held(lease: Lease) -> bool:
    try:
        return await lease.hold()
    except Away:
        return lease.is_held


async def _works_out(call: Coroutine[Any, Any, None], stop: asyncio.Event) -> bool:
    """False where Telegram cannot be asked: the other channels work on meanwhile. `stop` ends the wait."""
    calling, stopped = asyncio.ensure_future(call), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({calling, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if calling.done():
            calling.result()
    except CallFailed as error:
        log.warning("telegram_not_set_up", code=error.problem.code)
        return False
    finally:
        for task in (calling, stopped):
            task.cancel()
        await asyncio.gather(calling, stopped, return_exceptions=True)
    return True


async def _told_to(stop: asyncio.Event, seconds: float) -> bool:
    """Wait so long; True as soon as we are told to stop."""
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
    return stop.is_set()
