"""Times and dates as people write them, read on Sunday 22 November 2026 at ten in the morning."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from language.moment import moment

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 22, 10, tzinfo=LONDON)


def on(month: int, day: int, year: int = 2026) -> date:
    return date(year, month, day)


@pytest.mark.parametrize(
    ("text", "day", "at"),
    [
        ("12/6", on(6, 12, 2027), None),
        ("3/12 at 2", on(12, 3), time(14)),
        ("3/12/2027", on(12, 3, 2027), None),
        ("2026-12-03", on(12, 3), None),
        ("half 2", None, time(14, 30)),
        ("2ish", None, time(14)),
        ("quarter to 3 on tuesday", on(11, 24), time(14, 45)),
        ("twenty past 4", None, time(16, 20)),
        ("10 to 3", None, time(14, 50)),
        ("9", None, time(9)),
        ("noon", None, time(12)),
        ("2pm", None, time(14)),
        ("at 14:30", None, time(14, 30)),
        ("7 in the evening", None, time(19)),
        ("tonight at 8", on(11, 22), time(20)),
        ("nxt tues", on(11, 24), None),
        ("weds", on(11, 25), None),
        ("fri 2", on(11, 27), time(14)),
        ("this fri", on(11, 27), None),
        ("tomoz", on(11, 23), None),
        ("2moro at 10", on(11, 23), time(10)),
        ("day after tomorrow", on(11, 24), None),
        ("a week on monday", on(11, 30), None),
        ("tues week", on(12, 1), None),
        ("in 2 weeks", on(12, 6), None),
        ("in a fortnight", on(12, 6), None),
        ("the 3rd", on(12, 3), None),
        ("saturday the 28th", on(11, 28), None),
        ("thursday 3 dec 2pm", on(12, 3), time(14)),
        ("1st dec at 9.30am", on(12, 1), time(9, 30)),
        ("1 november", on(11, 1, 2027), None),
    ],
)
def test_a_moment(text: str, day: date | None, at: time | None) -> None:
    found = moment(text, "en", NOW)
    assert found is not None
    assert (found.day, found.time, found.other, found.sure) == (day, at, None, False)
    assert found.because


@pytest.mark.parametrize(
    ("text", "day", "other"),
    [
        ("tuesday 3 december", on(12, 3), on(12, 1)),
        ("saturday 27th", on(11, 27), on(11, 28)),
        ("sunday", on(11, 29), on(11, 22)),
    ],
)
def test_a_day_that_may_be_another(text: str, day: date, other: date) -> None:
    found = moment(text, "en", NOW)
    assert found is not None
    assert (found.day, found.other) == (day, other)


def test_next_in_the_middle_of_a_week_may_be_either() -> None:
    found = moment("next friday", "en", datetime(2026, 11, 25, 10, tzinfo=LONDON))
    assert found is not None
    assert (found.day, found.other) == (on(12, 4), on(11, 27))


@pytest.mark.parametrize("text", ["any morning but weds", "tues or weds", "next week", "whenever", "not mondays"])
def test_too_vague(text: str) -> None:
    found = moment(text, "en", NOW)
    assert found is not None
    assert (found.vague, found.day, found.time) == (text, None, None)


def test_what_begins_or_ends_what_suits() -> None:
    after, before = moment("after 4", "en", NOW), moment("tomoz before 11", "en", NOW)
    assert after is not None
    assert before is not None
    assert (after.time, after.after, after.before) == (time(16), True, False)
    assert (before.day, before.time, before.after, before.before) == (on(11, 23), time(11), False, True)


def test_a_part_of_the_day() -> None:
    found = moment("tomorrow morning", "en", NOW)
    assert found is not None
    assert (found.day, found.time, found.part) == (on(11, 23), None, "morning")


@pytest.mark.parametrize("text", ["hello", "I have 2 cats", "31/11", "", "yes", "99"])
def test_no_moment(text: str) -> None:
    assert moment(text, "en", NOW) is None


@pytest.mark.parametrize(
    ("text", "day", "at"),
    [
        ("jutro o 14", on(11, 23), time(14)),
        ("w środę po 18", on(11, 25), time(18)),
        ("3.12", on(12, 3), None),
        ("o 14.30", None, time(14, 30)),
        ("wpół do trzeciej", None, time(14, 30)),
        ("kwadrans po drugiej", None, time(14, 15)),
        ("3 grudnia o 10", on(12, 3), time(10)),
        ("za tydzień we wtorek", on(12, 1), None),
        ("w południe", None, time(12)),
    ],
)
def test_polish(text: str, day: date | None, at: time | None) -> None:
    found = moment(text, "pl", NOW)
    assert found is not None
    assert (found.day, found.time) == (day, at)
