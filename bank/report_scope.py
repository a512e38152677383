"""What a report is of: a period, as it is known now, and the smallest number of people that it tells of."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from bank.organisation import Organisation
from bank.period import Period


@dataclass(frozen=True, slots=True)
class Scope:
    """`now` is when it was asked for: what has not happened yet is not in it."""

    period: Period
    now: datetime
    organisation: Organisation

    @property
    def zone(self) -> ZoneInfo:
        return self.organisation.zone

    @property
    def smallest(self) -> int:
        return self.organisation.smallest_shown

    @property
    def begins(self) -> datetime:
        return self.period.begins(self.zone)

    @property
    def ends(self) -> datetime:
        """The end of the period, or now where it is not over."""
        return min(self.period.ends(self.zone), self.now)

    @property
    def edges(self) -> list[datetime]:
        """When each month of it begins, and its end."""
        return [*self.period.edges(self.zone)[:-1], self.ends]

    @property
    def months(self) -> list[str]:
        return [month.name for month in self.period.months()]

    def month_of(self, at: datetime) -> str:
        """The name of the month of the period in which that was."""
        names, edges = _months(self.period, self.zone)
        return names[bisect_right(edges, at) - 1]

    def day_of(self, at: datetime) -> date:
        """The day that it was, here."""
        return at.astimezone(self.zone).date()


@lru_cache(maxsize=8)
def _months(period: Period, zone: ZoneInfo) -> tuple[list[str], list[datetime]]:
    """Their names, and when each begins, which is compared with thousands of moments."""
    return [month.name for month in period.months()], [edge.astimezone(UTC) for edge in period.edges(zone)[:-1]]
