"""The rota: by when a person of ours truly reads, and when a text that nobody asked for may go."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache

from govuk_bank_holidays.bank_holidays import BankHolidays

from bank.organisation import Hours, Organisation
from language.dates import moment

# Somebody who writes in the last two hours of a working day is promised the next one.
_LAST_TWO_HOURS = timedelta(hours=2)
_NOON = time(12)
# GOV.UK Service Manual: texts that are not urgent go in working hours, and never late at night.
QUIET_FROM, QUIET_UNTIL = time(19), time(9)


@cache
def _holidays(division: str) -> frozenset[date]:
    known = BankHolidays(use_cached_holidays=True).get_holidays(division=division)
    return frozenset(holiday["date"] for holiday in known)


def is_working_day(day: date, hours: Hours) -> bool:
    return day.weekday() in hours.days and day not in _holidays(hours.division)


def is_holiday(day: date, hours: Hours) -> bool:
    return day in _holidays(hours.division)


def is_open(now: datetime, organisation: Organisation) -> bool:
    """Whether people of ours are at work."""
    here = now.astimezone(organisation.zone)
    hours = organisation.hours
    return is_working_day(here.date(), hours) and hours.opens <= here.time() < hours.closes


def read_by(now: datetime, organisation: Organisation) -> datetime:
    """The time, in the organisation's zone, by which a person will have read what came at `now`."""
    hours = organisation.hours
    here = now.astimezone(organisation.zone)
    closing = datetime.combine(here.date(), hours.closes, organisation.zone)
    if is_working_day(here.date(), hours) and here <= closing - _LAST_TWO_HOURS:
        return closing
    day = here.date() + timedelta(days=1)
    while not is_working_day(day, hours):
        day += timedelta(days=1)
    return datetime.combine(day, _NOON if hours.opens <= _NOON <= hours.closes else hours.closes, organisation.zone)


def working_days_after(day: date, number: int, organisation: Organisation) -> datetime:
    """When we close on the working day that comes so many working days after that day."""
    while number > 0:
        day += timedelta(days=1)
        number -= is_working_day(day, organisation.hours)
    return datetime.combine(day, organisation.hours.closes, organisation.zone)


def answer_by(now: datetime, organisation: Organisation) -> datetime:
    """The time, in the organisation's zone, by which a person will have answered a question asked at `now`."""
    return working_days_after(now.astimezone(organisation.zone).date(), organisation.days_to_answer, organisation)


def after_working(since: datetime, span: timedelta, organisation: Organisation) -> datetime:
    """When so much working time has passed since then."""
    hours, here = organisation.hours, since.astimezone(organisation.zone)
    while True:
        opens = datetime.combine(here.date(), hours.opens, organisation.zone)
        closes = datetime.combine(here.date(), hours.closes, organisation.zone)
        if is_working_day(here.date(), hours) and here < closes:
            begins = max(here, opens)
            if begins + span <= closes:
                return begins + span
            span -= closes - begins
        here = datetime.combine(here.date() + timedelta(days=1), time(), organisation.zone)


def spoken(now: datetime, organisation: Organisation, language: str) -> str:
    """That time in words: "5pm", or "12 noon, Monday 23 November"."""
    return moment(read_by(now, organisation), now.astimezone(organisation.zone), language)


def is_texting_day(day: date, organisation: Organisation) -> bool:
    """Whether a text that nobody asked for may go that day: Monday to Saturday, no bank holiday."""
    return day.weekday() != 6 and day not in _holidays(organisation.hours.division)


def may_text(now: datetime, organisation: Organisation) -> bool:
    """Whether such a text may go at `now`: on those days, 9am to 7pm."""
    here = now.astimezone(organisation.zone)
    return is_texting_day(here.date(), organisation) and QUIET_UNTIL <= here.time() < QUIET_FROM
