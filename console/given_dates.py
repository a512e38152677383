"""Dates as forms give them: a day, a month and a year, each in a field of its own."""

from __future__ import annotations

from datetime import date

from console.forms import Form

# Years that nobody means are slips of the keyboard: 26, 20026.
_FIRST, _LAST = 1900, 2100


def given(form: Form, name: str, otherwise: str) -> date | None:
    """The date of these three fields; `otherwise` is the mistake where they hold none that somebody means."""
    parts = [form.line(f"{name}-{part}") for part in ("year", "month", "day")]
    try:
        day = date(*(int(part) for part in parts))
    except (ValueError, OverflowError):
        day = None
    if day is None or not _FIRST <= day.year <= _LAST:
        form.mistakes[name] = otherwise
        return None
    return day
