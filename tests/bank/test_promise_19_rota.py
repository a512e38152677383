"""By when a person reads, and when we may write unasked: over two years, with clock changes and bank holidays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bank import rota
from bank.organisation import Hours
from tests.bank.ashdale import ASHDALE

LONDON = ZoneInfo("Europe/London")
START, END = datetime(2026, 11, 1, tzinfo=UTC), datetime(2028, 11, 1, tzinfo=UTC)
# GOV.UK, "UK bank holidays", England and Wales.
HOLIDAYS = {
    date.fromisoformat(day)
    for day in [
        "2026-12-25",
        "2026-12-28",
        "2027-01-01",
        "2027-03-26",
        "2027-03-29",
        "2027-05-03",
        "2027-05-31",
        "2027-08-30",
        "2027-12-27",
        "2027-12-28",
        "2028-01-03",
        "2028-04-14",
        "2028-04-17",
        "2028-05-01",
        "2028-05-29",
        "2028-08-28",
    ]
}
# Europe/London: the clocks go back in October, and forward in March.
CLOCK_CHANGES = (date(2027, 3, 28), date(2027, 10, 31), date(2028, 3, 26), date(2028, 10, 29))


def every_quarter_hour() -> Iterator[datetime]:
    now = START
    while now < END:
        yield now
        now += timedelta(minutes=15)


def test_what_we_promise_is_in_working_hours_and_never_past() -> None:
    hours = ASHDALE.hours
    for now in every_quarter_hour():
        by = rota.read_by(now, ASHDALE)
        wall = by.astimezone(LONDON)
        assert now < by <= now + timedelta(days=6), now
        assert wall.date().weekday() < 5, now
        assert wall.date() not in HOLIDAYS, now
        assert hours.opens <= wall.time() <= hours.closes, now


def test_what_we_promise_leaves_two_working_hours() -> None:
    """A promise is kept by people: never less than two hours on a working day away."""
    for now in every_quarter_hour():
        by = rota.read_by(now, ASHDALE)
        assert by.astimezone(UTC) - now >= timedelta(hours=2), now


def test_a_later_message_is_never_promised_an_earlier_time() -> None:
    before = rota.read_by(START, ASHDALE)
    for now in every_quarter_hour():
        by = rota.read_by(now, ASHDALE)
        assert by >= before, now
        before = by


def test_promise_19_no_text_that_nobody_asked_for_at_a_quiet_hour() -> None:
    allowed = 0
    for now in every_quarter_hour():
        wall = now.astimezone(LONDON)
        quiet = wall.weekday() == 6 or wall.date() in HOLIDAYS or not time(9) <= wall.time() < time(19)
        assert rota.may_text(now, ASHDALE) is not quiet, now
        allowed += not quiet
    assert allowed > 20_000


@pytest.mark.parametrize("day", CLOCK_CHANGES)
def test_hours_are_those_on_the_wall_on_both_sides_of_a_clock_change(day: date) -> None:
    for around in (day - timedelta(days=1), day + timedelta(days=2)):
        for hour, fine in ((8, False), (9, True), (18, True), (19, False)):
            wall = datetime.combine(around, time(hour, 0), LONDON)
            assert rota.may_text(wall.astimezone(UTC), ASHDALE) is fine, wall


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-11-23 09:00", "2026-11-23 17:00"),  # a Monday
        ("2026-11-23 03:00", "2026-11-23 17:00"),
        ("2026-11-23 15:00", "2026-11-23 17:00"),
        ("2026-11-23 15:01", "2026-11-24 12:00"),
        ("2026-11-27 16:00", "2026-11-30 12:00"),  # Friday afternoon
        ("2026-11-28 10:00", "2026-11-30 12:00"),
        ("2026-12-24 16:00", "2026-12-29 12:00"),  # Christmas, a weekend, and Boxing Day's substitute
        ("2027-03-25 16:00", "2027-03-30 12:00"),  # Easter, with the clock change in it
        ("2027-03-27 23:30", "2027-03-30 12:00"),
    ],
)
def test_promises(written: str, read: str) -> None:
    at = datetime.fromisoformat(written).replace(tzinfo=LONDON).astimezone(UTC)
    assert rota.read_by(at, ASHDALE).strftime("%Y-%m-%d %H:%M") == read


SOME_HOURS = st.builds(
    lambda days, opens, long, division: Hours(
        frozenset(days), time(opens), time(min(23, opens + long), 30), division=division
    ),
    st.sets(st.integers(0, 6), min_size=1),
    st.integers(0, 22),
    st.integers(1, 12),
    st.sampled_from(["england-and-wales", "scotland", "northern-ireland"]),
)


@given(st.datetimes(START.replace(tzinfo=None), END.replace(tzinfo=None), timezones=st.just(UTC)), SOME_HOURS)
def test_whatever_the_working_hours_the_promise_is_in_them(now: datetime, hours: Hours) -> None:
    by = rota.read_by(now, replace(ASHDALE, hours=hours))
    wall = by.astimezone(LONDON)
    assert by > now
    assert rota.is_working_day(wall.date(), hours)
    assert hours.opens <= wall.time() <= hours.closes
