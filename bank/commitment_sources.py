"""Where a commitment came from: answers, with or without a name, and people who said it, among those who came."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from bank import meetings as meetings_kept
from bank import people
from bank.colleague import Colleague
from bank.commitment_owner import WRITERS
from bank.lacking import NotReady
from storage import commitments, feedback, meetings, projects, who_said
from storage import people as people_rows
from storage.people import PersonState
from storage.schema import Record
from storage.staff import EVERYWHERE
from storage.store import Tx

# An answer, as an address carries it: the number of a response, and which question.
_ANSWER = re.compile(r"([1-9][0-9]{0,18}):(q[0-9]{1,2})")
_NOT_THEIRS = "One of these answers is not there any more. Go back to the answers, and choose again"
_DID_NOT_COME = "Choose among those who came"


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer that a commitment comes from.

    Where no name is kept, `person_id` is nobody and `meeting_id` nothing: it may be read among those of several
    meetings, and nobody is to learn of which it is.
    """

    feedback_id: int
    question: str
    meeting_id: int | None
    project_id: int | None
    person_id: int | None


def read(given: Iterable[str]) -> list[tuple[int, str]]:
    """Answers as an address or a form names them, such as "4711:q2"; what is none of ours is left out."""
    found = (_ANSWER.fullmatch(one.strip()) for one in given)
    return list(dict.fromkeys((int(one[1]), one[2]) for one in found if one is not None))


def named(answer: tuple[int, str]) -> str:
    """An answer as an address carries it."""
    return f"{answer[0]}:{answer[1]}"


def answered(tx: Tx, colleague: Colleague, answers: Collection[tuple[int, str]]) -> list[Answered]:
    """These answers. Raises NotReady where one is gone, or is of a meeting or project that is not theirs."""
    return [_answered(tx, colleague, *one) for one in answers]


def _answered(tx: Tx, colleague: Colleague, feedback_id: int, question: str) -> Answered:
    row = feedback.get(tx, feedback_id)
    if row is None or not _counts(row) or question not in feedback.answers_of(tx, feedback_id):
        raise NotReady({"answers": _NOT_THEIRS})
    asked = feedback.get_round(tx, row.round_id)
    project_id = asked.project_id
    if asked.meeting_id is not None:
        project_id = meetings.get(tx, asked.meeting_id).project_id
    where = projects.get(tx, project_id).token if project_id is not None else EVERYWHERE
    if not colleague.may(*WRITERS, project=where) or row.person_id in people.unseen(tx, colleague):
        raise NotReady({"answers": _NOT_THEIRS})
    meeting_id = asked.meeting_id if row.person_id is not None else None
    return Answered(feedback_id, question, meeting_id, project_id, row.person_id)


def _counts(row: Record) -> bool:
    """Without a name it does only among enough others."""
    return row.person_id is not None or bool(row.finished)


def may_have_said(tx: Tx, colleague: Colleague, meeting: Record) -> list[Record]:
    """The people who came to this meeting and whom this colleague may see, by name."""
    unseen = people.unseen(tx, colleague)
    if not colleague.may(*WRITERS, project=meetings_kept.project_of(tx, meeting)):
        return []
    came = (people_rows.get(tx, one) for one in who_said.came(tx, {meeting.id}) if one not in unseen)
    return sorted((one for one in came if one.state == PersonState.MEMBER), key=lambda one: one.name or "~")


def chosen(tx: Tx, colleague: Colleague, meeting: Record | None, tokens: Collection[str]) -> list[Record]:
    """The people of these tokens. Raises NotReady where one of them did not come, as far as this colleague sees."""
    if not tokens:
        return []
    found = {one.token: one for one in may_have_said(tx, colleague, meeting)} if meeting is not None else {}
    if not set(tokens) <= found.keys():
        raise NotReady({"people": _DID_NOT_COME})
    return [found[token] for token in dict.fromkeys(tokens)]


def keep(tx: Tx, row: Record, answers: Iterable[Answered], said: Iterable[Record], now: datetime) -> None:
    """It came from these answers, and these people said it; what is known already is not kept twice."""
    had = commitments.sources(tx, row.id)
    known_answers = {(one.feedback_id, one.question) for one in had}
    known_people = {one.person_id for one in had}
    for one in answers:
        if (one.feedback_id, one.question) not in known_answers:
            known_people.add(one.person_id)
            told = {"feedback_id": one.feedback_id, "question": one.question, "person_id": one.person_id}
            commitments.add_source(tx, commitment_id=row.id, meeting_id=one.meeting_id, at=now, **told)
    for person in said:
        if person.id not in known_people:
            where = {"meeting_id": row.meeting_id, "person_id": person.id}
            commitments.add_source(tx, commitment_id=row.id, at=now, **where)
