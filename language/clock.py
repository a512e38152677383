"""Times of the day as people write them: 2pm, half 2, 2ish, quarter to three, 14.30, noon, 7 in the evening."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from functools import cache

from language.courtesies import Said
from language.figures import figure
from language.tables import numbers, phrases, word_set

_WRITTEN = re.compile(r"(\d{1,2})(?:[.:](\d\d))?(am|pm|a|p|ish|h)?\Z")
_HUNDREDS = re.compile(r"([01]\d|2[0-3])([0-5]\d)\Z")
_NOON, _HALF_A_DAY, _HOUR = 12, 12, 60
_EARLIEST = 8  # without am or pm, a time from here to noon is in the morning
_LATEST_HOUR = 23
_PARTS = {"half": 30, "half_to": 30, "quarter": 15}  # "half_to": Polish counts towards the hour
_HALVES = frozenset({"half", "half_to"})


@dataclass(frozen=True, slots=True)
class Clock:
    """`half` is "am", "pm" or "" where nobody said. `width` is how many words it took; `bare`: a number alone."""

    hour: int
    minute: int
    half: str = ""
    width: int = 1
    bare: bool = False

    def minutes(self) -> frozenset[int]:
        """The minutes since midnight that it can be."""
        said = self.hour * _HOUR + self.minute
        if self.half == "pm":
            return frozenset({said if self.hour >= _NOON else said + _HALF_A_DAY * _HOUR})
        if self.half == "am" or self.hour > _NOON or self.hour == 0:
            return frozenset({said - _NOON * _HOUR if self.half and self.hour == _NOON else said})
        return frozenset({said % (_HALF_A_DAY * _HOUR), said % (_HALF_A_DAY * _HOUR) + _HALF_A_DAY * _HOUR})

    def likely(self) -> time:
        """The one in the day: "half 2" is 14.30, "9" is in the morning."""
        found = sorted(self.minutes())
        likely = next((one for one in found if one >= _EARLIEST * _HOUR), found[0])
        return time(likely // _HOUR, likely % _HOUR)


def clock_at(said: Said, start: int, language: str) -> Clock | None:
    """The time that begins at this word. A number alone is one too, and `bare`."""
    spoken = phrases(language, "clock").at(said, start)
    if spoken and spoken.label in {"noon", "midnight"}:
        return Clock(
            _NOON if spoken.label == "noon" else 0, 0, "pm" if spoken.label == "noon" else "am", spoken.end - start
        )
    found = _around(said, start, language) or _hour(said, start, language)
    return _with_half(found, said, start, language) if found else None


def _around(said: Said, start: int, language: str) -> Clock | None:
    """Half past two, half 2, quarter to 3, ten past 4; wpół do trzeciej."""
    spoken = phrases(language, "clock").at(said, start)
    minutes = _PARTS.get(spoken.label) if spoken else figure(said[start], language)
    end = spoken.end if spoken else start + 1
    side = phrases(language, "clock").at(said, end)
    if minutes is None or minutes >= _HOUR or (side is None and not (spoken and spoken.label in _HALVES)):
        return None
    if side is not None and side.label not in {"past", "to"}:
        return None
    past = side.label == "past" if side else bool(spoken and spoken.label == "half")
    hour = _hour(said, side.end if side else end, language)
    if hour is None or hour.minute:
        return None
    width = (side.end if side else end) - start + hour.width
    if past:
        return Clock(hour.hour, minutes, hour.half, width)
    return Clock((hour.hour - 1) % 12 or 12, _HOUR - minutes, hour.half, width)


def _hour(said: Said, start: int, language: str) -> Clock | None:
    word = said[start] if start < len(said) else ""
    if hundreds := _HUNDREDS.match(word):
        after = said[start + 1] if start + 1 < len(said) else ""
        known = after in word_set(language, "clock_words", "hundreds")
        return Clock(int(hundreds[1]), int(hundreds[2]), width=1 + known) if known else None
    found = _WRITTEN.match(word)
    if found and int(found[1]) <= _LATEST_HOUR + 1 and int(found[2] or 0) < _HOUR:
        half = {"a": "am", "am": "am", "p": "pm", "pm": "pm"}.get(found[3] or "", "")
        return Clock(int(found[1]) % 24, int(found[2] or 0), half, bare=not (found[2] or found[3]))
    number = hours(language).get(word)
    return Clock(number, 0, bare=True) if number is not None else None


def _with_half(found: Clock, said: Said, start: int, language: str) -> Clock | None:
    """The same with what follows it: o'clock, ish, am, in the evening."""
    end, half, bare = start + found.width, found.half, found.bare
    while end < len(said) and (after := phrases(language, "clock").at(said, end)):
        if after.label not in {"oclock", "am", "pm"}:
            break
        half = half or (after.label if after.label != "oclock" else "")
        bare, end = False, after.end
    return Clock(found.hour, found.minute, half, end - start, bare)


@cache
def hours(language: str) -> dict[str, int]:
    """The words for the hours, 1 to 24."""
    ordinals = word_set(language, "picking_words", "ordinals")
    plain = {
        word: number for word, number in numbers(language).items() if 1 <= number <= _NOON and word not in ordinals
    }
    spoken = (line.partition(" ") for line in word_set(language, "clock_words", "hours"))
    return plain | {word: int(number) for number, _space, words in spoken for word in words.split()}
