"""By which words a meeting is known beside others: those of its title, its day, its weekday, its time."""

from __future__ import annotations

from datetime import date, datetime, time

from bank import wall_time
from bank.meeting_facts import said as written
from language.day import days
from language.moment import moment
from language.named import known_by
from language.normal import words
from language.tables import phrases
from storage.schema import Record


def of(meeting: Record, language: str) -> set[str]:
    """Its names: words of its title, and its day and time as `said` writes them."""
    begins = wall_time.here(meeting)
    title = known_by(written(meeting, "title", language))
    return {*title, _day(begins.date()), _weekday(begins.weekday()), _time(begins.time())}


def said(text: str, language: str, now: datetime) -> set[str]:
    """The days, weekdays and times that a text names, written so that no word of a person's is like them.

    `now` is where the meetings are.
    """
    found = {_day(day) for one in days(text, language, now.date()) for day in (one.day, one.other) if day is not None}
    found |= {_weekday(int(one.label)) for one in phrases(language, "moment_weekday").all(words(text))}
    told = moment(text, language, now)
    return found | ({_time(told.time)} if told is not None and told.time is not None else set())


def names_another_day(meeting: Record, text: str, language: str, now: datetime) -> bool:
    """It names a day or a weekday, and not that of this meeting."""
    named = {one for one in said(text, language, now) if not one.startswith("time:")}
    return bool(named) and named.isdisjoint(of(meeting, language))


def _day(on: date) -> str:
    return f"day:{on.isoformat()}"


def _weekday(number: int) -> str:
    return f"weekday:{number}"


def _time(at: time) -> str:
    return f"time:{at:%H:%M}"
