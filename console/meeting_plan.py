"""The reminders of one meeting: the fields of its form, and its plan in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bank.reminder_plan import ALL, Plan, Step, as_json
from console.forms import Form
from console.settings_hours import read_time
from language.dates import clock
from language.wording import SOURCE_LANGUAGE
from storage.reminders import Step as Name

USUAL, OWN = "usual", "own"
_MOST_DAYS, _MOST_MINUTES = 60, 1440
_DAYS = f"Enter a whole number of days, up to {_MOST_DAYS}. Leave it empty to send none"
_MINUTES = f"Enter a whole number of minutes, up to {_MOST_MINUTES}. Leave it empty to send none"
# Each of a meeting's reminders, as its fields are called.
NAMES = {
    Name.WEEK: "The first one",
    Name.DAY: "Just before",
    Name.HOURS: "On the day",
    Name.FEEDBACK: "How it was, asked of those who came",
    Name.THANKS: "Thanks, to those who came",
}


def read(form: Form) -> list[dict[str, Any]] | None:
    """The plan that was filled in, as the table has it; None: as the settings have it for its kind."""
    if form.chosen("plan", (USUAL, OWN), "Choose when people are reminded") != OWN:
        return None
    return as_json(step for usual in ALL if (step := _step(form, usual)) is not None)


def _step(form: Form, usual: Step) -> Step | None:
    name = usual.name.value
    if usual.minutes is not None:
        minutes = _number(form, f"{name}-minutes", _MINUTES, _MOST_MINUTES)
        return Step(usual.name, minutes=minutes) if minutes else None
    days = _number(form, f"{name}-days", _DAYS, _MOST_DAYS)
    if not days:
        return None
    at = read_time(form.line(f"{name}-at"))
    if at is None:
        form.mistakes[f"{name}-at"] = "Enter a time, like 10am"
        return None
    return Step(usual.name, days=-days if usual.is_after else days, at=at)


def _number(form: Form, field: str, otherwise: str, most: int) -> int | None:
    given = form.line(field)
    if not given:
        return None
    if given.isascii() and given.isdecimal() and len(given) < 6 and 1 <= int(given) <= most:
        return int(given)
    form.mistakes[field] = otherwise
    return None


def fields(plan: Plan) -> dict[str, str]:
    """What the fields begin with."""
    found = {}
    for step in plan:
        if step.minutes is not None:
            found[f"{step.name}-minutes"] = str(step.minutes)
        elif step.days is not None and step.at is not None:
            found |= {f"{step.name}-days": str(abs(step.days)), f"{step.name}-at": clock(step.at, SOURCE_LANGUAGE)}
    return found


def in_words(plan: Plan) -> Sequence[str]:
    """A line for each: "7 days before, at 10am"."""
    return [_in_words(step) for step in plan]


def _in_words(step: Step) -> str:
    if step.minutes is not None and step.is_after:
        return f"{_counted(step.minutes, 'minute')} after it ends, those who came are asked how it was"
    if step.minutes is not None:
        return f"{_counted(step.minutes, 'minute')} before it starts"
    days = _counted(abs(step.days or 0), "day")
    at = clock(step.at, SOURCE_LANGUAGE) if step.at is not None else ""
    return f"{days} after it, at {at}, thanks to those who came" if step.is_after else f"{days} before, at {at}"


def _counted(number: int, what: str) -> str:
    if what == "minute" and number % 60 == 0:
        number, what = number // 60, "hour"
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
