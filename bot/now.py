"""The one clock that the running process reads. In the demo and under test it can be moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class Now:
    """Calling it gives the time: aware, UTC."""

    def __call__(self) -> datetime:
        return datetime.now(UTC)


class MovableNow(Now):
    """Real time and an offset that only grows. Never used where a real channel is on."""

    def __init__(self) -> None:
        self._offset = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._offset

    def move(self, by: timedelta) -> None:
        """Move forward. Raises ValueError for a step back: time that was lived cannot be undone."""
        if by < timedelta():
            raise ValueError("time moves forward only")
        self._offset += by
