"""A weekday must be the one that its date falls on."""

from __future__ import annotations

import pytest

from language.weekday import misfits, weekday_fits


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
def test_misfits(text: str, year: int, language: str, wrong: tuple[str, ...]) -> None:
    assert misfits(text, year, language) == wrong
    assert weekday_fits(text, year, language) is not bool(wrong)
