"""Days and times as people say them: the weekday, the date, am or pm."""

from __future__ import annotations

from datetime import date, datetime, time

from babel.dates import format_date, format_time

# How a clock time is written, by language; babel's own patterns say "5:00 pm".
_CLOCKS = {"pl": "H.mm"}


def day(when: date, language: str) -> str:
    """Say a day, as "Thursday 3 December"."""
    return format_date(when, "EEEE d MMMM", locale=language)


def dated(when: date, language: str) -> str:
    """Say a day of any year, as "Thursday 3 December 2026"."""
    return format_date(when, "EEEE d MMMM y", locale=language)


def month(when: date, language: str) -> str:
    """Say the month that a day is in, as "December 2026"."""
    return format_date(when, "LLLL y", locale=language)


def clock(when: time, language: str) -> str:
    """Say a time, as "2pm", "2.30pm", "12 noon" in English; "14.00" where the day has 24 hours."""
    if language in _CLOCKS:
        return format_time(when, _CLOCKS[language], locale=language)
    if (when.hour, when.minute) == (12, 0):
        return "12 noon"
    hour = when.hour % 12 or 12
    minutes = f".{when.minute:02}" if when.minute else ""
    return f"{hour}{minutes}{'am' if when.hour < 12 else 'pm'}"


def moment(when: datetime, now: datetime, language: str) -> str:
    """Say when, as "5pm" on the same day, else as "12 noon, Monday 23 November". Both in the same zone."""
    if when.date() == now.date():
        return clock(when.time(), language)
    return f"{clock(when.time(), language)}, {day(when.date(), language)}"
