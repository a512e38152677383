"""Moving time: how far, and by which steps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from console.try_time import legs, until_friday, until_texting
from tests.bank.ashdale import ASHDALE

LONDON = ZoneInfo("Europe/London")


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=LONDON).astimezone(UTC)


@pytest.mark.parametrize(
    ("label", "start", "by", "stops"),
    [
        ("an hour before 10am has none on the way", at(23, 8), timedelta(hours=1), [at(23, 9)]),
        ("to 10am itself is one step", at(23, 9), timedelta(hours=1), [at(23, 10)]),
        ("a day goes by one", at(23, 11), timedelta(days=1), [at(24, 10), at(24, 11)]),
        ("from 10am the next counts", at(23, 10), timedelta(days=2), [at(24, 10), at(25, 10)]),
        ("clocks go back and 10am stays 10am", at(24, 11, month=10), timedelta(days=1), [at(25, 10, month=10)]),
    ],
)
def test_a_move_stops_at_every_10am(label: str, start: datetime, by: timedelta, stops: list[datetime]) -> None:
    reached, here = [], start
    for leg in legs(start, by, LONDON):
        here += leg
        reached.append(here)
    assert reached == stops, label


def test_a_month_is_all_there() -> None:
    steps = list(legs(at(23, 11), timedelta(days=30), LONDON))
    assert sum(steps, timedelta()) == timedelta(days=30)
    assert len(steps) == 31
    assert all(step > timedelta() for step in steps)


@pytest.mark.parametrize(
    ("label", "start", "reached"),
    [
        ("early on a Monday", at(23, 6), at(23, 10)),
        ("late on a Monday", at(23, 20), at(24, 10)),
        ("at 10am on a Monday", at(23, 10), at(24, 10)),
        ("on a Saturday night Sunday is passed over", at(21, 20), at(23, 10)),
        ("over Christmas (a Friday; Boxing Day is kept on the Monday)", at(24, 20, month=12), at(26, 10, month=12)),
        ("from there, over Sunday and the holiday", at(26, 20, month=12), at(29, 10, month=12)),
    ],
)
def test_the_next_texting_day(label: str, start: datetime, reached: datetime) -> None:
    assert start + until_texting(start, ASHDALE) == reached, label


@pytest.mark.parametrize(
    ("label", "start", "reached"),
    [
        ("on a Monday", at(23, 6), at(27, 17, 55)),
        ("earlier that day", at(27, 17, 54), at(27, 17, 55)),
        ("at that very time", at(27, 17, 55), at(4, 17, 55, month=12)),
        ("at the weekend", at(28, 9), at(4, 17, 55, month=12)),
        ("over a change of the clocks", at(24, 11, month=10), at(30, 17, 55, month=10)),
    ],
)
def test_late_on_a_friday(label: str, start: datetime, reached: datetime) -> None:
    assert start + until_friday(start, ASHDALE) == reached, label
