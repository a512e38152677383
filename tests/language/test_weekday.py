"""A weekday must be the one that its date falls on."""

from __future__ import annotations

from datetime import date

import pytest

from language.weekday import dates, fits


@pytest.mark.parametrize(
    ("text", "year", "language", "wrong"),
    [
        ("Thursday 3 December, 2pm", 2026, "en", ()),
        ("Wednesday 3 December", 2026, "en", ("Wednesday 3 December",)),
        ("Thursday 3 December", 2027, "en", ("Thursday 3 December",)),
        ("on thursday, the 3rd of december", 2026, "en", ()),
        ("on friday the 3rd of december", 2026, "en", ("friday the 3rd of december",)),
        ("Friday 4 December or Saturday 6 December", 2026, "en", ("Saturday 6 December",)),
        ("Monday 31 November", 2026, "en", ("Monday 31 November",)),
        ("Saturday 29 February", 2028, "en", ("Saturday 29 February",)),
        ("Tuesday 29 February", 2028, "en", ()),
        ("3 December, some Thursday", 2026, "en", ()),
        ("Saturday 3 Sunday", 2026, "en", ()),
        ("czwartek 3 grudnia", 2026, "pl", ()),
        ("w środę 2 grudnia", 2026, "pl", ()),
        ("w środę 3 grudnia", 2026, "pl", ("środę 3 grudnia",)),
        ("", 2026, "en", ()),
    ],
)
def test_a_weekday_fits_its_date_or_does_not(text: str, year: int, language: str, wrong: tuple[str, ...]) -> None:
    assert tuple(one.written for one in dates(text, language) if not fits(one, one.on(year))) == wrong


@pytest.mark.parametrize(
    ("today", "text", "year"),
    [
        (date(2026, 11, 22), "3 December", 2026),
        (date(2026, 11, 22), "29 January", 2027),
        (date(2026, 11, 22), "23 September", 2026),
        (date(2026, 11, 22), "22 September", 2027),
        (date(2026, 1, 15), "20 December", 2025),
        (date(2026, 1, 15), "1 November", 2026),
        (date(2026, 11, 22), "3 December 2030", 2030),
    ],
)
def test_a_date_without_a_year_is_to_come_or_not_long_gone(today: date, text: str, year: int) -> None:
    (one,) = dates(text)
    meant = one.meant(today)
    assert meant is not None
    assert meant.year == year


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Thu 3 Dec at 2pm", "en", ["Thu 3 Dec"]),
        ("December 3rd, Thursday", "en", ["December 3rd, Thursday"]),
        ("Thurs. 3 Sept 2026", "en", ["Thurs. 3 Sept 2026"]),
        ("In May 2027, or May 5", "en", ["May 5"]),
        ("at 3 decent halls", "en", []),
        ("czw. 3 grudnia", "pl", ["czw. 3 grudnia"]),
        ("Iau 3 Rhagfyr", "cy", ["Iau 3 Rhagfyr"]),
        ("Thursday 3 December", "xx", []),
    ],
)
def test_dates_are_found_as_they_are_written(text: str, language: str, found: list[str]) -> None:
    assert [one.written for one in dates(text, language)] == found
