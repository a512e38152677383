"""A meeting named: a yes, a no or a not sure that names a meeting is for that one, whichever question is open."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from bank import awaited, meeting_facts, meeting_meant, meeting_names, open_question, rsvp_heard
from bank.meeting_meant import Theirs
from bank.visit import Visit
from flows.question_set import id_of
from language.choice import names
from language.day import days
from language.named import adds_nothing, answers, beside_title
from language.normal import words
from language.own import own
from language.stance import stance
from language.tables import phrases
from language.wording import SOURCE_LANGUAGE

_ANSWERS = frozenset({"yes", "no", "maybe"})


@dataclass(frozen=True, slots=True)
class Named:
    """The meeting, and "yes", "no" or "maybe" to it. `open_now`: "are you coming?" of it is what is open."""

    one: Theirs
    answer: str
    open_now: bool = False


def find(visit: Visit) -> Named | None:
    """The meeting that the message names and answers; None where it surely names none, or is read elsewhere."""
    quotes = visit.incoming is not None and visit.incoming.quoted_id
    if quotes or not answers(visit.text, visit.language) or not _may_be_another(visit):
        return None
    known = meeting_meant.theirs(visit)
    found = [named for one in known if (named := _named(visit, one, known)) is not None]
    if len(found) != 1 or _is_asked(visit, found[0].one):
        return None
    if not _is_open(visit, found[0].one):
        return found[0]
    return replace(found[0], open_now=True) if _asked_now(visit) in rsvp_heard.ASKS else None


def _may_be_another(visit: Visit) -> bool:
    """What is open is about a meeting, or is a question whose answers have no such words."""
    standing = visit.standing
    if standing is None:
        return True
    if id_of(standing.position.flow) is not None:
        return False
    asked = open_question.of(visit)
    return asked.read != "words" and bool(asked.options) and not names(asked.options, own(visit.text), visit.language)


def _asked_now(visit: Visit) -> str:
    """The question that is open; empty where it is being checked, or where none is."""
    position = visit.standing.position if visit.standing is not None else None
    return f"{position.flow}.{position.step}" if position is not None and position.checking is None else ""


def _is_open(visit: Visit, one: Theirs) -> bool:
    standing = visit.standing
    return standing is not None and standing.position.answers.get("meeting") == one.meeting.token


def _is_asked(visit: Visit, one: Theirs) -> bool:
    """Nothing is open, and it waits for an answer: that is `bank.invited`'s."""
    if visit.standing is not None:
        return False
    return any(row.meeting_id == one.meeting.id for asked in awaited.waiting(visit) for row in asked.invitations)


def _named(visit: Visit, one: Theirs, known: Collection[Theirs]) -> Named | None:
    said = _beside_title(visit, one, known)
    titled = said is not None
    if said is None and _is_on_its_day(visit, one, known):
        said = visit.text
    found = stance(own(said), visit.language) if said is not None else None
    if found is None or found.label not in _ANSWERS or not found.sure:
        return None
    if found.label == "maybe" and not titled:
        return None  # by that day they may know
    return Named(one, found.label)


def _beside_title(visit: Visit, one: Theirs, known: Collection[Theirs]) -> str | None:
    others = {word for other in known if other is not one for title in _titles(visit, other) for word in words(title)}
    for title in _titles(visit, one):
        if (said := beside_title(visit.text, title, others, visit.language)) is not None:
            return said
    return None


def _titles(visit: Visit, one: Theirs) -> tuple[str, ...]:
    told = (meeting_facts.said(one.meeting, "title", tag) for tag in (visit.language, SOURCE_LANGUAGE))
    return tuple(dict.fromkeys(told))


def _is_on_its_day(visit: Visit, one: Theirs, known: Collection[Theirs]) -> bool:
    """Beside the answer to "are you coming?" of another they say its day, weekday or time, and nothing more."""
    if _asked_now(visit) not in rsvp_heard.ASKS:
        return False
    here = visit.now.astimezone(visit.organisation.zone)
    said = meeting_names.said(visit.text, visit.language, here)
    mine = meeting_names.of(one.meeting, visit.language)
    others = {name for other in known if other is not one for name in meeting_names.of(other.meeting, visit.language)}
    left = _beside_the_day(visit.text, visit.language, here.date())
    fits = bool(said & (mine - others)) and said.isdisjoint(others - mine)
    return fits and _is_the_date(said, mine, visit.text) and adds_nothing(left, visit.language)


def _is_the_date(said: Collection[str], mine: Collection[str], text: str) -> bool:
    """The date that stands in it, if one does, is that of the meeting; a weekday may be that of a later week."""
    dated = {name for name in said if name.startswith("day:")} if any(map(str.isdigit, text)) else set()
    return dated <= set(mine)


def _beside_the_day(text: str, language: str, today: date) -> tuple[str, ...]:
    """The words that tell nothing of a day or a time."""
    found = next(days(text, language, today), None)
    said = tuple(word for piece in found.left for word in words(piece)) if found is not None else words(text)
    weekdays = phrases(language, "moment_weekday").all(said)
    cut = {place for one in weekdays for place in range(one.start, one.end)}
    return tuple(word for place, word in enumerate(said) if place not in cut and not word[0].isdigit())
