"""A clock in the hand of the test: it stands still until it is moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
MONDAY = datetime(2026, 11, 23, 11, tzinfo=UTC)


class MovingClock:
    """Calling it gives the time: aware, UTC. It begins on a Monday at 11 in the morning."""

    def __init__(self) -> None:
        self._time = MONDAY

    def __call__(self) -> datetime:
        return self._time

    def move(self, by: timedelta) -> None:
        if by < timedelta():
            raise ValueError("time moves forward only")
        self._time += by

    def until(self, day: int, month: int, hour: int, minute: int = 0, *, year: int = 2026) -> timedelta:
        """How long from now until that time on the wall in London."""
        return datetime(year, month, day, hour, minute, tzinfo=LONDON).astimezone(UTC) - self._time
