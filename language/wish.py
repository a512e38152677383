"""The wish to join, where it stands in one sentence of several: "I saw your poster. I'd like to join"."""

from __future__ import annotations

from language.courtesies import Said, core
from language.kinds import asks_beside
from language.normal import LIMIT, clauses
from language.own import own
from language.tables import phrases, word_set

_JOIN, _NAMED = "join", "named"


def wishes_to_join(text: str, language: str) -> bool:
    """They clearly wish to join, and nothing beside it takes that back, asks something or is about one meeting.

    A question beside it is not to be lost: then a person reads all of it.
    """
    theirs = own(text)
    said = clauses(theirs)
    parts = tuple(part for clause in said for part in _by_name(clause, language))
    if len(parts) > len(said) and "?" in theirs:  # what runs on after the name may ask
        return False
    place = next((place for place, part in enumerate(parts) if _is_wish(part, language)), None)
    if place is None or len(theirs) > LIMIT:
        return False
    others = (*parts[:place], *parts[place + 1 :])
    return not (
        any(_takes_back(part, language) for part in parts[place + 1 :])
        or any(_is_of_one_meeting(part, language) or asks_beside(" ".join(part), language) for part in others)
    )


def _by_name(clause: Said, language: str) -> tuple[Said, ...]:
    """The clause, in two before "my name is ...": who dictates a text puts no stop there."""
    found = (one.start for one in phrases(language, "everywhere.joining").all(clause) if one.label == _NAMED)
    start = next(found, 0)
    return (clause[:start], clause[start:]) if start else (clause,)


def _is_wish(part: Said, language: str) -> bool:
    """The clause ends with the wish, which begins it or follows an "and"."""
    said, table = core(part, language), phrases(language, "everywhere.joining")
    leads = word_set(language, "everywhere", "leads_to_joining")
    starts = (place for place in range(len(said)) if not place or said[place - 1] in leads)
    return any(table.whole(said[start:]) == _JOIN and not _takes_back(said[:start], language) for start in starts)


def _takes_back(part: Said, language: str) -> bool:
    return not word_set(language, "everywhere", "not_joining").isdisjoint(part)


def _is_of_one_meeting(part: Said, language: str) -> bool:
    """It names a day or "the meeting": then it may be that one that they wish to come to."""
    if not word_set(language, "everywhere", "one_meeting").isdisjoint(part):
        return True
    return any(True for _day in phrases(language, "moment_weekday").all(part))
