"""Hours: between which times texts that they did not ask for suit somebody, within everybody's.

They are kept as minutes after midnight here (`people.text_from`, `people.text_until`), and handed on as "17:00-19:00".
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time

from bank import quiet, rota
from language.clock import clock_at
from language.dates import clock
from language.day import pieces
from language.texting import times
from language.wording import SOURCE_LANGUAGE
from storage.schema import Record

_HOUR, _HALF_AN_HOUR = 60, 30


def _minutes(at: time) -> int:
    return at.hour * _HOUR + at.minute


FIRST, LAST = _minutes(rota.QUIET_UNTIL), _minutes(rota.QUIET_FROM)
# What each choice of the flow stands for.
CHOICES: Mapping[str, str] = {
    "any_time": "09:00-19:00",
    "mornings": "09:00-12:00",
    "afternoons": "12:00-17:00",
    "evenings": "17:00-19:00",
}


# The part of the day that each stands for, as people name it.
BY_PART: Mapping[str, str] = {
    "any": "any_time",
    "morning": "mornings",
    "afternoon": "afternoons",
    "evening": "evenings",
}


class NoTime(Exception):
    """What was filled in cannot be kept. `field` is "from" or "until"; the message says what would help."""

    def __init__(self, field: str, says: str) -> None:
        super().__init__(says)
        self.field = field


def kept(person: Record) -> str | None:
    """As they told us; None where they have not."""
    if person.text_from is None and person.text_until is None:
        return None
    own = quiet.Own.of(person.text_from, person.text_until)
    return f"{own.begins:%H:%M}-{own.ends:%H:%M}"


def columns(hours: str | None) -> dict[str, int | None]:
    """The same as the columns of a person."""
    begins, ends = _parted(hours) if hours else (None, None)
    return {
        "text_from": _minutes(begins) if begins is not None else None,
        "text_until": _minutes(ends) if ends is not None else None,
    }


def spoken(hours: str | None, language: str) -> tuple[str, str]:
    """From when until when, in words: "5pm" and "7pm"; everybody's where they told us nothing."""
    begins, ends = _parted(hours) if hours else (rota.QUIET_UNTIL, rota.QUIET_FROM)
    return clock(begins, language), clock(ends, language)


def _parted(hours: str) -> tuple[time, time]:
    begins, _dash, ends = hours.partition("-")
    return time.fromisoformat(begins), time.fromisoformat(ends)


def wished(text: str, language: str, *, asked: bool = False) -> str | None:
    """The hours that a text wishes for. Empty where it does not say surely which; None where it is no such wish."""
    said = times(text, language, asked=asked)
    if said is None:
        return None
    begins = [at for at in said.begins if FIRST <= at < LAST] if said.begins else [FIRST]
    ends = [at for at in said.ends if FIRST < at <= LAST] if said.ends else [LAST]
    if len(begins) != 1 or len(ends) != 1 or begins[0] >= ends[0] or (begins, ends) == ([FIRST], [LAST]):
        return ""
    return "" if any(at % _HALF_AN_HOUR for at in (*begins, *ends)) else _as_kept(begins[0], ends[0])


def _as_kept(begins: int, ends: int) -> str:
    return "-".join(f"{time(*divmod(at, _HOUR)):%H:%M}" for at in (begins, ends))


def read(begins: str, ends: str) -> str | None:
    """The hours that a colleague filled in, in English; None for both empty. Raises NoTime."""
    if not begins and not ends:
        return None
    first, last = _time("from", begins), _time("until", ends)
    if first >= last:
        raise NoTime("until", "Enter a time that is later than the first one")
    return _as_kept(first, last)


def _time(field: str, given: str) -> int:
    """A time within everybody's, in minutes after midnight."""
    said = pieces(given)
    at = clock_at(said, 0, SOURCE_LANGUAGE) if said else None
    if at is None or at.width != len(said):
        raise NoTime(field, "Enter a time, like 9am or 5.30pm" if given else "Enter this time too, or neither")
    found = next((one for one in sorted(at.minutes()) if FIRST <= one <= LAST), None)
    if found is None:
        raise NoTime(field, "Enter a time from 9am to 7pm. We send nobody such texts at other times")
    if found % _HALF_AN_HOUR:
        raise NoTime(field, "Enter a whole hour or a half hour, like 5pm or 5.30pm")
    return found
