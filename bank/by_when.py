"""By when: a day that a colleague sets for something to be done."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bank.organisation import Organisation

_FURTHEST = timedelta(days=366)


def why_not_then(until: date | None, now: datetime, organisation: Organisation) -> str | None:
    """What is wrong with a day by which it is to be done; None where nothing is."""
    today = now.astimezone(organisation.zone).date()
    if until is None:
        return "Enter a real date, such as 3 12 2026"
    if until < today or (until == today and closing(until, organisation) <= now):
        return "The date must be in the future"
    return "The date must be within a year" if until - today > _FURTHEST else None


def closing(day: date, organisation: Organisation) -> datetime:
    """When we close on that day."""
    return datetime.combine(day, organisation.hours.closes, organisation.zone)
