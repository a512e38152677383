"""Until when somebody wants no texts, in their own words."""

from __future__ import annotations

from datetime import date

import pytest

from language.until import until

NOVEMBER, FEBRUARY, JULY = date(2026, 11, 23), date(2027, 2, 1), date(2027, 7, 1)
# 1 January 2028 is a Saturday.
HOLIDAYS = {date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1), date(2027, 12, 27), date(2028, 1, 3)}


def said(text: str, today: date, language: str = "en") -> date | None:
    return until(text, language, today, HOLIDAYS.__contains__)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("TILL AFTER XMAS", date(2027, 1, 2)),
        ("not till after christmas please", date(2027, 1, 2)),
        ("after the holidays", date(2027, 1, 2)),
        ("after new year", date(2027, 1, 2)),
        ("until christmas", date(2026, 12, 25)),
        ("til the new year", date(2027, 1, 1)),
        ("until january", date(2027, 1, 1)),
        ("until after january", date(2027, 2, 1)),
        ("until the end of december", date(2027, 1, 1)),
        ("till easter", date(2027, 3, 28)),
        ("until after easter", date(2027, 3, 30)),
        ("until 4 January", date(2027, 1, 4)),
        ("after 4 January", date(2027, 1, 5)),
        ("until friday", date(2026, 11, 27)),
        ("3 weeks", date(2026, 12, 14)),
        ("for six weeks please", date(2027, 1, 4)),
        ("a fortnight", date(2026, 12, 7)),
        ("10 days", date(2026, 12, 3)),
        ("a month", date(2026, 12, 23)),
        ("for the next 3 months", date(2027, 2, 23)),
    ],
)
def test_a_day_that_is_named(text: str, day: date) -> None:
    assert said(text, NOVEMBER) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("po świętach", date(2027, 1, 2)),
        ("PO SWIETACH", date(2027, 1, 2)),
        ("do świąt", date(2026, 12, 25)),
        ("po nowym roku", date(2027, 1, 2)),
        ("do stycznia", date(2027, 1, 1)),
        ("do końca stycznia", date(2027, 2, 1)),
        ("po wielkanocy", date(2027, 3, 30)),
        ("do 4 stycznia", date(2027, 1, 4)),
        ("na trzy tygodnie", date(2026, 12, 14)),
        ("na miesiąc", date(2026, 12, 23)),
    ],
)
def test_a_day_that_is_named_in_polish(text: str, day: date) -> None:
    assert said(text, NOVEMBER, "pl") == day


@pytest.mark.parametrize(
    ("text", "language", "today", "day"),
    [
        ("after the holidays", "en", JULY, None),
        ("after christmas", "en", JULY, date(2028, 1, 4)),
        ("after christmas", "en", FEBRUARY, None),
        ("until january", "en", FEBRUARY, None),
        ("po świętach", "pl", FEBRUARY, date(2027, 3, 30)),
        ("po świętach", "pl", JULY, None),
    ],
)
def test_the_day_of_the_year_tells_which_is_meant(text: str, language: str, today: date, day: date | None) -> None:
    assert said(text, today, language) == day


@pytest.mark.parametrize(
    "text",
    [
        "1",
        "a couple of weeks",
        "2 or 3 weeks",
        "two years",
        "weeks and weeks",
        "until I say",
        "until mid january",
        "text me after 6",
        "christmas",
        "until march or april",
        "yes",
    ],
)
def test_no_single_day_is_named(text: str) -> None:
    assert said(text, NOVEMBER) is None
