"""What people ask about a meeting: where it is, when, the link, what is paid. Only where nothing else can be meant.

A clause asks where each of its words belongs to such a question, to a day, or to what may stand around it. "Where is
my form?" holds a word that does not: so it is none of these, and a person answers it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from language.courtesies import Said, core
from language.normal import clauses, plain
from language.own import own
from language.phrases import Found
from language.tables import phrases, word_set


class Thing(StrEnum):
    """What is asked."""

    WHERE = "where"
    WHEN = "when"  # and until when
    STILL_ON = "still_on"  # whether it takes place, as we said
    LINK = "link"
    PARKING = "parking"
    WHO = "who"  # comes
    PAID = "paid"
    EXPENSES = "expenses"
    ACCESS = "access"  # steps, wheelchairs
    FACILITY = "facility"  # a lift, a loop, a toilet: by its own word
    AGENDA = "agenda"  # what it is about, and what to bring
    GUEST = "guest"  # whether somebody may come along


@dataclass(frozen=True, slots=True)
class About:
    """What a message asks about a meeting, in its order.

    `facility` is the word for what they ask of the place. `alone`: nothing but the question was said, and courtesies.
    `other`: it asks something that is none of these too.
    """

    things: tuple[Thing, ...] = ()
    facility: str = ""
    alone: bool = True
    other: bool = False


_OTHER = "other"
_ORDINAL = re.compile(r"\d{1,4}(?:st|nd|rd|th|am|pm)?\Z")
_NEAR = 2  # words between "where" and what is looked for
_NOT_A_PLACE = frozenset({Thing.LINK, Thing.PARKING, Thing.FACILITY})


def asked(text: str, language: str, names: Collection[str] = ()) -> About:
    """What is asked; `names` are words by which a meeting is known ("carers", "space")."""
    theirs = own(text)
    marked = "?" in plain(theirs)
    found = _Found()
    for part in clauses(theirs):
        _hear(part, language, frozenset(names), found, marked=marked)
    return About(tuple(dict.fromkeys(found.things)), found.facility, found.alone, found.other)


def mentions(text: str, language: str) -> bool:
    """A word of such a question is in it: whether it asks one is looked at closely then."""
    tables = [phrases(language, f"about_meeting.{name}") for name in ("asks", "names")]
    return any(True for part in clauses(own(text)) for table in tables for _one in table.all(part))


@dataclass(slots=True)
class _Found:
    things: list[Thing] = field(default_factory=list)
    facility: str = ""
    alone: bool = True
    other: bool = False


def _hear(part: Said, language: str, names: frozenset[str], found: _Found, *, marked: bool) -> None:
    centre = _after_answer(part, language, found)
    if not centre:
        return
    walked = list(_walk(centre, language, names))
    if any(one is None or one.label == _OTHER for one in walked):
        found.alone = False
        found.other |= _asks(centre, language) or any(one is not None and one.label == _OTHER for one in walked)
        return
    asks = [one for one in walked if one is not None and one.label]
    named = marked or not word_set(language, "about_meeting", "asking").isdisjoint(centre)
    if not asks or not (named or any(_by_itself(centre, one, language) for one in asks)):
        found.alone = False
        return
    found.things += (Thing(one.label) for one in asks if not _is_of_another(one, asks))
    found.facility = next((" ".join(centre[one.start : one.end]) for one in asks if one.label == Thing.FACILITY), "")


def _is_of_another(one: Found, asks: list[Found]) -> bool:
    """The "where" of "where is the link", which asks for the link."""
    if one.label != Thing.WHERE or one.end - one.start > 1:
        return False
    others = (other for other in asks if other.label in _NOT_A_PLACE)
    return any(-_NEAR <= other.start - one.end <= _NEAR for other in others)


def _after_answer(part: Said, language: str, found: _Found) -> Said:
    """The clause without the yes or no that it begins with."""
    said = part
    while said:
        question = phrases(language, "about_meeting.asks").at(said, 0)
        answer = phrases(language, "signs").at(said, 0)
        if answer is None or (question is not None and question.end >= answer.end):
            shorter = core(said, language) if question is None else said
            if shorter == said:
                break
            said = shorter
        else:
            found.alone &= answer.label == "ack"
            said = said[answer.end :]
    return said


def _walk(said: Said, language: str, names: frozenset[str]) -> Iterator[Found | None]:
    """Each question, a `Found` without a label for what may stand around it; None for a word that is neither."""
    start = 0
    while start < len(said):
        found = _question(said, start, language) or _around(said, start, language, names)
        yield found
        start = found.end if found else start + 1


def _question(said: Said, start: int, language: str) -> Found | None:
    itself = phrases(language, "about_meeting.asks").at(said, start)
    name = phrases(language, "about_meeting.names").at(said, start)
    return name if name and (itself is None or name.end > itself.end) else itself


def _around(said: Said, start: int, language: str, names: frozenset[str]) -> Found | None:
    day = phrases(language, "moment").at(said, start) or phrases(language, "moment_weekday").at(said, start)
    if day is not None and day.label != "vague":
        return Found(start, day.end, "")
    word = said[start]
    is_glue = word in names or word in word_set(language, "about_meeting", "glue") or _ORDINAL.match(word)
    return Found(start, start + 1, "") if is_glue else None


def _by_itself(said: Said, one: Found, language: str) -> bool:
    found = phrases(language, "about_meeting.asks").at(said, one.start)
    return found is not None and found.label == one.label


def _asks(said: Said, language: str) -> bool:
    """The clause begins as questions do."""
    return bool(said) and said[0] in word_set(language, "reply", "question")
