"""The dates in a text, and whether the weekday beside one is the one that it falls on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import get_day_names, get_month_names

from language.tag import primary

# How long ago a day may be that a text without a year speaks of.
LOOKS_BACK = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as it was `written`. `weekday` counts from 0, Monday; `year` is None where none is written."""

    written: str
    day: int
    month: int
    weekday: int | None = None
    year: int | None = None

    def on(self, year: int) -> date | None:
        """The date in its own year, else in that one; None where there is no such day."""
        try:
            return date(self.year or year, self.month, self.day)
        except ValueError:  # 31 November
            return None

    def meant(self, today: date) -> date | None:
        """Which day is meant on `today` where no year is written: the next, or one of the last 60 days."""
        if self.year:
            return self.on(self.year)
        first = today - LOOKS_BACK
        year = first.year if (first.month, first.day) <= (self.month, self.day) else first.year + 1
        return self.on(year)


def fits(one: Dated, when: date | None) -> bool:
    """Whether the weekday that is written is that of the day. A date without a weekday fits any true day."""
    return when is not None and one.weekday in {None, when.weekday()}


def dates(text: str, language: str = "en") -> Iterator[Dated]:
    """Each day and month in the text, with the weekday and the year that are written with it."""
    if not weekdays(language):
        return
    for found in _dated(language).finditer(text):
        weekday, year = found["weekday"] or found["after"], found["year"]
        month = found["month"] or found["first"]
        yield Dated(
            found[0].strip(),
            int(found["day"] or found["second"]),
            months(language)[month.lower().rstrip(".")],
            weekdays(language)[weekday.lower()] if weekday else None,
            int(year) if year else None,
        )


@cache
def weekdays(language: str) -> dict[str, int]:
    """The weekdays by name, in small letters, from 0, Monday. Empty for a language whose names are not known."""
    if not (tag := _locale(language)):
        return {}
    widths: tuple[Literal["wide", "abbreviated"], ...] = ("wide", "abbreviated")
    named = {
        name.lower().rstrip("."): day for width in widths for day, name in get_day_names(width, "format", tag).items()
    }
    shorter = {"tues": 1, "thur": 3, "thurs": 3} if tag == "en" else {}
    return named | {_on(name): day for name, day in named.items()} | shorter


def _on(weekday: str) -> str:
    """The other form that Polish has for "on Wednesday": środa, w środę."""
    return f"{weekday[:-1]}ę" if weekday.endswith("a") else weekday


@cache
def months(language: str) -> dict[str, int]:
    """Each month by its names, alone, with a day, and short: from 1, January."""
    tag = _locale(language) or "en"
    widths: tuple[Literal["wide", "abbreviated"], ...] = ("wide", "abbreviated")
    forms = (get_month_names(width, context, tag) for width in widths for context in ("format", "stand-alone"))
    return {name.lower().rstrip("."): number for form in forms for number, name in form.items()} | (
        {"sept": 9} if tag == "en" else {}
    )


@cache
def _locale(language: str) -> str:
    """The language alone ("en" of "en-GB"), empty where Unicode's tables do not have it."""
    try:
        return str(Locale.parse(primary(language)))
    except (UnknownLocaleError, ValueError):
        return ""


@cache
def _dated(language: str) -> re.Pattern[str]:
    weekday, month = (
        "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        for names in (weekdays(language), months(language))
    )
    return re.compile(
        rf"\b(?:(?P<weekday>{weekday})\b\.?,? (?:the )?)?"
        rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.? (?:of )?(?P<month>{month})\b"
        rf"|(?P<first>{month})\.? (?P<second>\d{{1,2}})(?:st|nd|rd|th)?\b(?![.:]\d|[ap]m\b))"
        rf"(?:,? (?P<year>20\d\d)\b)?(?:,? \(?(?P<after>{weekday})\b)?",
        re.IGNORECASE,
    )
