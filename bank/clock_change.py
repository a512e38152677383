"""The two nights of the year in which the clocks are changed: an hour that is missing there, or comes twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from bank import wall_time


class Odd(StrEnum):
    MISSING = "missing"  # no clock shows that time on that day
    TWICE = "twice"  # it comes once, and an hour later again: the first is meant
    DURING = "during"  # the clocks are changed between its start and its end


@dataclass(frozen=True, slots=True)
class Oddity:
    """`starts` and `ends` are what the clock on the wall truly shows then."""

    what: Odd
    starts: time
    ends: time


def oddity(on_day: date, at_time: time, zone: ZoneInfo, minutes: int) -> Oddity | None:
    """What is odd about a meeting on that day at that time, so many minutes long; None on every other day."""
    made = wall_time.moments(on_day.isoformat(), at_time.isoformat(), zone.key, minutes)
    starts, ends = (made[name].astimezone(zone) for name in ("starts_at", "ends_at"))
    what = _what(datetime.combine(on_day, at_time, zone), starts, ends)
    return Oddity(what, starts.time(), ends.time()) if what is not None else None


def _what(written: datetime, starts: datetime, ends: datetime) -> Odd | None:
    if starts.replace(tzinfo=None) != written.replace(tzinfo=None):
        return Odd.MISSING
    if written.utcoffset() != written.replace(fold=1).utcoffset():
        return Odd.TWICE
    return Odd.DURING if starts.utcoffset() != ends.utcoffset() else None
