"""Time: APScheduler only ticks. What is due is in the tables, so a tick that runs twice does no harm."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bank.upkeep import ALERTS, CHORES, Chore
from bot import rounds
from bot.house import House
from storage.store import Away

log = structlog.get_logger()

# Alerts have a tick of their own: nothing that takes long may come before somebody's danger.
_UPKEEP_SECONDS, _ALERTS_SECONDS = 20, 5


def start(house: House) -> AsyncIOScheduler:
    """Start ticking; call `shutdown` on what is returned."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    for name, seconds, chores in (("upkeep", _UPKEEP_SECONDS, CHORES), ("alerts", _ALERTS_SECONDS, (ALERTS,))):
        tick = _tick(house, name, chores)
        scheduler.add_job(tick, "interval", seconds=seconds, max_instances=1, coalesce=True, misfire_grace_time=None)
    scheduler.start()
    return scheduler


def _tick(house: House, name: str, chores: Sequence[Chore]) -> Callable[[], Awaitable[None]]:
    async def tick() -> None:
        try:
            done = await rounds.go(house.store, house.now(), house.organisation, chores)
        except Away:
            log.warning("database_away", tick=name)
            return
        except Exception as error:  # noqa: BLE001  the next tick may go well, and the scheduler would log its words
            log.error("tick_failed", tick=name, error=type(error).__name__)
            return
        if done:
            counts = {what: count for what, count in asdict(done).items() if count}
            log.info("tick", tick=name, done=counts)

    return tick
