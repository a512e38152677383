"""Awaited: what was asked at an address by messages to many, and has no answer yet, or had one lately."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from bank import interest_facts, invitations, meeting_names, open_question, project_facts, rsvp_facts, talk
from bank.broadcast_about import invites_to_meeting, meeting_of
from bank.interest_facts import LASTS
from bank.visit import Standing, Visit
from flows.position import Position
from language.named import known_by
from language.normal import words
from language.reading import Option, Question
from storage import broadcasts, codes, projects, since_asked
from storage import invitations as kept
from storage.broadcasts import BroadcastKind
from storage.projects import ProjectState
from storage.schema import Record

# So long somebody may change their mind by a text that answers nothing else.
_CHANGES = timedelta(days=14)
_JUST_BEGUN = timedelta(days=1)
# So far ahead of it may people be asked to a meeting.
_LONG_AGO = timedelta(days=180)
_GOES_ON = frozenset({ProjectState.OPEN, ProjectState.UNDER_WAY})


@dataclass(frozen=True, slots=True)
class Asked:
    """One message to many that waits for an answer at this address, and who of those reached there it was for.

    `invitations` are those it is about; `everybody` all who were asked there, by id, whether they answered or not.
    """

    broadcast: Record
    project: Record | None
    meeting: Record | None
    invitations: tuple[Record, ...]
    everybody: frozenset[int]

    @property
    def name(self) -> str:
        if self.meeting is not None:
            return "rsvp"
        asks_interest = self.project is not None and self.broadcast.kind == BroadcastKind.INVITATION
        return "interest" if asks_interest else "picked"

    @property
    def about(self) -> tuple[str, int]:
        """What it asks about: what was asked later of the same stands for it."""
        if self.meeting is not None:
            return self.name, int(self.meeting.id)
        if self.project is not None and self.name == "interest":
            return self.name, int(self.project.id)
        return self.name, int(self.broadcast.id)

    @property
    def person_ids(self) -> set[int]:
        """Whose invitations it is about."""
        return {row.person_id for row in self.invitations}


def waiting(visit: Visit) -> list[Asked]:
    """What nobody has answered, the newest first."""
    found = kept.went_to(visit.tx, visit.address.id, visit.now - LASTS, answered=False)
    return _still_asked(visit, _one_a_project(_grouped(visit, found)))


def newer(visit: Visit, conversation_id: int) -> list[Asked]:
    """Of that, what was asked after the open conversation asked last."""
    found = since_asked.unanswered(visit.tx, visit.address.id, conversation_id, visit.now - LASTS)
    return _still_asked(visit, _one_a_project(_grouped(visit, found)))


def _still_asked(visit: Visit, found: list[Asked]) -> list[Asked]:
    """Without meetings that are past. One that has just begun waits while nothing else does: they are told."""
    late = {one.about for one in found if one.meeting is not None and not rsvp_facts.is_open(one.meeting, visit.now)}
    open_ones = [one for one in found if one.about not in late]
    just = [one for one in found if one.meeting is not None and visit.now - one.meeting.starts_at < _JUST_BEGUN]
    return open_ones or just[:1]


def is_closed(visit: Visit, asked: Asked) -> bool:
    """Nobody may take part in it any more."""
    if asked.meeting is not None:
        return not rsvp_facts.is_open(asked.meeting, visit.now)
    return asked.project is not None and asked.project.state not in _GOES_ON


def answered_lately(visit: Visit) -> list[Asked]:
    """What was answered last, by whoever shares the phone, if they may still change their mind: one, or none.

    That they may until a meeting begins, and for some days otherwise.
    """
    most = max(1, len(visit.people))
    found = kept.went_to(visit.tx, visit.address.id, visit.now - _LONG_AGO, answered=True, limit=most)
    lately = [one for one in found if one.meeting_id is not None or visit.now - one.answered_at < _CHANGES]
    return [one for one in _grouped(visit, lately)[:1] if one.meeting is None or not is_closed(visit, one)]


def _grouped(visit: Visit, rows: Iterable[Record]) -> list[Asked]:
    """By the message that asked, the newest first; only what is for somebody who is reached there."""
    here = {person.id for person in visit.people}
    together: dict[int, list[Record]] = {}
    for row in rows:
        if row.person_id in here:
            together.setdefault(row.broadcast_id, []).append(row)
    return [_asked(visit, broadcast_id, found) for broadcast_id, found in together.items()]


def _asked(visit: Visit, broadcast_id: int, found: list[Record]) -> Asked:
    broadcast = broadcasts.get(visit.tx, broadcast_id)
    everybody = _everybody(visit, broadcast_id, {row.person_id for row in found})
    if invites_to_meeting(broadcast):
        return Asked(broadcast, None, meeting_of(visit.tx, broadcast), tuple(found), everybody)
    about = projects.get(visit.tx, broadcast.project_id) if broadcast.project_id is not None else None
    return Asked(broadcast, about, None, tuple(found), everybody)


def _everybody(visit: Visit, broadcast_id: int, known: set[int]) -> frozenset[int]:
    """Who of those that share the phone was asked by it."""
    others = (one.id for one in visit.people if one.id not in known)
    return frozenset({*known, *(one for one in others if kept.of(visit.tx, broadcast_id, one) is not None)})


def _one_a_project(found: list[Asked]) -> list[Asked]:
    """Of the invitations to one project, or one meeting, only the newest waits, for everybody who has not answered."""
    together: dict[tuple[str, int], Asked] = {}
    for one in found:
        later = together.get(one.about)
        together[one.about] = one if later is None else _joined(later, one)
    return list(together.values())


def _joined(later: Asked, earlier: Asked) -> Asked:
    others = (row for row in earlier.invitations if row.person_id not in later.person_ids)
    return replace(later, invitations=(*later.invitations, *others), everybody=later.everybody | earlier.everybody)


def by_message(visit: Visit, row_id: int) -> Asked | None:
    """What this row of the outbox asked there; None where it asked nothing, or nobody who is reached there."""
    row = kept.of_message(visit.tx, row_id, visit.address.id)
    if row is None or row.person_id not in {person.id for person in visit.people}:
        return None
    return _asked(visit, row.broadcast_id, [row])


def question(visit: Visit, asked: Asked) -> Question:
    """How an answer to it is read."""
    if asked.name == "picked":
        subject = interest_facts.of_broadcast(visit.tx, visit.organisation, visit.now, visit.language, asked.broadcast)
        return Question("choice", tuple(Option(id_, label) for id_, label in interest_facts.picks(subject)))
    return open_question.shown(visit, talk.flow_named(visit, asked.name), "ask")


def is_named(visit: Visit, one: Asked, among: list[Asked]) -> bool:
    """A word of its title that no other has, or the word to text for it, is in the message."""
    here = visit.now.astimezone(visit.organisation.zone)
    said = {word.casefold() for word in words(visit.text)} | meeting_names.said(visit.text, visit.language, here)
    others = {word for other in among if other is not one for word in _names(visit, other)}
    return bool(said & (_names(visit, one) - others))


def _names(visit: Visit, one: Asked) -> set[str]:
    if one.meeting is not None:
        return meeting_names.of(one.meeting, visit.language)
    if one.project is None:
        return set()
    title = known_by(project_facts.said(one.project, "title", visit.language))
    code = {codes.get(visit.tx, one.project.code_id).code.casefold()} if one.project.code_id is not None else set()
    return {*title, *code}


def stand_at(visit: Visit, asked: Asked) -> Standing:
    """Stand at its question, with whoever of them was asked."""
    if visit.person is None or visit.person.id not in asked.person_ids:
        visit.is_with(visit.person_called(asked.invitations[0].person_id))
    flow = talk.flow_named(visit, asked.name)
    return talk.stand_at(visit, flow, Position(flow.name, flow.version, "ask", knows(visit, asked)))


def knows(visit: Visit, asked: Asked) -> dict[str, Any]:
    """What its conversation is about, by name."""
    return {**invitations.subject_of(visit.tx, asked.broadcast)}


def must_tell_who(visit: Visit, asked: Asked) -> bool:
    """More than one who shares the phone was asked; what is open with one of them does not tell who writes now."""
    if len(visit.people) == 1:
        return False
    return len(asked.everybody) > 1 or (visit.person is not None and visit.person.id not in asked.everybody)
