"""The moment that a person writes: "nxt tues half 2", "12/6 at 10", "tomoz after 4". It is always to be confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice

from language.clock import Clock, clock_at
from language.day import Day, days, pieces
from language.normal import safe
from language.tables import phrases

_ENOUGH = 4  # days: where they differ, no single one was meant
_LONGEST = 100  # characters kept of what is too vague


@dataclass(frozen=True, slots=True)
class Moment:
    """`day` or `time` is None where it was not said; `other` is a second day that it may be.

    `after` and `before` say that the time begins or ends what suits them. `part` is "morning", "evening"... where no
    clock time was given. `vague` is the text itself, where no single moment can be told; then all else is empty.
    `because` is the words it came from. `sure` is always False.
    """

    day: date | None = None
    time: time | None = None
    other: date | None = None
    after: bool = False
    before: bool = False
    part: str = ""
    vague: str = ""
    because: str = ""
    sure: bool = False


def moment(text: str, language: str, now: datetime) -> Moment | None:
    """The moment in a text, `now` in the person's own zone; None where nothing is said of a time."""
    found = list(islice(days(text, language, now.date()), _ENOUGH))
    left = found[0].left if found else pieces(text)
    timed = _timed(left, language, after_day=bool(found))
    spoken = {one.label for one in phrases(language, "moment").all(left)}
    several = len({one.day for one in found}) > 1
    if several or "vague" in spoken:
        return Moment(vague=safe(text).strip()[:_LONGEST], because=" ".join(pieces(text)))
    if not found and timed is None:
        return None
    return _moment(found[0] if found else None, timed, left, language)


@dataclass(frozen=True, slots=True)
class _Timed:
    clock: Clock
    said: str
    side: str  # "after", "before" or ""


def _timed(left: tuple[str, ...], language: str, *, after_day: bool) -> _Timed | None:
    """The first clock time: a number alone is one after "at" or a day, or where nothing else was said."""
    leads = {one.end: one for one in phrases(language, "moment").all(left)}
    for start in range(len(left)):
        clock = clock_at(left, start, language)
        if clock is None:
            continue
        before = leads.get(start)
        lead = before.label if before else ""
        if not clock.bare or lead in {"at", "after", "before"} or after_day or len(left) == clock.width:
            side = lead if lead in {"after", "before"} else ""
            begins = before.start if side and before else start
            return _Timed(clock, " ".join(left[begins : start + clock.width]), side)
    return None


def _moment(day: Day | None, timed: _Timed | None, left: tuple[str, ...], language: str) -> Moment:
    at = timed.clock.likely() if timed else None
    if timed and day and "tonight" in {one.label for one in phrases(language, "moment").all(pieces(day.said))}:
        at = max(_times(timed.clock))
    part = (
        ""
        if timed
        else next(
            (
                " ".join(left[one.start : one.end])
                for one in phrases(language, "moment").all(left)
                if one.label == "part"
            ),
            "",
        )
    )
    said = ", ".join(words for words in (day.said if day else "", timed.said if timed else part) if words)
    on = day.day if day else None  # a time alone: whether today is meant is for the question to know
    side = timed.side if timed else ""
    return Moment(on, at, day.other if day else None, side == "after", side == "before", part, because=said)


def _times(clock: Clock) -> list[time]:
    return [time(minutes // 60, minutes % 60) for minutes in clock.minutes()]
