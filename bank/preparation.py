"""Preparation: all that whoever holds a meeting has to know of who comes; and what a member who leads it is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from bank import attenders, audit, head_count, meeting_facts, people, questions
from bank.attenders import Attender, ToArrange, standing
from bank.audit import Act
from bank.colleague import Colleague
from bank.head_count import HeadCount
from bank.organisation import Organisation
from language.wording import SOURCE_LANGUAGE
from storage import directory, question_list, staff
from storage import people as people_kept
from storage.arrangements import ArrangementKind, ArrangementState
from storage.people import PersonState
from storage.questions import TO_DO
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.store import Tx

_MOST_QUESTIONS = 100


@dataclass(frozen=True, slots=True)
class Question:
    """Something that was asked about it. `due_at` is by when we answer, or were to."""

    token: str
    words: str
    who: str
    is_open: bool
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Host:
    """Somebody who leads it. `answered`: they are a member who is among those who come."""

    name: str
    is_member: bool
    answered: bool


@dataclass(frozen=True, slots=True)
class Preparation:
    """What a colleague is shown. `facts` are those of bank/meeting_facts.py.

    `hosts` are who leads it. `hidden`: how many come, wait or may come whom they may not see.
    """

    facts: Mapping[str, str]
    coming: tuple[Attender, ...]
    waiting: tuple[Attender, ...]
    maybes: tuple[Attender, ...]
    questions: tuple[Question, ...]
    hosts: tuple[Host, ...]
    count: HeadCount
    hidden: int

    @property
    def to_arrange(self) -> list[tuple[Attender, ToArrange]]:
        """What is to be arranged for those who come, kind by kind."""
        found = [(who, one) for who in self.coming for one in who.arrange]
        return sorted(found, key=lambda pair: _KINDS.index(pair[1].kind))

    @property
    def food(self) -> list[tuple[Attender, ToArrange]]:
        """What those in the room need of food."""
        return [pair for pair in self.to_arrange if pair[1].kind is ArrangementKind.FOOD and pair[0].in_room]


@dataclass(frozen=True, slots=True)
class Shared:
    """What the member who leads it is shown: numbers, and the names of those who agreed to that.

    `arrange` has, for each kind of thing, how many there are in each state, for those who come.
    """

    facts: Mapping[str, str]
    names: tuple[str, ...]
    arrange: Mapping[ArrangementKind, Mapping[ArrangementState, int]]
    count: HeadCount


_KINDS = list(ArrangementKind)


def prepare(
    tx: Tx, meeting: Record, now: datetime, organisation: Organisation, colleague: Colleague, what: str = "page"
) -> Preparation:
    """All about who comes. The look is on record: `what` says for which page or paper it was."""
    everybody, unseen = attenders.of(tx, meeting), people.unseen(tx, colleague)
    answered = [one for one in everybody if one.state != RsvpState.NOT_COMING]
    shown = [one for one in answered if one.person_id not in unseen]
    audit.record(tx, now, Act.SAW_MEETING, colleague.id, about=meeting.token, what=what, people=len(shown))
    return Preparation(
        _facts(meeting, organisation),
        standing(shown, RsvpState.COMING),
        standing(shown, RsvpState.WAITING),
        standing(shown, RsvpState.MAYBE),
        _questions(tx, meeting, colleague),
        _hosts(tx, meeting, unseen, everybody),
        head_count.count(tx, meeting, everybody),
        len(answered) - len(shown),
    )


def share(
    tx: Tx, meeting: Record, now: datetime, organisation: Organisation, colleague: Colleague, what: str = "co-chair"
) -> Shared:
    """What the colleague hands to the member who leads it. Of who may be in danger no name is handed to anybody."""
    everybody, unseen = attenders.of(tx, meeting), people.unseen(tx, colleague) | directory.all_held(tx)
    coming = standing(everybody, RsvpState.COMING)
    names = tuple(one.name for one in coming if one.named and one.name and one.person_id not in unseen)
    audit.record(tx, now, Act.SAW_MEETING, colleague.id, about=meeting.token, what=what, people=len(names))
    return Shared(_facts(meeting, organisation), names, _by_kind(coming), head_count.count(tx, meeting, everybody))


def _facts(meeting: Record, organisation: Organisation) -> dict[str, str]:
    """What is told of it; a draft may have no title yet."""
    told = meeting_facts.facts(meeting, SOURCE_LANGUAGE, organisation)
    return {**told, "meeting": told["meeting"] or "A meeting without a title"}


def _by_kind(coming: Collection[Attender]) -> dict[ArrangementKind, dict[ArrangementState, int]]:
    counted = Counter((one.kind, one.state) for who in coming for one in who.arrange)
    kinds = [kind for kind in _KINDS if any(kind is counted_kind for counted_kind, _state in counted)]
    return {kind: {state: counted[kind, state] for state in ArrangementState if counted[kind, state]} for kind in kinds}


def _questions(tx: Tx, meeting: Record, colleague: Colleague) -> tuple[Question, ...]:
    """What was asked about it, as far as this colleague may read it: what is open first."""
    rows = question_list.about_meeting(tx, meeting.id, questions.seer(colleague), _MOST_QUESTIONS)
    found = [Question(row.token, row.words or "", row.name or "", row.state in TO_DO, row.due_at) for row in rows]
    return tuple(sorted(found, key=lambda one: not one.is_open))


def _hosts(tx: Tx, meeting: Record, unseen: Collection[int], everybody: Collection[Attender]) -> tuple[Host, ...]:
    """As far as they have a name, and this colleague may see them."""
    found = []
    if meeting.staff_chair is not None:
        found.append(Host(staff.get(tx, meeting.staff_chair).name, is_member=False, answered=False))
    if meeting.member_chair is not None and meeting.member_chair not in unseen:
        person = people_kept.get(tx, meeting.member_chair)
        comes = any(one.person_id == person.id and one.state == RsvpState.COMING for one in everybody)
        if person.name and person.state == PersonState.MEMBER:
            found.append(Host(person.name, is_member=True, answered=comes))
    return tuple(found)
