"""Time: APScheduler only ticks. What is due is in the tables, so a tick that runs twice does no harm."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bank.upkeep import ALERTS, CHORES, Chore
from bot import doubts, missed, rounds
from bot.house import House
from bot.lease import Lease
from storage.store import Away

log = structlog.get_logger()

# Alerts have a tick of their own: nothing that takes long may come before somebody's danger.
_UPKEEP_SECONDS, _ALERTS_SECONDS = 20, 5
# One clock ticks for all processes; another takes over when it is silent for so long.
_LEAD_SECONDS, _SILENT_SECONDS = 1, 6.0
_SOON_SECONDS = 3  # after the start, once the clock is ours


async def run(house: House, stop: asyncio.Event) -> None:
    """Tick until told to stop; then another process may at once."""
    lease = lease_of(house)
    scheduler = start(house, lease)
    await stop.wait()
    scheduler.shutdown(wait=False)
    with suppress(Away):
        await lease.let_go()


def start(house: House, lease: Lease) -> AsyncIOScheduler:
    """Start ticking, while no other process does; call `shutdown` on what is returned."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    jobs = [(_LEAD_SECONDS, _lead(lease))]
    for name, seconds, chores in (("upkeep", _UPKEEP_SECONDS, CHORES), ("alerts", _ALERTS_SECONDS, (ALERTS,))):
        jobs.append((seconds, _while_ours(lease, name, partial(_round, house, name, chores))))
    jobs.append((missed.SECONDS, _while_ours(lease, "missed", missed.Missed(house).fetch)))
    jobs.append((doubts.SECONDS, _while_ours(lease, "doubts", partial(doubts.settle, house))))
    for seconds, job in jobs:
        scheduler.add_job(
            job,
            "interval",
            seconds=seconds,
            next_run_time=datetime.now(UTC) + timedelta(seconds=min(seconds, _SOON_SECONDS)),
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )
    scheduler.start()
    return scheduler


def lease_of(house: House) -> Lease:
    """The right to be the clock of all processes."""
    return Lease("clock", house.store, _SILENT_SECONDS)


def _lead(lease: Lease) -> Callable[[], Awaitable[None]]:
    async def lead() -> None:
        try:
            await lease.hold()
        except Away:
            log.warning("database_away", tick="lead")

    return lead


def _while_ours(lease: Lease, name: str, work: Callable[[], Awaitable[object]]) -> Callable[[], Awaitable[None]]:
    """A tick that does this while no other process has the clock."""

    async def tick() -> None:
        if not lease.is_held:
            return
        try:
            await work()
        except Away:
            log.warning("database_away", tick=name)
        except Exception as error:  # noqa: BLE001  the next tick may go well, and the scheduler would log its words
            log.error("tick_failed", tick=name, error=type(error).__name__)

    return tick


async def _round(house: House, name: str, chores: Sequence[Chore]) -> None:
    done = await rounds.go(house.store, house.now(), house.organisation, chores)
    if done:
        counts = {what: count for what, count in asdict(done).items() if count}
        log.info("tick", tick=name, done=counts)
