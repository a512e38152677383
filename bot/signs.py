"""Signs of life of this process: what it runs, and when each part of it last did its work."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from bot import figures
from bot.lease import Lease, watch


class Signs:
    """Parts tell it what they did; whoever asks whether all is well looks here. Seconds are of `watch`."""

    def __init__(self, seconds: Callable[[], float] = watch) -> None:
        self.parts: frozenset[str] = frozenset()  # none yet: it was built, and does not run
        self.clock: Lease | None = None
        self.done: dict[str, datetime] = {}  # when each tick was last done by us
        self._seconds = seconds
        self._began = seconds()
        self._kept: float | None = None
        self._alive: dict[str, float] = {}

    def begin(self, parts: Iterable[str]) -> None:
        """These parts run from now on."""
        self.parts, self._began = frozenset(parts), self._seconds()

    def alive(self, tick: str) -> None:
        """The clock came by this tick, and did it or left it to another."""
        self._alive[tick] = self._seconds()

    def ticked(self, tick: str, at: datetime) -> None:
        """We did this tick."""
        self.alive(tick)
        self.done[tick] = at
        figures.last_tick.labels(tick).set(at.timestamp())

    def kept(self) -> None:
        """The database took what we wrote."""
        self._kept = self._seconds()

    @property
    def up(self) -> float:
        """Seconds since it began."""
        return self._seconds() - self._began

    def since_kept(self) -> float:
        """Seconds since the database last took what we wrote, or since we began."""
        return self._since(self._kept)

    def since(self, tick: str) -> float:
        """Seconds since the clock last came by this tick, or since we began."""
        return self._since(self._alive.get(tick))

    def since_step(self, stepped_at: float | None) -> float:
        """Seconds since a sender's last step, or since we began."""
        return self._since(stepped_at)

    def _since(self, moment: float | None) -> float:
        return self._seconds() - max(self._began, moment or self._began)
