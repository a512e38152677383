"""Days as the demo counts them: working days, from the one on which it begins."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bank import rota
from bank.organisation import Organisation

_ELEVEN = time(11)


def before(now: datetime, number: int, organisation: Organisation, at: time = _ELEVEN) -> datetime:
    """So many working days ago, at that time on the wall."""
    day = now.astimezone(organisation.zone).date()
    while number:
        day -= timedelta(days=1)
        number -= rota.is_working_day(day, organisation.hours)
    return datetime.combine(day, at, organisation.zone)
