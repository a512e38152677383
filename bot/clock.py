"""Time: the clock only ticks. What is due is in the tables, so a tick that runs twice does no harm."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial

import structlog

from bank.chore import Chore
from bank.upkeep import ALERTS, CHORES
from bot import doubts, mailing, missed, rounds, silent, templates, transfers
from bot.heartbeat import SECONDS as HEARTBEAT_SECONDS
from bot.heartbeat import Heartbeat
from bot.house import House
from bot.lease import Lease
from storage.store import Away

log = structlog.get_logger()

# Alerts have a tick of their own: nothing that takes long may come before somebody's danger.
_UPKEEP_SECONDS, _ALERTS_SECONDS = 20, 5
# One clock ticks for all processes; another takes over when it is silent for so long.
_LEAD_SECONDS, _SILENT_SECONDS = 1, 6.0
_FORGET_SECONDS = 3600
_SOON_SECONDS = 3  # after the start, once the clock is ours


@dataclass(frozen=True, slots=True)
class Tick:
    """What is done again and again, so many seconds after it was done last."""

    seconds: float
    work: Callable[[], Awaitable[None]]

    async def keep(self) -> None:
        """Until cancelled. Seconds are those of the event loop, which no setting of the wall clock moves."""
        await asyncio.sleep(min(self.seconds, _SOON_SECONDS))
        while True:
            await self.work()
            await asyncio.sleep(self.seconds)


async def run(house: House, stop: asyncio.Event) -> None:
    """Tick until told to stop; then another process may at once."""
    lease = house.signs.clock = lease_of(house)
    heartbeat = Heartbeat(house, lease)
    ticking = [asyncio.create_task(tick.keep()) for tick in ticks(house, lease, heartbeat)]
    await stop.wait()
    for task in ticking:
        task.cancel()
    await asyncio.gather(*ticking, return_exceptions=True)
    await heartbeat.close()
    with suppress(Away):
        await lease.let_go()


def ticks(house: House, lease: Lease, heartbeat: Heartbeat | None = None) -> list[Tick]:
    """What the clock does, and how often; all but the first only while no other process has it."""

    def ours(seconds: float, name: str, work: Callable[[], Awaitable[object]]) -> Tick:
        return Tick(seconds, _while_ours(house, lease, name, work))

    kept = [
        Tick(_LEAD_SECONDS, _lead(lease)),
        ours(_UPKEEP_SECONDS, "upkeep", partial(_round, house, "upkeep", CHORES)),
        ours(_ALERTS_SECONDS, "alerts", partial(_round, house, "alerts", (ALERTS,))),
        ours(missed.SECONDS, "missed", missed.Missed(house).fetch),
        ours(mailing.SECONDS, "mailing", partial(mailing.queue_all, house)),
        ours(transfers.SECONDS, "transfers", partial(transfers.all_that_wait, house)),
        ours(doubts.SECONDS, "doubts", partial(doubts.settle, house)),
        ours(silent.SECONDS, "silent", partial(silent.look, house)),
        ours(templates.SECONDS, "templates", partial(templates.look, house)),
        ours(_FORGET_SECONDS, "forget", house.store.forget),
    ]
    if heartbeat is not None and house.settings.watch.heartbeat_url:
        kept.append(Tick(HEARTBEAT_SECONDS, heartbeat.beat))
    return kept


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


def _while_ours(
    house: House, lease: Lease, name: str, work: Callable[[], Awaitable[object]]
) -> Callable[[], Awaitable[None]]:
    """A tick that does this while no other process has the clock."""

    async def tick() -> None:
        if not lease.is_held:
            if lease.is_anothers:
                house.signs.alive(name)
            return
        try:
            await work()
            house.signs.ticked(name, house.now())
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
