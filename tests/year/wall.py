"""Hours by our own count: when a text may go, and when something is due; nothing of the bank's is asked."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from storage.meetings import MeetingKind
from tests.year.meetings import ZONE
from tests.year.people import Member

# England and Wales, as GOV.UK lists them.
HOLIDAYS = frozenset(
    {
        *(date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1), date(2027, 3, 26), date(2027, 3, 29)),
        *(date(2027, 5, 3), date(2027, 5, 31), date(2027, 8, 30), date(2027, 12, 27), date(2027, 12, 28)),
    }
)
OPENS, CLOSES = time(9), time(19)
_ROOM = timedelta(minutes=15)
WEEK, DAY, HOURS, FEEDBACK = "week", "day", "hours", "feedback"


def texting(day: date) -> bool:
    return day.weekday() != 6 and day not in HOLIDAYS


def working(day: date) -> bool:
    return day.weekday() < 5 and day not in HOLIDAYS


def hours(one: Member) -> tuple[time, time]:
    return max(one.begins or OPENS, OPENS), min(one.ends or CLOSES, CLOSES)


def may(one: Member | None, at: datetime) -> bool:
    """Whether a text may go to them then; None: to anybody."""
    here = at.astimezone(ZONE)
    begins, ends = hours(one) if one is not None else (OPENS, CLOSES)
    return texting(here.date()) and begins <= here.time() < ends


def next_time(one: Member, at: datetime) -> datetime:
    """The first moment from then on at which a text may go to them."""
    while not may(one, at):
        here = at.astimezone(ZONE)
        day = here.date() if here.time() < hours(one)[0] and texting(here.date()) else here.date() + timedelta(days=1)
        at = wall(day, hours(one)[0])
    return at


def wall(day: date, at: time) -> datetime:
    return datetime.combine(day, at, ZONE).astimezone(UTC)


def earlier(one: Member, at: datetime) -> datetime:
    """That moment, or the last one before it in their hours: a quarter of an hour before these end."""
    day = at.astimezone(ZONE).date()
    begins, ends = hours(one)
    while True:
        closes = wall(day, ends) - _ROOM
        if texting(day) and min(at, closes) >= wall(day, begins):
            return min(at, closes)
        day -= timedelta(days=1)


def steps(kind: MeetingKind) -> tuple[str, ...]:
    """What is said of a meeting of that kind by the clock, as we ship it."""
    return (DAY, HOURS, FEEDBACK) if kind is MeetingKind.DROP_IN else (WEEK, DAY, HOURS, FEEDBACK)


def due(one: Member, step: str, starts: datetime, ends: datetime) -> datetime:
    """When it is due to them."""
    day = starts.astimezone(ZONE).date()
    if step == FEEDBACK:
        return next_time(one, ends + timedelta(hours=2))
    back = {WEEK: 7, DAY: 1}.get(step)
    return earlier(one, starts - timedelta(hours=2) if back is None else wall(day - timedelta(days=back), time(10)))


def says_it_again(one: Member, starts: datetime, ends: datetime) -> bool:
    """The last reminder is moved to the day on which they get the one of the day before: both would say the same."""
    last, before = (due(one, step, starts, ends).astimezone(ZONE).date() for step in (HOURS, DAY))
    return last == before != starts.astimezone(ZONE).date()


def kept_until(at: datetime, starts: datetime) -> datetime:
    """Until when a place that is offered then is kept."""
    day = at.astimezone(ZONE).date()
    left = 2
    while left:
        day += timedelta(days=1)
        left -= working(day)
    two_days, half = wall(day, time(17)), _half_hour(at + (starts - at) / 2)
    least = _half_hour(at + timedelta(hours=2, minutes=30) - timedelta.resolution)
    return min(max(min(two_days, half), least), starts)


def _half_hour(at: datetime) -> datetime:
    return at.replace(minute=at.minute // 30 * 30, second=0, microsecond=0)
