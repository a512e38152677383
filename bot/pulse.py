"""Our pulse: every few seconds this process tells the others and the team that it runs, and what it has counted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import structlog

from bank import running
from bot import figures, ready
from bot.house import House
from bot.lease import ME
from storage import pulses, tallies, ticks
from storage.store import Away, Tx

log = structlog.get_logger()

SECONDS = 5.0
_UNWELL_SECONDS = 1.0  # so that others soon know that it is over: a process that has only just begun, for one


class Pulse:
    """`run` beats until told to stop; `end` takes our row away, once everything else has ended."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._started_at = house.now()
        self._counted = figures.counted()  # what the tallies know of already
        self._ticked: dict[str, datetime] = {}

    async def run(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            well = await self.beat()
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), SECONDS if well else _UNWELL_SECONDS)

    async def beat(self) -> bool:
        """Tell that we run, and how we are: whether all of it is well. Never raises."""
        wrong = next((line.part for line in await ready.look(self._house) if not line.well), None)
        parts, now = " ".join(sorted(self._house.signs.parts)), self._house.now()
        await self._tell(
            now,
            lambda tx: pulses.beat(tx, ME, parts=parts, wrong=wrong, started_at=self._started_at, beat_at=now),
        )
        return wrong is None

    async def end(self) -> None:
        """Tell that we stop. Never raises."""
        await self._tell(self._house.now(), lambda tx: pulses.end(tx, ME))

    async def _tell(self, now: datetime, what: Callable[[Tx], None]) -> None:
        """Write this, our ticks, and how much more we counted since we told it last."""
        counted, ticked = figures.counted(), dict(self._house.signs.done)
        more = {what: count - self._counted.get(what, 0) for what, count in counted.items()}
        day = running.day(now, self._house.organisation)

        def work(tx: Tx) -> None:
            what(tx)
            ticks.done(tx, {name: at for name, at in ticked.items() if at != self._ticked.get(name)})
            tallies.add(tx, day, {what: count for what, count in more.items() if count})

        try:
            await self._house.store.write(work)
        except Away:
            log.warning("database_away", part="pulse")
        except Exception as error:  # noqa: BLE001  whatever it is, the next beat may go well, and all else goes on
            log.error("pulse_failed", error=type(error).__name__)
        else:
            self._counted, self._ticked = counted, ticked
            self._house.signs.kept()
