"""Numbers that people may need in danger: they are right only as long as somebody looks."""

from __future__ import annotations

from datetime import datetime, timedelta

from bank.organisation import Organisation

GOOD_FOR = timedelta(days=90)  # a rule of ours
TOLD = ("emergency", "child_helpline", "care_line", "out_of_hours", "crisis_numbers")


def days_unchecked(organisation: Organisation, now: datetime) -> int | None:
    """For how many days nobody has looked, where that is too long; None where it is not."""
    if organisation.numbers_checked is None:
        return None
    since = now.astimezone(organisation.zone).date() - organisation.numbers_checked
    return since.days if since > GOOD_FOR else None
