"""Time: APScheduler only ticks. What is due is in the tables, so a tick that runs twice does no harm."""

from __future__ import annotations

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import rounds
from bot.house import House
from storage.store import Away

log = structlog.get_logger()

_UPKEEP_SECONDS = 20


def start(house: House) -> AsyncIOScheduler:
    """Start ticking; call `shutdown` on what is returned."""

    async def tick() -> None:
        try:
            done = await rounds.go(house.store, house.now(), house.organisation)
        except Away:
            log.warning("database_away", tick="upkeep")
            return
        except Exception as error:  # noqa: BLE001  the next tick may go well, and the scheduler would log its words
            log.error("upkeep_failed", error=type(error).__name__)
            return
        if done:
            log.info("upkeep", nudged=done.nudged, lapsed=done.lapsed, asked=done.asked, erased=done.erased)

    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.add_job(
        tick, "interval", seconds=_UPKEEP_SECONDS, max_instances=1, coalesce=True, misfire_grace_time=None
    )
    scheduler.start()
    return scheduler
