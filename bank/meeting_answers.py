"""Meeting answers: what people ask about a meeting, answered at once from what is written of it.

Only where it is sure which meeting is meant, and what is asked is written. Everything else is a question for a person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from bank import meeting_facts, meeting_meant
from bank.meeting_meant import How, Theirs
from bank.visit import Visit
from flows import about_meeting
from flows.engine import Saying
from language.about_meeting import About, Thing, asked, mentions
from language.normal import words
from language.wording import Words, own
from storage import meetings, reminders
from storage.meetings import GOES_ON, MeetingState, Way
from storage.reminders import Step
from storage.schema import Record

# So long after a reminder whatever they ask is about that meeting.
_FRESH = timedelta(days=2)
_POINTED = frozenset({How.QUOTED, How.NAMED})
_SHORTEST = 4  # letters of a word by which a lift or a loop is known
KEY = "everywhere.about_meeting"


def about(visit: Visit) -> Record | None:
    """The meeting that the message is surely about: one that it names, the open conversation's, or the only one."""
    return _which(visit, known_to(visit))


def known_to(visit: Visit) -> list[Theirs]:
    """The meetings that they may ask about; one that is cancelled too, where they ask whether it takes place."""
    found = meeting_meant.theirs(visit, canceled=True)
    things = asked(visit.text, visit.language, meeting_meant.names(found, visit.language)).things
    return found if Thing.STILL_ON in things else [one for one in found if one.meeting.state in GOES_ON]


def concerned(visit: Visit) -> Record | None:
    """The same for a question of any kind, which may be about no meeting though one is theirs."""
    known = known_to(visit)
    if asked(visit.text, visit.language, meeting_meant.names(known, visit.language)).things:
        return _which(visit, known)
    is_fresh = meeting_meant.last_said(visit, visit.now - _FRESH) is not None if known else False
    ways = _POINTED | {How.LAST} if is_fresh else _POINTED
    return _of_conversation(visit) or _meant(visit, known, ways)


def _which(visit: Visit, known: list[Theirs]) -> Record | None:
    return _meant(visit, known, _POINTED) or _of_conversation(visit) or _meant(visit, known, frozenset(How))


def _of_conversation(visit: Visit) -> Record | None:
    answers = visit.standing.position.answers if visit.standing is not None else visit.subject
    name = answers.get("meeting")
    return meetings.by_token(visit.tx, str(name)) if name else None


def _meant(visit: Visit, known: list[Theirs], ways: frozenset[How]) -> Record | None:
    meant = meeting_meant.of(visit, known) if known else None
    return meant.one.meeting if meant is not None and meant.one is not None and meant.how in ways else None


def asks_only(visit: Visit) -> bool:
    """Nothing is in the message but what people ask about a meeting."""
    if not mentions(visit.text, visit.language):
        return False
    known = meeting_meant.names(known_to(visit), visit.language)
    what = asked(visit.text, visit.language, known)
    return bool(what.things) and what.alone and not what.other


def answer(visit: Visit) -> Record | None:
    """Say what they ask about a meeting, where it is written. The meeting; None where nothing was said."""
    if not visit.people or not mentions(visit.text, visit.language):
        return None
    known = known_to(visit)
    what = asked(visit.text, visit.language, meeting_meant.names(known, visit.language))
    if not what.things or what.other:
        return None
    meeting = _which(visit, known)
    return meeting if meeting is not None and tell(visit, meeting, what, known) else None


def tell(visit: Visit, meeting: Record, what: About, known: list[Theirs]) -> bool:
    """Say it. False where something of it is not written, or nothing can be said there."""
    told = dict(meeting_facts.facts(meeting, visit.language, visit.organisation))
    bodies = [_body(visit, meeting, thing, what, told, known) for thing in what.things]
    if not what.things or not all(body is not None for body in bodies):
        return False
    text = " ".join([_said(visit, about_meeting.HEAD, told), *(body for body in bodies if body)])
    queued = len(visit.queued)
    visit.say(Saying(KEY, (own(text),)))
    return len(visit.queued) > queued


def _said(visit: Visit, text: Words, told: Mapping[str, str]) -> str:
    return visit.organisation.catalogs.render(text, visit.language, told)


def _body(
    visit: Visit, meeting: Record, thing: Thing, what: About, told: Mapping[str, str], known: list[Theirs]
) -> str | None:
    """What is said of one thing; empty where the first sentence says it, None where it is not written."""
    if thing is Thing.WHEN:
        return ""
    if thing in _OF_THEIRS:
        return _OF_THEIRS[thing](visit, meeting, told, known)
    if thing is Thing.LINK:
        return _online(visit, told)
    if thing is Thing.GUEST:
        return _said(visit, about_meeting.MAY_BRING, told) if meeting.guests else None
    if thing is Thing.FACILITY:
        return told["access"] if _speaks_of(told["access"], what.facility) else None
    return _WRITTEN[thing](told) or None


def _still_on(visit: Visit, meeting: Record, told: Mapping[str, str], known: list[Theirs]) -> str:
    """Whether it takes place, whether something of it has changed since they answered, and where it is."""
    if meeting.state == MeetingState.CANCELED:
        return " ".join(part for part in (_said(visit, about_meeting.IS_OFF, told), told["why"]) if part)
    steps = {row.step for person in visit.people for row in reminders.of(visit.tx, meeting.id, person.id)}
    changed = not steps.isdisjoint({Step.CHANGED, Step.MOVED})
    text = about_meeting.IS_ON_CHANGED if changed else about_meeting.IS_ON
    return " ".join(part for part in (_said(visit, text, told), _where(visit, meeting, told, known)) if part)


def _where(visit: Visit, meeting: Record, told: Mapping[str, str], known: list[Theirs]) -> str | None:
    """The place for who comes there, the link for who joins online; both where we do not know."""
    way = _way_of(visit, meeting, known) if meeting.way == Way.HYBRID else meeting.way
    place = _said(visit, about_meeting.IT_IS_AT, told) if told["where"] else None
    if way == Way.IN_PERSON:
        return place
    online = _online(visit, told)
    return online if way == Way.ONLINE else " ".join(one for one in (place, online) if one) or None


def _way_of(visit: Visit, meeting: Record, known: list[Theirs]) -> str | None:
    who = visit.person.id if visit.person is not None else None
    rows = (one.people.get(who) for one in known if who is not None and one.meeting.id == meeting.id)
    return next((row.way for row in rows if row is not None), None)


def _online(visit: Visit, told: Mapping[str, str]) -> str | None:
    """How to join without coming."""
    ways = (("link", about_meeting.JOIN_HERE), ("dial_in", about_meeting.DIAL_IN))
    return " ".join(_said(visit, text, told) for name, text in ways if told[name]) or None


def _speaks_of(written: str, asked_for: str) -> bool:
    """A word of what they ask for is written there: "hearing loop", and "There is a loop"."""
    there = {word.removesuffix("s") for word in words(written)}
    named = [word.removesuffix("s") for word in words(asked_for) if len(word) >= _SHORTEST]
    return bool(named) and named[-1] in there


_OF_THEIRS: Mapping[Thing, Callable[[Visit, Record, Mapping[str, str], list[Theirs]], str | None]] = {
    Thing.STILL_ON: _still_on,
    Thing.WHERE: _where,
}
_WRITTEN: Mapping[Thing, Callable[[Mapping[str, str]], str]] = {
    Thing.PARKING: lambda told: told["parking"],
    Thing.WHO: lambda told: told["who"],
    Thing.PAID: lambda told: told["paid"],
    Thing.EXPENSES: lambda told: told["expenses"],
    Thing.ACCESS: lambda told: told["access"],
    Thing.AGENDA: lambda told: told["agenda"],
}
