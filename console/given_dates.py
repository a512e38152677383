"""Dates as forms give them: a day, a month and a year, each in a field of its own."""

from __future__ import annotations

from datetime import date

from console.forms import Form


def given(form: Form, name: str, otherwise: str) -> date | None:
    """The date of these three fields; `otherwise` is the mistake where they hold none."""
    parts = [form.line(f"{name}-{part}") for part in ("year", "month", "day")]
    try:
        return date(*(int(part) for part in parts))
    except (ValueError, OverflowError):
        form.mistakes[name] = otherwise
        return None
