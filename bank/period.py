"""Periods: the whole months that a report tells of.

Whole, so that nobody is found by what is between two reports that are a day apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from babel.dates import format_date

from language.wording import SOURCE_LANGUAGE

_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])\Z")
_MOST = 120  # months


class Kept(StrEnum):
    """The periods that have a name: so many whole months, the last of them the one before this."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "six-months"
    YEAR = "year"


_LENGTHS = {Kept.MONTH: 1, Kept.QUARTER: 3, Kept.HALF: 6, Kept.YEAR: 12}


class NoPeriod(Exception):
    """There is no such period. The message says what would help."""


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One month of a year; 1 is January."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @classmethod
    def read(cls, text: str) -> Month | None:
        """Such as "2026-05"; None where it is no month."""
        found = _MONTH.match(text.strip())
        return cls(int(found[1]), int(found[2])) if found else None

    def later(self, months: int) -> Month:
        years, rest = divmod(self.number - 1 + months, 12)
        return Month(self.year + years, rest + 1)

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def name(self) -> str:
        """Such as "May 2026"."""
        return format_date(self.first, "MMMM y", locale=SOURCE_LANGUAGE)

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02}"


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day of one month to the last of another; the same month for one."""

    first: Month
    last: Month

    def months(self) -> Iterator[Month]:
        month = self.first
        while month <= self.last:
            yield month
            month = month.later(1)

    @property
    def first_day(self) -> str:
        """Such as "2026-05-01"."""
        return self.first.first.isoformat()

    @property
    def day_after(self) -> str:
        """The first day that is no longer in it."""
        return self.last.later(1).first.isoformat()

    def begins(self, zone: ZoneInfo) -> datetime:
        return _midnight(self.first, zone)

    def ends(self, zone: ZoneInfo) -> datetime:
        """The moment at which it is over."""
        return _midnight(self.last.later(1), zone)

    def edges(self, zone: ZoneInfo) -> list[datetime]:
        """When each month of it begins, and when the last is over."""
        return [*(_midnight(month, zone) for month in self.months()), self.ends(zone)]

    @property
    def name(self) -> str:
        """Such as "May 2026 to October 2026"."""
        return self.first.name if self.first == self.last else f"{self.first.name} to {self.last.name}"

    def __str__(self) -> str:
        return f"{self.first}-to-{self.last}"


def _midnight(month: Month, zone: ZoneInfo) -> datetime:
    return datetime.combine(month.first, time(), zone)


def kept(name: Kept, today: date) -> Period:
    """The period of that name, as it is today."""
    last = Month.of(today).later(-1)
    return Period(last.later(1 - _LENGTHS[name]), last)


def between(first: str, last: str, today: date) -> Period:
    """From one month to another: "2026-05", "2026-10". Raises NoPeriod."""
    begins, ends = Month.read(first), Month.read(last)
    if begins is None or ends is None:
        raise NoPeriod("Enter both months with a year, such as 2026-05")
    if begins > ends:
        raise NoPeriod("The first month must not come after the last")
    if begins > Month.of(today):
        raise NoPeriod("The first month must have begun")
    if ends >= begins.later(_MOST):
        raise NoPeriod("The months must be ten years or less")
    return Period(begins, min(ends, Month.of(today)))
