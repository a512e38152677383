"""RSVPs by text: what each answer of a conversation about a meeting changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bank import arrangement_talk, arrangements, desk, meeting_facts, rsvp_facts, rsvp_heard, rsvp_open, rsvps
from bank.invitations import By
from bank.rsvp_heard import BESIDE, meeting_of
from bank.rsvps import Stood
from bank.visit import Visit
from flows.rsvp_places import RSVP_AGAIN
from language.coming import coming, told_besides
from language.named import without_names
from storage import rsvps as kept
from storage.arrangements import ArrangementKind
from storage.invitations import Answer
from storage.meetings import Way
from storage.people import PersonState
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.tasks import TaskKind

_COMES = frozenset({RsvpState.COMING, RsvpState.WAITING})
# What is looked for in a sentence has a row of its own, or is asked about in its own words.
_TOLD_OTHERWISE = frozenset({ArrangementKind.OTHER, ArrangementKind.ASSISTANT})


def learn_coming(visit: Visit, value: str) -> None:
    """Yes, no or maybe, to the meeting that the open conversation is about, with what was said beside it."""
    meeting = meeting_of(visit)
    if meeting is None or visit.person is None or visit.person.state != PersonState.MEMBER:
        return
    if not rsvp_facts.is_open(meeting, visit.now):
        _know(visit, stands="closed")
        return
    said = _beside(visit)
    stood = rsvps.answer(
        visit.tx,
        meeting,
        visit.person,
        Answer(value),
        visit.now,
        visit.organisation,
        _by(visit),
        **_details(visit, meeting, said),
    )
    rsvp_open.end(visit.tx, meeting, visit.person.id, but=visit.standing.id if visit.standing is not None else None)
    _know(visit, stands=stood.state.value, left_out=stood.left_out)
    if stood.state in _COMES:
        _carry_on(visit, meeting, stood)
        _arrange_what_they_said(visit, meeting, said)
    elif value == Answer.MAYBE and said.get("know_on") and not _asked_again(visit):
        rsvps.ask_again_at(visit.tx, stood.rsvp, rsvp_facts.asked_on(meeting, said["know_on"], visit.now))


def _asked_again(visit: Visit) -> bool:
    """It is their answer as we ask for the last time: they are told that we do not ask again."""
    return visit.standing is not None and visit.standing.position.flow == RSVP_AGAIN.name


def _details(visit: Visit, meeting: Record, said: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept with a yes: only what they said; all else stays as it was."""
    names = ("guests", "late", "early", *(("way",) if meeting.way == Way.HYBRID else ()))
    found = {name: said[name] for name in names if said.get(name)}
    if said.get("guests") == 0:
        found["guests"] = 0
    if said.get("would_join_online") and not said["asks"]:
        desk.ask_a_person(visit, TaskKind.READ, words=said["words"])
    more = any(said.get(name) for name in ("late", "early", "would_join_online"))
    return {**found, "note": said["words"]} if more else found


def _arrange_what_they_said(visit: Visit, meeting: Record, said: Mapping[str, Any]) -> None:
    """What is to be arranged stands in their answer: "yes but wheelchair", "bringing my PA"."""
    if said.get("assistants"):
        _begin(visit, meeting, kind=ArrangementKind.ASSISTANT)
    told = told_besides(str(said.get("words", "")), visit.language)
    names = [meeting_facts.said(meeting, name, visit.language) for name in ("title", "place")]
    for kind in arrangements.kinds_in(without_names(told, names, visit.language), visit.language):
        if kind not in _TOLD_OTHERWISE:
            _begin(visit, meeting, words=told, kind=kind)


def _carry_on(visit: Visit, meeting: Record, stood: Stood) -> None:
    """What they said for other meetings holds for this one, and what we know of their needs may be looked at."""
    if visit.person is None:
        return
    chair = meeting.member_chair
    named = kept.named_to(visit.tx, visit.person.id, chair) if chair is not None else None
    if named is not None and stood.rsvp.named is None:
        kept.change(visit.tx, stood.rsvp.id, {"named": named})
    if stood.state is RsvpState.COMING:
        seen = arrangements.to_check(visit.tx, visit.person, meeting, visit.now, visit.language, visit.organisation)
        _know(visit, to_check=seen)


def _way(visit: Visit, value: str) -> None:
    """In person or online."""
    _change(visit, way=value)


def _guests(visit: Visit, value: str) -> None:
    """How many come along, where we asked."""
    meeting = meeting_of(visit)
    if meeting is None or visit.person is None:
        return
    told = coming(visit.text, visit.language, rsvp_heard.today(visit, meeting))
    if told.assistants or rsvp_heard.assistants(visit):
        _begin(visit, meeting, kind=ArrangementKind.ASSISTANT)
    stood = _change(visit, guests=int(value))
    if stood is not None:
        _know(visit, left_out=stood.left_out)


def _arrange(visit: Visit, value: str) -> None:
    """What they need, in their own words, as what we had down is not right any more."""
    meeting = meeting_of(visit)
    if meeting is not None and visit.person is not None and value:
        arrangement_talk.different(visit, meeting, value)
        arrangements.checked(visit.tx, visit.person, visit.now)


def _named(visit: Visit, value: str) -> None:
    """Whether the member who leads it with us may see their name."""
    row = _row(visit)
    if row is not None:
        kept.change(visit.tx, row.id, {"named": value == "yes"})


def _cover(visit: Visit, value: str) -> None:
    """Somebody is looked for who is with the person they look after. They are asked once more in any case."""
    meeting, row = meeting_of(visit), _row(visit)
    if meeting is None or row is None or value != "yes":
        return
    _begin(visit, meeting, kind=ArrangementKind.SITTING)
    named = _beside(visit).get("know_on")
    when = rsvp_facts.asked_on(meeting, named, visit.now) if named else rsvp_facts.to_ask_again(meeting, visit.now)
    rsvps.ask_again_at(visit.tx, row, when)


def _again(visit: Visit, value: str) -> None:
    """Whether we ask once more, on the day that we named or on theirs."""
    meeting, row = meeting_of(visit), _row(visit)
    if meeting is None or row is None:
        return
    named = _beside(visit).get("know_on")
    when = rsvp_facts.asked_on(meeting, named, visit.now) if named else rsvp_facts.to_ask_again(meeting, visit.now)
    rsvps.ask_again_at(visit.tx, row, when if value == "yes" else None)


def _change(visit: Visit, **details: Any) -> Stood | None:
    meeting = meeting_of(visit)
    if meeting is None or visit.person is None:
        return None
    return rsvps.beside(visit.tx, meeting, visit.person.id, visit.now, visit.organisation, **details)


def _begin(visit: Visit, meeting: Record, **what: Any) -> None:
    if visit.person is not None:
        arrangements.begin(visit.tx, meeting, visit.person, visit.now, visit.organisation, by=_by(visit), **what)


def _row(visit: Visit) -> Record | None:
    meeting = meeting_of(visit)
    if meeting is None or visit.person is None:
        return None
    return rsvps.stands(visit.tx, meeting, visit.person.id)


def _by(visit: Visit) -> By:
    return By(visit.message_id, visit.entered_by, visit.how)


def _beside(visit: Visit) -> Mapping[str, Any]:
    answers = visit.standing.position.answers if visit.standing is not None else {}
    found: Mapping[str, Any] = answers.get(BESIDE) or {}
    return found


def _know(visit: Visit, **answers: Any) -> None:
    if visit.standing is not None:
        position = visit.standing.position
        visit.standing.position = replace(position, answers={**position.answers, **answers})


LEARNERS: Mapping[str, Callable[[Visit, Any], None]] = {
    "coming": learn_coming,
    "rsvp_way": _way,
    "rsvp_guests": _guests,
    "rsvp_arrange": _arrange,
    "rsvp_named": _named,
    "rsvp_cover": _cover,
    "rsvp_again": _again,
}
