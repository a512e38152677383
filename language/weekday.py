"""Whether the weekday in a text is the one that its date falls on."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from babel.dates import get_day_names, get_month_names


def weekday_fits(text: str, year: int, language: str = "en") -> bool:
    """True when every "Thursday 3 December" in the text is a true date of `year`, in this language's names."""
    return not misfits(text, year, language)


def misfits(text: str, year: int, language: str = "en") -> tuple[str, ...]:
    """Each weekday with a date that does not fall on it in `year`, as it was written."""
    return tuple(found[0] for found in _dated(language).finditer(text) if not _fits(found, year, language))


def _fits(found: re.Match[str], year: int, language: str) -> bool:
    weekday, month = _weekdays(language)[found["weekday"].lower()], _months(language)[found["month"].lower()]
    try:
        return date(year, month, int(found["day"])).weekday() == weekday
    except ValueError:  # 31 November
        return False


@cache
def _weekdays(language: str) -> dict[str, int]:
    """From 0, Monday."""
    named = {name.lower(): number for number, name in get_day_names("wide", locale=language).items()}
    return named | {_on(name): number for name, number in named.items()}


def _on(weekday: str) -> str:
    """The other form that Polish has for "on Wednesday": środa, w środę."""
    return f"{weekday[:-1]}ę" if weekday.endswith("a") else weekday


@cache
def _months(language: str) -> dict[str, int]:
    """From 1, January; as it is named alone, and with a day."""
    forms = (get_month_names("wide", context, language) for context in ("format", "stand-alone"))
    return {name.lower(): number for form in forms for number, name in form.items()}


@cache
def _dated(language: str) -> re.Pattern[str]:
    weekday, month = (
        "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        for names in (_weekdays(language), _months(language))
    )
    return re.compile(
        rf"\b(?P<weekday>{weekday}),? (?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.? (?:of )?(?P<month>{month})\b",
        re.IGNORECASE,
    )
