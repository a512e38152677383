"""Whether a text says when as people do: with the true weekday, with am or pm, and with a date for "next Friday"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time, timedelta
from functools import cache

from language.dates import clock, day
from language.finding import Code, Finding
from language.tag import primary
from language.weekday import Dated, dates, fits, weekdays

_FIGURES = re.compile(
    r"(?<![\d/.-])(?P<day>\d{1,2})(?P<between>[/.-])(?P<month>\d{1,2})"
    r"(?:(?P=between)(?P<year>20\d\d|\d\d)|(?<=/\d)|(?<=/\d\d))(?![\d/-])"
)
# Always, and parts of a whole.
_NO_DATES = frozenset({"24/7", "1/2", "1/3", "2/3", "1/4", "3/4"})
_CLOCK = re.compile(
    r"(?<![\d£€$.:,])(?P<hour>[01]?\d|2[0-4])(?P<point>[:.])(?P<minute>[0-5]\d)(?![\d:]|\.\d)"
    r"(?P<half>\s?(?:(?:-|–|to|until|till|and)\s?\d{1,2}(?:[:.]\d\d)?\s?)?[ap]\.?m\b)?",
    re.IGNORECASE,
)
_HUNDREDS = re.compile(r"\b(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)\s?h(?:ou)?rs\b", re.IGNORECASE)
# Before a time with a stop that could be a number too.
_LEADS_TO_A_TIME = re.compile(r"(?:\b(?:at|from|to|until|till|by|and|between|before|after)|-|–)\s*\Z", re.IGNORECASE)
_NEXT = {
    "en": r"next|this|this coming|coming",
    "pl": r"przyszł\w+|następn\w+|najbliższ\w+|t[ęea]n?",
}


def findings(text: str, language: str, today: date) -> Iterator[Finding]:
    """`today` is the day on which it will be read: it tells the year where none is written."""
    tag = primary(language)
    for one in dates(text, tag):
        yield from _of_date(one, tag, today)
    yield from _figures(text, tag)
    yield from _next(text, tag, today)
    if tag == "en":  # elsewhere a day has 24 hours, and "14.00" is how people say it
        yield from _clocks(text)


def _of_date(one: Dated, tag: str, today: date) -> Iterator[Finding]:
    when = one.meant(today)
    if when is None:
        said = f'There is no "{one.written}". Check the date.'
        yield Finding(Code.WRONG_WEEKDAY, said, (one.written,))
    elif one.weekday is None:
        said = f'"{one.written}": say the weekday too, "{day(when, tag)}".'
        yield Finding(Code.NO_WEEKDAY, said, (one.written,))
    elif not fits(one, when):
        said = f'"{one.written}" does not fit: that date is "{day(when, tag)}". Check which of the two is right.'
        yield Finding(Code.WRONG_WEEKDAY, said, (one.written,))


def _figures(text: str, tag: str) -> Iterator[Finding]:
    for found in _FIGURES.finditer(text):
        number, month, year = int(found["day"]), int(found["month"]), int(found["year"] or 0)
        when = Dated(found[0], number, month).on(_century(year))
        if when is None or found[0] in _NO_DATES:
            continue
        instead = f', "{day(when, tag)}"' if year and weekdays(tag) else ""
        yield Finding(Code.NO_WEEKDAY, f'"{found[0]}": say the weekday and the month in words{instead}.', (found[0],))


def _century(year: int) -> int:
    """2026, of 26; a leap year where none is written, so that no day is missed."""
    return year if year > 99 else 2000 + (year or 24)


def _next(text: str, tag: str, today: date) -> Iterator[Finding]:
    for found in _next_days(tag).finditer(text):
        ahead = (weekdays(tag)[found["weekday"].lower()] - today.weekday()) % 7 or 7
        first, second = (day(today + timedelta(days=ahead + more), tag) for more in (0, 7))
        said = f'"{found[0]}" could be "{first}" or "{second}". Say the date.'
        yield Finding(Code.UNCLEAR_DAY, said, (found[0],))


@cache
def _next_days(language: str) -> re.Pattern[str]:
    """Matches nothing in a language whose words for it are not known."""
    if language not in _NEXT:
        return re.compile(r"(?!)")
    names = "|".join(re.escape(name) for name in sorted(weekdays(language), key=len, reverse=True))
    return re.compile(rf"\b(?:{_NEXT[language]}) (?P<weekday>{names})\b(?! \d)", re.IGNORECASE)


def _clocks(text: str) -> Iterator[Finding]:
    yield from (_unclear(found) for found in _CLOCK.finditer(text) if not found["half"] and _is_time(found))
    yield from (_unclear(found) for found in _HUNDREDS.finditer(text))


def _is_time(found: re.Match[str]) -> bool:
    """With a stop it may be a number: then only the words before it tell."""
    start = found.start()
    return found["point"] == ":" or bool(_LEADS_TO_A_TIME.search(found.string, max(0, start - 10), start))


def _unclear(found: re.Match[str]) -> Finding:
    hour, minute, written = int(found["hour"]) % 24, int(found["minute"]), found[0].strip()
    sure = hour > 12 or hour == 0 or found["hour"].startswith("0")
    hours = (hour,) if sure else (hour % 12, hour % 12 + 12)
    instead = " or ".join(f'"{clock(time(one, minute), "en")}"' for one in hours)
    return Finding(Code.UNCLEAR_TIME, f'"{written}": say {instead}.', (written,))
