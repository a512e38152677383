"""What is odd about a meeting's day, in plain words: an hour that is missing or comes twice, and bank holidays."""

from __future__ import annotations

from datetime import date, time

from bank import rota
from bank.clock_change import Odd, Oddity, oddity
from bank.organisation import Organisation
from language.dates import clock, day
from language.wording import SOURCE_LANGUAGE

_SAYS = {
    Odd.MISSING: "The clocks go forward on {day}, and no clock shows {written} then. People are told {starts}. "
    "Choose another time, if that is not meant",
    Odd.TWICE: "The clocks go back on {day}, and {written} comes twice. We mean the first. "
    "Choose another time, so that nobody comes an hour late",
    Odd.DURING: "The clocks are changed while it goes on. It ends at {ends} on the clock",
}


def notes(on_day: str, at_time: str, minutes: int, organisation: Organisation) -> list[str]:
    """A sentence each. `on_day` is "2026-12-03", `at_time` "14:00"."""
    when, begins = date.fromisoformat(on_day), time.fromisoformat(at_time)
    odd = oddity(when, begins, organisation.zone, minutes)
    found = [_odd(odd, when, begins)] if odd is not None else []
    if rota.is_holiday(when, organisation.hours):
        found.append(f"{day(when, SOURCE_LANGUAGE)} is a bank holiday")
    return found


def _odd(odd: Oddity, when: date, written: time) -> str:
    said = {name: clock(at, SOURCE_LANGUAGE) for name, at in (("starts", odd.starts), ("ends", odd.ends))}
    return _SAYS[odd.what].format(day=day(when, SOURCE_LANGUAGE), written=clock(written, SOURCE_LANGUAGE), **said)
