"""Wall time: the moment that a day and a time make on the clock of a place.

In spring an hour is missing there: what is written for it happens an hour later. In autumn one comes twice, and the
first is meant. So an hour after noon is always an hour after noon, whatever the clocks did in the night (PEP 495).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from storage.schema import Record


def moment(on_day: str, at_time: str, zone: str) -> datetime:
    """The moment, in UTC. `on_day` is "2026-12-03", `at_time` "14:00". Raises ValueError where either is none."""
    on_the_wall = datetime.combine(date.fromisoformat(on_day), time.fromisoformat(at_time), ZoneInfo(zone))
    return on_the_wall.astimezone(UTC)


def moments(on_day: str, at_time: str, zone: str, minutes: int) -> dict[str, datetime]:
    """`starts_at` and `ends_at` of a meeting, so many minutes long."""
    starts = moment(on_day, at_time, zone)
    return {"starts_at": starts, "ends_at": starts + timedelta(minutes=minutes)}


def here(meeting: Record) -> datetime:
    """When it starts, on its own wall."""
    return _there(meeting, meeting.starts_at)


def ends_here(meeting: Record) -> datetime:
    """When it ends, on its own wall."""
    return _there(meeting, meeting.ends_at)


def _there(meeting: Record, when: datetime) -> datetime:
    return when.astimezone(ZoneInfo(meeting.zone))
