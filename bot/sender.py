"""The current out: claims due rows, calls the provider with no transaction open, stores what it answered."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import TypeVar

import structlog

from bank import claims, closing, delivery
from bank.claims import Claimed
from bank.limits import NONE, Limits
from bank.organisation import Organisation
from bot import figures
from bot.breaker import Breaker
from bot.lease import Lease, watch
from bot.pace import AHEAD, AHEAD_UNASKED, Pace
from channels.message import Adapter, Concern, Outcome, Problem, TryLater, Unknown
from storage import halting
from storage.leases import Fenced
from storage.store import Away, Store, Tx

T = TypeVar("T")
log = structlog.get_logger()

_POLL_SECONDS = 1.0
_GRACE_SECONDS = 7.0  # of the ten in which a process is gone
# A dead process's drain is free after so long; a call begins only while it is surely ours.
_LEASE_SECONDS = 10.0
# However long a provider's limit lasts, something is offered this often: a reply must not wait for an hour unseen.
_LONGEST_PAUSE = timedelta(minutes=1)


def lease_of(sender: str, store: Store) -> Lease:
    """The right to drain this sender."""
    return Lease(f"sender:{sender}", store, _LEASE_SECONDS)


class Sender:
    """One sender's drain: a number or a bot. Messages to one address go in order, one after the other."""

    def __init__(
        self,
        name: str,
        adapter: Adapter,
        store: Store,
        now: Callable[[], datetime],
        organisation: Callable[[], Organisation],
        calls_at_once: int = 32,
        lease: Lease | None = None,
        limits: Limits = NONE,
    ) -> None:
        self.name = name
        self.wake = asyncio.Event()
        self._adapter = adapter
        self._store = store
        self._now = now
        self._organisation = organisation
        self._paused_until: datetime | None = None
        self._most = calls_at_once
        self.limits = limits
        self._pace = Pace(limits.per_second, ahead=AHEAD if limits.receipts else AHEAD_UNASKED)
        self._breaker = Breaker(name)
        self._calls: set[asyncio.Task[None]] = set()
        self._outcomes: dict[int, Outcome] = {}
        self._stepping = asyncio.Lock()
        self._lease = lease or lease_of(name, store)
        self._stopping = False
        self._under_way, self._took = figures.under_way.labels(name), figures.send_seconds.labels(name)
        self.stepped_at: float | None = None  # by `watch`

    @property
    def lease(self) -> Lease:
        """The right to drain this sender, as this process sees it."""
        return self._lease

    async def run(self, stop: asyncio.Event) -> None:
        """Send what is due until told to stop, whatever goes wrong; then finish the calls that are under way."""
        while not stop.is_set():
            self.wake.clear()
            try:
                busy = await self.step()
            except Away:
                log.warning("database_away", sender=self.name)
                busy = False
            except Exception as error:  # noqa: BLE001  the next step may go well, and nobody else sends
                log.error("step_failed", sender=self.name, error=type(error).__name__)
                busy = False
            if not busy:
                await self._rest()
        await self.finish()

    async def step(self) -> bool:
        """Store the outcomes that came in, claim what is due and begin the calls. True when something was done."""
        async with self._stepping:
            done = await self._step()
            self.stepped_at = watch()
            return done

    async def _step(self) -> bool:
        stored = await self._store_outcomes()
        held = await self._hold()
        room = self._pace.room(self._most - len(self._calls))
        free = self._breaker.room(room, calling=bool(self._calls))
        now = self._now()
        if not held or free <= 0 or (self._paused_until is not None and now < self._paused_until):
            return stored
        try:
            claimed = await self._claim(now, free)
        except Fenced:
            self._lease.lost()
            return stored
        ordered = sorted(claimed, key=lambda one: (one.message.address, one.id))
        for _address, group in groupby(ordered, key=lambda one: one.message.address):
            task = asyncio.create_task(self._send_in_order(list(group)))
            self._calls.add(task)
            task.add_done_callback(self._calls.discard)
        return stored or bool(claimed)

    async def _hold(self) -> bool:
        """Whether the drain is ours. One that comes from another process may have rows that it died with."""
        fence = self._lease.fence
        if not await self._lease.hold():
            return False
        if self._lease.fence != fence:
            now, organisation = self._now(), self._organisation()
            while await self._store.write(lambda tx: delivery.release_from(tx, self.name, now, organisation)):
                pass
        return True

    async def _claim(self, now: datetime, most: int) -> list[Claimed]:
        organisation = self._organisation()
        try:
            return await self._fenced(lambda tx: claims.claim(tx, self.name, now, most, organisation, self.limits))
        except (Away, Fenced):
            raise
        except Exception as error:  # noqa: BLE001  one row of them is bad: the others have a right to their turn
            log.error("claiming_one_by_one", sender=self.name, error=type(error).__name__)
            return await self._claim_one_by_one(now, most)

    async def _claim_one_by_one(self, now: datetime, most: int) -> list[Claimed]:
        claimed: list[Claimed] = []
        for row_id in await self._fenced(
            lambda tx: claims.due(tx, self.name, now, most, self._organisation(), self.limits)
        ):
            try:
                claimed += await self._claim_one(row_id, now)
            except (Away, Fenced):
                if claimed:  # these are ours already, and must be sent
                    break
                raise
        return claimed

    async def _claim_one(self, row_id: int, now: datetime) -> list[Claimed]:
        """The row, if it can be read; one that cannot is given up."""
        organisation = self._organisation()
        try:
            return await self._fenced(lambda tx: claims.claim_these(tx, [row_id], now, organisation, self.limits))
        except (Away, Fenced):
            raise
        except Exception as error:  # noqa: BLE001  whatever is wrong with it, it must not hold up the others
            log.error("row_given_up", sender=self.name, row=row_id, error=type(error).__name__)
            await self._store.write(lambda tx: closing.give_up(tx, row_id, now, organisation))
            return []

    async def _fenced(self, work: Callable[[Tx], T]) -> T:
        """Do this work while nobody else can have the lease. Raises Fenced."""

        def proven(tx: Tx) -> T:
            self._lease.prove(tx)
            return work(tx)

        return await self._store.write(proven)

    async def drain(self) -> None:
        """Send everything that is due now, and wait until it is settled."""
        while await self.step() or self._calls:
            if self._calls:
                await asyncio.wait(self._calls, return_when=asyncio.FIRST_COMPLETED)

    async def finish(self) -> None:
        """Let the calls under way end, as long as a graceful stop allows; give back what no call was begun for."""
        self._stopping = True
        if self._calls:
            await asyncio.wait(self._calls, timeout=_GRACE_SECONDS)
        for task in self._calls:
            task.cancel()
        await asyncio.gather(*self._calls, return_exceptions=True)
        async with self._stepping:
            try:
                await self._store_outcomes()
                await self._lease.let_go()
            except Away:
                log.warning("outcomes_not_stored", sender=self.name, count=len(self._outcomes))
        self._stopping = False

    async def _rest(self) -> None:
        try:
            await asyncio.wait_for(self.wake.wait(), self._pace.pause or _POLL_SECONDS)
        except TimeoutError:
            return

    async def _send_in_order(self, group: Sequence[Claimed]) -> None:
        for number, one in enumerate(group):
            outcome = await self._not_now(one, first=not number) or await self._call(one)
            self._settle(one.id, outcome)
            if isinstance(outcome, TryLater):  # what follows must not overtake it
                for later in group[number + 1 :]:
                    self._settle(later.id, replace(outcome, paced=True))
                return

    async def _not_now(self, one: Claimed, *, first: bool) -> TryLater | None:
        """Wait for its turn; what speaks against the call then."""
        try:
            waited = await self._pace.turn(one.units)
            stopped = await self._held_back(one.id) if waited or not first else None
        except asyncio.CancelledError:
            return _GIVEN_BACK  # we are stopping, and no call was begun
        return self._not_ours() or stopped

    async def _call(self, one: Claimed) -> Outcome:
        began = time.perf_counter()
        with self._under_way.track_inprogress():
            try:
                outcome = await self._adapter.send(one.message)
            except asyncio.CancelledError:
                outcome = _CUT_OFF
            except Exception as error:  # noqa: BLE001  an adapter's own mistake: nobody knows whether the call went out
                log.error("send_failed", sender=self.name, error=type(error).__name__)
                outcome = Unknown(Problem(type(error).__name__, Concern.AMBIGUOUS, "The sender itself failed."))
        self._took.observe(time.perf_counter() - began)
        figures.messages_out.labels(self.name, type(outcome).__name__.lower()).inc()
        return outcome

    def _not_ours(self) -> TryLater | None:
        """No call begins once we are stopping, nor when another process may have the drain: the row goes back."""
        return None if self._lease.is_held and not self._stopping else _GIVEN_BACK

    async def _held_back(self, row_id: int) -> TryLater | None:
        """STOP may have come since the claim: look just before the call, and do not call where we cannot look."""
        try:
            halted = await self._store.read(lambda tx: halting.halted(tx, [row_id]))
        except Away:
            return _UNSEEN
        return _HALTED if halted else None

    def _settle(self, row_id: int, told: Outcome) -> None:
        outcome = self._outcomes[row_id] = self._breaker.judge(told)
        if isinstance(outcome, TryLater) and outcome.whole_sender:
            self._paused_until = self._now() + min(outcome.delay, _LONGEST_PAUSE)
        self.wake.set()

    async def _store_outcomes(self) -> bool:
        if not self._outcomes:
            return False
        outcomes, self._outcomes = self._outcomes, {}
        try:
            await self._store_these(outcomes)
        except Away:
            raise
        except Exception as error:  # noqa: BLE001  one row of them is bad: what became of the others is kept
            log.error("storing_one_by_one", sender=self.name, error=type(error).__name__)
            await self._store_one_by_one(outcomes)
        return True

    async def _store_these(self, outcomes: dict[int, Outcome]) -> None:
        now = self._now()
        try:
            await self._store.write(lambda tx: delivery.settle(tx, outcomes, now, self._organisation()))
        except Away:
            self._outcomes = outcomes | self._outcomes  # not stored yet: kept for the next step
            raise

    async def _store_one_by_one(self, outcomes: dict[int, Outcome]) -> None:
        """Each by itself. A row that takes no outcome is released later, as one of which nobody knows."""
        left = dict(outcomes)
        for row_id, outcome in outcomes.items():
            del left[row_id]
            try:
                await self._store_these({row_id: outcome})
            except Away:
                self._outcomes = left | self._outcomes
                raise
            except Exception as error:  # noqa: BLE001  see above
                log.error("outcome_lost", sender=self.name, row=row_id, error=type(error).__name__)


# The row is marked by STOP, so that settling it cancels it.
_HALTED = TryLater(Problem("halted", Concern.CONSENT, "They sent STOP before this was sent."))
_GIVEN_BACK = TryLater(Problem("given_back", Concern.TEMPORARY, "Another process sends this."), timedelta(), paced=True)
_CUT_OFF = Unknown(Problem("stopped", Concern.AMBIGUOUS, "Heard stopped before the provider answered."))
_UNSEEN = TryLater(Problem("database_away", Concern.TEMPORARY, "The database could not be reached."), paced=True)
