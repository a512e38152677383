"""Feedback: the rounds in which people are asked how something was, and what each of them answered.

One without a name is found by its open token while it is being given, which only the conversation holds. Of it neither
a person, a time nor who typed it is kept.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bank import feedback_sets
from bank.organisation import Organisation
from bank.tokens import number, token
from flows import feedback as script
from flows.grammar import Flow
from flows.question_set import QuestionSet
from storage import attending, feedback, meetings, projects, question_sets
from storage.feedback import About
from storage.schema import Record
from storage.store import Tx

# So long somebody may be asked, and may answer, after a meeting or a project. Without names nothing is shown before.
_OPEN_FOR, _NAMELESS_FOR = timedelta(days=28), timedelta(days=14)


def round_for_meeting(tx: Tx, meeting: Record, now: datetime, organisation: Organisation) -> Record:
    """What is asked about this meeting; opened with its questions of today where nobody was asked yet."""
    found = feedback.of_meeting(tx, meeting.id)
    if found is not None:
        return found
    asked = feedback_sets.for_meeting(tx, meeting, now, organisation)
    about = {"about": About.MEETING, "meeting_id": meeting.id, "project_id": meeting.project_id}
    closes_at = max(now, meeting.ends_at) + (_NAMELESS_FOR if meeting.anonymous else _OPEN_FOR)
    return _opened(tx, asked, now, **about, anonymous=meeting.anonymous, closes_at=closes_at)


def round_for_project(
    tx: Tx, project: Record, asked: Record | None, now: datetime, organisation: Organisation, **more: Any
) -> Record:
    """What is asked about this project as a whole: this version of a question set, or ours. The open one, if any.

    `more`: `anonymous`, `created_by`.
    """
    for found in feedback.of_project(tx, project.id):
        if is_open(found, now):
            return found
    asked = asked or feedback_sets.keep(tx, feedback_sets.PROJECT, now, organisation)
    about = {"about": About.PROJECT, "project_id": project.id}
    return _opened(tx, asked, now, **about, closes_at=now + _OPEN_FOR, **more)


def bank_round(
    tx: Tx, standard: str, now: datetime, organisation: Organisation, person_id: int | None = None
) -> Record:
    """What is asked of the bank, with that set of ours: the first open round to which this person gave no answer.

    Who has more to tell than once tells it in the next round.
    """
    asked = feedback_sets.keep(tx, standard, now, organisation)
    for found in feedback.of_bank(tx, asked.id):
        if is_open(found, now) and (person_id is None or feedback.of_person(tx, found.id, person_id) is None):
            return found
    return _opened(tx, asked, now, about=About.BANK)


def _opened(tx: Tx, asked: Record, now: datetime, **more: Any) -> Record:
    return feedback.open_round(tx, token=token(), set_id=asked.id, opened_at=now, **more)


def is_open(row: Record, now: datetime) -> bool:
    """Whether people may be asked, and answer."""
    return row.closes_at is None or bool(now < row.closes_at)


def subject(tx: Tx, row: Record) -> dict[str, str]:
    """What a conversation of this round is about, as its answers have it: `round`, and `meeting` or `project`."""
    about = {"round": row.token}
    if row.about == About.MEETING:
        about["meeting"] = meetings.get(tx, row.meeting_id).token
    elif row.about == About.PROJECT and row.project_id is not None:
        about["project"] = projects.get(tx, row.project_id).token
    return about


def opening(tx: Tx, row: Record, smallest: int, open_token: str | None = None) -> dict[str, Any]:
    """What a conversation knows in which somebody begins to answer this round: what it is about; and where no name is
    kept, the token on which the answers hang, and whether fewer than `smallest` came.
    """
    about = subject(tx, row)
    if open_token is None and not row.anonymous:
        return about
    few = row.about == About.MEETING and len(attending.who_came(tx, row.meeting_id)) < smallest
    return {**about, "feedback": open_token or token(), **({"few_came": True} if few else {})}


def questions_of(tx: Tx, row: Record) -> QuestionSet:
    """What this round asks."""
    found = question_sets.get(tx, row.set_id)
    return QuestionSet.from_json(found.questions if found is not None else {"questions": (), "intro": {}, "thanks": {}})


def find(tx: Tx, flow_name: str, language: str) -> Flow | None:
    """The flow of that name, as somebody reads it in that language, if it is one of ours. One look by its id."""
    set_id = script.id_of(flow_name)
    row = question_sets.get(tx, set_id) if set_id is not None else None
    return script.build(flow_name, row.version, QuestionSet.from_json(row.questions), language) if row else None


def begin(
    tx: Tx,
    row: Record,
    person_id: int | None,
    now: datetime,
    *,
    open_token: str | None = None,
    entered_by: int | None = None,
    how: str | None = None,
) -> Record:
    """The answer that this person gives to that round, or the one without a name behind that token.

    It is there from the first question that is answered on: whoever answers none has given none.
    """
    if open_token is not None:
        nameless = feedback.by_open_token(tx, open_token)
        return nameless or feedback.add(tx, id=number(), round_id=row.id, open_token=open_token)
    if person_id is None:
        return feedback.add(tx, id=number(), round_id=row.id)
    told = {"person_id": person_id, "entered_by": entered_by, "how": how, "at": now}
    return feedback.of_person(tx, row.id, person_id) or feedback.add(tx, id=number(), round_id=row.id, **told)


def keep(tx: Tx, given: Record, question: str, value: Any, now: datetime) -> None:
    """Keep what was answered to that question in place of what was answered before."""
    feedback.answer(tx, given.id, question, value)
    if given.person_id is not None:
        feedback.change(tx, given.id, {"at": now})


def finish(tx: Tx, given: Record) -> None:
    """All was asked. Of one without a name nobody can find any more which it was; when it counts says `bank.mixing`."""
    feedback.change(tx, given.id, {"finished": given.person_id is not None, "open_token": None})


def leave(tx: Tx, open_token: str) -> None:
    """It is not gone on with: it counts as far as it went, and the token goes."""
    given = feedback.by_open_token(tx, open_token)
    if given is not None:
        feedback.change(tx, given.id, {"open_token": None})
