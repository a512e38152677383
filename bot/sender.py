"""The current out: claims due rows, calls the provider with no transaction open, stores what it answered."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import groupby

import structlog

from bank import delivery
from bank.delivery import Claimed
from bot import figures
from channels.message import Adapter, Concern, Outcome, Problem, TryLater, Unknown
from storage import outbox
from storage.store import Away, Store

log = structlog.get_logger()

_POLL_SECONDS = 1.0
_GRACE_SECONDS = 10.0


class Sender:
    """One sender's drain: a number or a bot. Messages to one address go in order, one after the other."""

    def __init__(
        self, name: str, adapter: Adapter, store: Store, now: Callable[[], datetime], calls_at_once: int = 32
    ) -> None:
        self.name = name
        self.wake = asyncio.Event()
        self._adapter = adapter
        self._store = store
        self._now = now
        self._most = calls_at_once
        self._calls: set[asyncio.Task[None]] = set()
        self._outcomes: dict[int, Outcome] = {}
        self._stepping = asyncio.Lock()

    async def run(self, stop: asyncio.Event) -> None:
        """Send what is due until told to stop; then finish the calls that are under way."""
        while not stop.is_set():
            self.wake.clear()
            try:
                busy = await self.step()
            except Away:
                log.warning("database_away", sender=self.name)
                busy = False
            if not busy:
                await self._rest()
        await self.finish()

    async def step(self) -> bool:
        """Store the outcomes that came in, claim what is due and begin the calls. True when something was done."""
        async with self._stepping:
            return await self._step()

    async def _step(self) -> bool:
        stored = await self._store_outcomes()
        free = self._most - len(self._calls)
        if free <= 0:
            return stored
        now = self._now()
        claimed = await self._store.write(lambda tx: delivery.claim(tx, self.name, now, free))
        ordered = sorted(claimed, key=lambda one: (one.message.address, one.id))
        for _address, group in groupby(ordered, key=lambda one: one.message.address):
            task = asyncio.create_task(self._send_in_order(list(group)))
            self._calls.add(task)
            task.add_done_callback(self._calls.discard)
        return stored or bool(claimed)

    async def drain(self) -> None:
        """Send everything that is due now, and wait until it is settled."""
        while await self.step() or self._calls:
            if self._calls:
                await asyncio.wait(self._calls, return_when=asyncio.FIRST_COMPLETED)

    async def finish(self) -> None:
        """Wait for the calls under way, as long as a graceful stop allows, and store what they brought."""
        if self._calls:
            await asyncio.wait(self._calls, timeout=_GRACE_SECONDS)
        for task in self._calls:
            task.cancel()
        async with self._stepping:
            await self._store_outcomes()

    async def _rest(self) -> None:
        try:
            await asyncio.wait_for(self.wake.wait(), _POLL_SECONDS)
        except TimeoutError:
            return

    async def _send_in_order(self, group: Sequence[Claimed]) -> None:
        for number, one in enumerate(group):
            outcome = (await self._held_back(one.id) if number else None) or await self._call(one)
            self._settle(one.id, outcome)
            if isinstance(outcome, TryLater):  # what follows must not overtake it
                for later in group[number + 1 :]:
                    self._settle(later.id, outcome)
                return

    async def _call(self, one: Claimed) -> Outcome:
        began = time.perf_counter()
        with figures.under_way.labels(self.name).track_inprogress():
            try:
                outcome = await self._adapter.send(one.message)
            except Exception as error:  # noqa: BLE001  an adapter's own mistake: nobody knows whether the call went out
                log.error("send_failed", sender=self.name, error=type(error).__name__)
                outcome = Unknown(Problem(type(error).__name__, Concern.AMBIGUOUS, "The sender itself failed."))
        figures.send_seconds.labels(self.name).observe(time.perf_counter() - began)
        figures.messages_out.labels(self.name, type(outcome).__name__.lower()).inc()
        return outcome

    async def _held_back(self, row_id: int) -> TryLater | None:
        """STOP may have come since the claim: look just before the call, and do not call where we cannot look."""
        try:
            halted = await self._store.read(lambda tx: outbox.halted(tx, [row_id]))
        except Away:
            return _UNSEEN
        return _HALTED if halted else None

    def _settle(self, row_id: int, outcome: Outcome) -> None:
        self._outcomes[row_id] = outcome
        self.wake.set()

    async def _store_outcomes(self) -> bool:
        if not self._outcomes:
            return False
        outcomes, self._outcomes = self._outcomes, {}
        now = self._now()
        try:
            await self._store.write(lambda tx: delivery.settle(tx, outcomes, now))
        except Away:
            self._outcomes = outcomes | self._outcomes  # not stored yet: kept for the next step
            raise
        return True


# The row is marked by STOP, so that settling it cancels it.
_HALTED = TryLater(Problem("halted", Concern.CONSENT, "They sent STOP before this was sent."))
_UNSEEN = TryLater(Problem("database_away", Concern.TEMPORARY, "The database could not be reached."))
