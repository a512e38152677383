"""A lease as its process sees it: held, or not, by a watch that nobody can set."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

import structlog

from bank.tokens import token
from bot import figures
from storage import leases
from storage.leases import Standing
from storage.store import Away, Store, Tx

log = structlog.get_logger()

ME = token()  # this process
_SURE = 0.8  # of the time, from before we asked: others count from when they saw it
_RENEW = 0.5
# It goes on while the machine sleeps; where there is no such clock, at least while the process is stopped.
_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def watch() -> float:
    """Seconds since some moment."""
    return time.clock_gettime(_CLOCK)


class Lease:
    """The right to do what one process at a time may do. Another takes it after `lasts` seconds of silence."""

    def __init__(
        self,
        name: str,
        store: Store,
        lasts: float,
        holder: str = ME,
        seconds: Callable[[], float] = watch,
    ) -> None:
        self.name = name
        self.fence = 0
        self._store = store
        self._lasts = lasts
        self._holder = holder
        self._seconds = seconds
        self._ends = 0.0
        self._seen: tuple[Standing, float] | None = None  # how it stands with another, and since when
        figures.leases_held.labels(name).set_function(lambda: float(self.is_held))

    @property
    def is_held(self) -> bool:
        """Whether nobody else can have it yet."""
        return self._seconds() < self._ends

    @property
    def is_anothers(self) -> bool:
        """Whether another had it when we last asked, and could be heard: we take it once it falls silent."""
        return self._seen is not None

    async def hold(self) -> bool:
        """Take it, or hold it longer. False while another has it. Raises Away."""
        began = self._seconds()
        if self._ends - began > self._lasts * (_SURE - _RENEW):
            return True
        try:
            held = await self._renewed() if self._ends else await self._taken(began)
        except Away:
            self._seen = None  # whoever has it could not beat either
            raise
        if held:
            self._ends = began + self._lasts * _SURE
        return held

    def prove(self, tx: Tx) -> None:
        """Raises Fenced where another took it meanwhile."""
        leases.prove(tx, self.name, self._holder, self.fence)

    def lost(self) -> None:
        """It is not ours any more."""
        log.warning("lease_lost", lease=self.name, fence=self.fence)
        self._ends, self._seen = 0.0, None

    async def let_go(self) -> None:
        """Let another have it at once. Raises Away."""
        if self._ends:
            self._ends = 0.0
            go = partial(leases.let_go, name=self.name, holder=self._holder, fence=self.fence)
            await self._store.write(go)

    async def _renewed(self) -> bool:
        renew = partial(leases.renew, name=self.name, holder=self._holder, fence=self.fence)
        if await self._store.write(renew):
            return True
        self.lost()
        return False

    async def _taken(self, now: float) -> bool:
        silent = self._seen[0] if self._seen and now - self._seen[1] >= self._lasts else None
        take = partial(leases.take, name=self.name, holder=self._holder, silent=silent)
        stands = await self._store.write(take)
        if not stands.ours:
            if self._seen is None or self._seen[0] != stands:
                self._seen = stands, self._seconds()
            return False
        log.info("lease_taken", lease=self.name, fence=stands.fence)
        self.fence, self._seen = stands.fence, None
        return True
