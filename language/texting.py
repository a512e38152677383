"""Texting: at what times of the day somebody wants texts, in their own words: "please only text me after 6"."""

from __future__ import annotations

from dataclasses import dataclass

from language.clock import clock_at
from language.courtesies import Said, core
from language.day import pieces
from language.normal import words
from language.own import own
from language.tables import phrases, word_set

_NOON, _EVENING = frozenset({12 * 60}), frozenset({17 * 60})
_NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Times:
    """In minutes after midnight: when texts may begin, and before when they end; several where it may be am or pm.

    Both empty: it is about the times of our texts, and does not say which.
    """

    begins: frozenset[int] = _NONE
    ends: frozenset[int] = _NONE


_PART = {"morning": Times(ends=_NOON), "afternoon": Times(_NOON, _EVENING), "evening": Times(_EVENING)}
_NAMED = frozenset({*_PART, "any"})
_ALL_BUT = {"morning": Times(_NOON), "evening": Times(ends=_EVENING)}


def times(text: str, language: str, *, asked: bool = False) -> Times | None:
    """The times that a text wishes for, where it says nothing else; None where it is no such wish.

    Where times were `asked` for it need not speak of texts: "not before 10".
    """
    theirs = own(text)
    lead = phrases(language, "texting.wish").at(core(words(theirs), language), 0)
    if lead is None and not asked:
        return None
    said = core(pieces(theirs), language)
    lead = lead or phrases(language, "texting.limit").at(said, 0)
    kind, start = (lead.label, lead.end) if lead else ("", 0)
    limit, only = _without_only(said[start:], language)
    if kind == "text" and not only:
        return None  # "text me after 6" may be about this evening
    found = _limit(limit, language, refused=kind == "not")
    bare = not kind and not (found and _clocks(limit, language))
    return None if bare else found


def part(text: str, language: str) -> str | None:
    """The part of the day that a text is and nothing else: "morning", "afternoon", "evening", or "any"."""
    said = pieces(own(text))
    whole = phrases(language, "texting.times").whole
    label = whole(said) or whole(_without_only(core(said, language), language)[0])
    return label if label in _NAMED else None


def _without_only(said: Said, language: str) -> tuple[Said, bool]:
    """The words without an "only" at their end, and whether there was one."""
    marks = word_set(language, "texting", "only")
    return (said[:-1], True) if said and said[-1] in marks else (said, False)


def _limit(said: Said, language: str, *, refused: bool) -> Times | None:
    """What these words say of the time; `refused`: they are about the times that do not suit."""
    found = phrases(language, "texting.times").at(said, 0)
    if found is None:
        return None
    rest = _without_tail(said[found.end :], language)
    if found.label in {*_NAMED, "unclear"}:
        known = _ALL_BUT if refused else _PART
        return None if rest else known.get(found.label, Times())
    if (between := _between(rest, language)) and found.label in {"between", "after"}:
        return Times() if refused else between
    at = _clock(rest, language)
    if at is None or found.label == "between":
        return None
    begins = (found.label == "after") is not refused
    return Times(begins=at) if begins else Times(ends=at)


def _without_tail(said: Said, language: str) -> Said:
    tail = word_set(language, "texting", "tail")
    while said and said[-1] in tail:
        said = said[:-1]
    return said


def _between(said: Said, language: str) -> Times | None:
    """Two times with a word between them: "9 and 5", "10 to 12"."""
    joins = word_set(language, "texting", "and")
    for place, word in enumerate(said):
        begins, ends = _clock(said[:place], language), _clock(said[place + 1 :], language)
        if word in joins and begins and ends:
            return Times(begins, ends)
    return None


def _clock(said: Said, language: str) -> frozenset[int] | None:
    """The time that these words are, and nothing else: what it may be, in minutes after midnight."""
    at = clock_at(said, 0, language) if said else None
    return at.minutes() if at is not None and at.width == len(said) else None


def _clocks(said: Said, language: str) -> bool:
    """A time of the clock is among these words."""
    return any(clock_at(said, place, language) for place in range(len(said)))
