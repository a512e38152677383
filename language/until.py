"""Until when somebody wants no texts, where they name a feast, a day or a time: "till after xmas", "for 3 weeks"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import islice

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

from language.courtesies import core
from language.day import days
from language.figures import figure
from language.normal import bare, words
from language.own import own
from language.tables import phrases, word_set
from language.weekday import months

_A_DAY = timedelta(days=1)
_FARTHEST = timedelta(days=300)  # beyond it the day that we say, which has no year, would mislead
_SOON = timedelta(days=100)  # within it "the holidays" are the next ones
_TWELVE = 12
_UNITS = {
    "days": relativedelta(days=1),
    "weeks": relativedelta(weeks=1),
    "fortnights": relativedelta(weeks=2),
    "months": relativedelta(months=1),
}

IsHoliday = Callable[[date], bool]


def until(text: str, language: str, today: date, is_holiday: IsHoliday) -> date | None:
    """The first day on which texts may come again; None where no single one is meant. It is always to be confirmed.

    `is_holiday` tells bank holidays: "after Christmas" is after the last one of the New Year.
    """
    theirs = own(text)
    named = (
        _feast(theirs, language, today, is_holiday) or _day(theirs, language, today) or _time(theirs, language, today)
    )
    return named if named is not None and today < named <= today + _FARTHEST else None


def _feast(text: str, language: str, today: date, is_holiday: IsHoliday) -> date | None:
    labels = {one.label for one in phrases(language, "until.inside").all(words(text))}
    return _NAMED[labels.pop()](today, is_holiday) if len(labels) == 1 else None


def _day(text: str, language: str, today: date) -> date | None:
    """The day, or the month, that follows an "until" or an "after"."""
    said = words(text)
    after = not word_set(language, "until", "after").isdisjoint(said)
    if not after and word_set(language, "until", "until").isdisjoint(said):
        return None
    found = list(islice(days(text, language, today), 2))
    if found:
        clear = len(found) == 1 and found[0].other is None
        return found[0].day + (_A_DAY if after else timedelta()) if clear else None
    ends = after or not word_set(language, "until", "end_of").isdisjoint(said)
    return _month(said, language, today, ends=ends)


def _time(text: str, language: str, today: date) -> date | None:
    """So many weeks from today, where nothing else is said."""
    glue = word_set(language, "until", "for")
    *counted, last = [word for word in core(words(text), language) if word not in glue] or [""]
    unit = next((one for one in _UNITS if last in word_set(language, "until", one)), None)
    if unit is None or len(counted) > 1:
        return None
    number = figure(counted[0], language) if counted else 1
    return today + number * _UNITS[unit] if number else None


def _month(said: tuple[str, ...], language: str, today: date, *, ends: bool) -> date | None:
    """The first of the one month that is named, the next of its kind; of the month after it where it `ends` then."""
    known = {bare(name): number for name, number in months(language).items()}
    numbers = {known[word] for word in said if word in known}
    if len(numbers) != 1 or not word_set(language, "until", "within").isdisjoint(said):
        return None
    number = numbers.pop()
    first = date(today.year, number, 1)
    if ends:
        first = date(today.year + number // _TWELVE, number % _TWELVE + 1, 1)
    return first if first > today else first.replace(year=first.year + 1)


def _christmas(today: date, _is_holiday: IsHoliday) -> date:
    return _next(today, lambda year: date(year, 12, 25))


def _new_year(today: date, _is_holiday: IsHoliday) -> date:
    return date(today.year + 1, 1, 1)


def _after_christmas(today: date, is_holiday: IsHoliday) -> date:
    return _next(today, lambda year: _after_holidays_of(date(year, 1, 1), is_holiday))


def _after_holidays_of(new_year: date, is_holiday: IsHoliday) -> date:
    """The day after the last bank holiday of the New Year, which may be some days into it."""
    return max(day for ahead in range(5) if is_holiday(day := new_year + ahead * _A_DAY) or not ahead) + _A_DAY


def _easter(today: date, _is_holiday: IsHoliday) -> date:
    return _next(today, easter)


def _after_easter(today: date, _is_holiday: IsHoliday) -> date:
    return _next(today, lambda year: easter(year) + 2 * _A_DAY)


def _after_holidays(today: date, is_holiday: IsHoliday) -> date | None:
    """Those of Christmas, where they are near; in summer "the holidays" may be any."""
    return _if_soon(_after_christmas(today, is_holiday), today)


def _feasts(today: date, is_holiday: IsHoliday) -> date | None:
    """Christmas or Easter, whichever is near."""
    return _if_soon(min(_christmas(today, is_holiday), _easter(today, is_holiday)), today)


def _after_feasts(today: date, is_holiday: IsHoliday) -> date | None:
    return _if_soon(min(_after_christmas(today, is_holiday), _after_easter(today, is_holiday)), today)


def _if_soon(found: date, today: date) -> date | None:
    return found if found <= today + _SOON else None


def _next(today: date, of_year: Callable[[int], date]) -> date:
    return next(day for ahead in range(3) if (day := of_year(today.year + ahead)) > today)


_NAMED: dict[str, Callable[[date, IsHoliday], date | None]] = {
    "until_christmas": _christmas,
    "after_christmas": _after_christmas,
    "until_new_year": _new_year,
    "until_easter": _easter,
    "after_easter": _after_easter,
    "after_holidays": _after_holidays,
    "until_feasts": _feasts,
    "after_feasts": _after_feasts,
}
