"""The day that a text speaks of: 12/6, the 3rd, Tuesday 3 December, nxt tues, a week on Monday, tomoz."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from language.figures import figure
from language.normal import bare, folded
from language.phrases import Found
from language.tables import ENGLISH, known, phrases
from language.weekday import Dated, dates

_ISO = re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)\b")
_WRITTEN = re.compile(r"(?<![\d/.:-])(\d{1,2})(?:/|-|(\.))(\d{1,2})(?:[/.-]((?:20)?\d\d))?(?![\d/:]|[ap]m)")
_TIME_BEFORE = re.compile(r"\b(?:o|po|od|przed|do|at|after|before|from)\s*\Z")
_NTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)\Z")
_PIECE = re.compile(r"\d{1,2}[.:]\d\d(?!\d)|[^\W_]+")
_WEEK, _FORTNIGHT = 7, 14
_CENTURY = 2000


@dataclass(frozen=True, slots=True)
class Day:
    """`other` is a second day that it may be. `left`: the words that told nothing of the day."""

    day: date
    said: str
    other: date | None = None
    left: tuple[str, ...] = ()


def pieces(text: str) -> tuple[str, ...]:
    """The words of a text, "9.30" as one of them."""
    return tuple(_PIECE.findall(bare(folded(text))))


def days(text: str, language: str, today: date) -> Iterator[Day]:
    """The day or days that a text names, none of them past."""
    matching = folded(text)
    written = chain(_numeric(matching, language, today), _named(matching, language, today))
    first = next(written, None)
    if first is None:
        yield from _relative(pieces(text), language, today)
        return
    yield first
    yield from written


def _numeric(matching: str, language: str, today: date) -> Iterator[Day]:
    """2026-12-03, and 3/12: the day first, as in the United Kingdom and Poland."""
    if iso := _ISO.search(matching):
        found = _true(int(iso[1]), int(iso[2]), int(iso[3]))
        if found:
            yield Day(found, iso[0], left=_without(matching, iso[0]))
        return
    for one in _WRITTEN.finditer(matching):
        dotted = one[2] and not one[4]  # "3.12" is a time in English, and after "at" in Polish
        if dotted and (known(language) == ENGLISH or _TIME_BEFORE.search(matching[: one.start()])):
            continue
        year = int(one[4]) % _CENTURY + _CENTURY if one[4] else None
        found = _coming(int(one[1]), int(one[3]), today, year)
        if found:
            yield Day(found, one[0], left=_without(matching, one[0]))


def _named(matching: str, language: str, today: date) -> Iterator[Day]:
    """3 December, Tuesday 3 December: a weekday that does not fit gives a second day."""
    for one in dates(matching, language):
        found = _coming(one.day, one.month, today, one.year)
        if found:
            yield Day(found, one.written, _misfit(one, found, today), _without(matching, one.written))


def _misfit(one: Dated, found: date, today: date) -> date | None:
    """The nearest day to the date on the weekday that was written, where it is another."""
    if one.weekday in {None, found.weekday()} or one.weekday is None:
        return None
    ahead = found + timedelta(days=(one.weekday - found.weekday()) % _WEEK)
    behind = ahead - timedelta(days=_WEEK)
    return behind if found - behind < ahead - found and behind >= today else ahead


def _coming(day: int, month: int, today: date, year: int | None = None) -> date | None:
    """The date in its year, or the next one that is not past; 29 February may be years away."""
    if year is not None:
        return _true(year, month, day)
    found = (_true(today.year + ahead, month, day) for ahead in range(9))
    return next((one for one in found if one and one >= today), None)


def _true(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # 31 November
        return None


def _relative(said: tuple[str, ...], language: str, today: date) -> Iterator[Day]:
    """Today, tomoz, in 2 weeks, the 3rd, Tuesday, next Tuesday, Tuesday week, Tuesday the 3rd."""
    start = 0
    while start < len(said):
        spoken = phrases(language, "moment").at(said, start)
        found = _by_sign(said, start, spoken, language, today) or _by_number(said, start, language, today)
        if found:
            day, other, end = found
            yield Day(day, " ".join(said[start:end]), other, said[:start] + said[end:])
        start = found[2] if found else start + 1


_Told = tuple[date, date | None, int]  # the day, another, and where the words end


def _by_sign(said: tuple[str, ...], start: int, spoken: Found | None, language: str, today: date) -> _Told | None:
    label, end = (spoken.label, spoken.end) if spoken else ("", start)
    near = {"today": 0, "tonight": 0, "tomorrow": 1, "after_tomorrow": 2, "fortnight": _FORTNIGHT}
    if label in near:
        return today + timedelta(days=near[label]), None, end
    if label and label not in {"next", "this", "week_on"}:
        return None
    weekday = phrases(language, "moment_weekday").at(said, end)
    if weekday is None:
        return None
    ahead = (int(weekday.label) - today.weekday()) % _WEEK
    after = phrases(language, "moment").at(said, weekday.end)
    if label == "week_on" or (after and after.label == "in_weeks"):
        end = after.end if after and label != "week_on" else weekday.end
        return today + timedelta(days=(ahead or _WEEK) + _WEEK), None, end
    return _on(said, weekday, label, ahead, today)


def _on(said: tuple[str, ...], weekday: Found, label: str, ahead: int, today: date) -> _Told:
    """A weekday, with the day of the month after it where it is there. "Next" may be this week's or the one after."""
    place = weekday.end + (said[weekday.end : weekday.end + 1] == ("the",))
    nth = _NTH.match(said[place]) if place < len(said) else None
    soonest = today + timedelta(days=ahead or _WEEK)
    if nth and (dated := _on_nth(int(nth[1]), today)):
        return dated, None if dated.weekday() == int(weekday.label) else soonest, place + 1
    if label == "next":
        later = today + timedelta(days=_WEEK - today.weekday() + int(weekday.label))
        return later, soonest if soonest != later else None, weekday.end
    return soonest, today if not ahead else None, weekday.end


def _by_number(said: tuple[str, ...], start: int, language: str, today: date) -> _Told | None:
    """The 3rd; in 3 days, in 2 weeks."""
    if nth := _NTH.match(said[start]):
        found = _on_nth(int(nth[1]), today)
        return (found, None, start + 1) if found else None
    number = 1 if said[start] == "a" else figure(said[start], language)
    unit = phrases(language, "moment").at(said, start + 1)
    leads = start and said[start - 1] in {"in", "za"}
    if number is None or unit is None or not leads or unit.label not in {"in_days", "in_weeks"}:
        return None
    return today + timedelta(days=number * (_WEEK if unit.label == "in_weeks" else 1)), None, unit.end


def _on_nth(day: int, today: date) -> date | None:
    """The next day with this number, today among them."""
    months = ((today.year + (today.month - 1 + ahead) // 12, (today.month - 1 + ahead) % 12 + 1) for ahead in range(3))
    found = (_true(year, month, day) for year, month in months)
    return next((one for one in found if one and one >= today), None)


def _without(matching: str, written: str) -> tuple[str, ...]:
    return pieces(matching.replace(written.lower(), " ", 1))
