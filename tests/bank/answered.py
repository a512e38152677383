"""Feedback as tests of its results begin: a meeting, what was asked about it, and so many who answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bank.tokens import number, token
from flows.question_set import Kind, Means, Question, QuestionSet
from storage import feedback, people, question_sets, reminders, tasks
from storage.feedback import About
from storage.meetings import MeetingState
from storage.people import PersonState
from storage.reminders import ReminderState, Step
from storage.schema import Record
from storage.store import Tx
from storage.tasks import TaskKind
from tests.bank import well_attended
from tests.bank.ashdale import MORNING

# q1 to q5, as our own set for meetings asks them.
QUESTIONS = (
    Question(Kind.RATING, {"en": "How was it?"}, means=Means.HOW),
    Question(Kind.YES_NO, {"en": "Did you feel heard?"}, means=Means.HEARD),
    Question(Kind.TEXT, {"en": "What was good?"}, means=Means.GOOD),
    Question(Kind.TEXT, {"en": "What should we change?"}, means=Means.CHANGE),
    Question(Kind.SEVERAL, {"en": "What did you like?"}, ({"en": "The tea"}, {"en": "The talk"}, {"en": "The room"})),
)
EVALUATION = (
    Question(Kind.RUNG, {"en": "How much say did you have?"}, means=Means.RUNG),
    Question(Kind.TEXT, {"en": "What was good?"}, means=Means.GOOD),
)


def meeting(tx: Tx, title: str = "Carers' space", **more: Any) -> Record:
    """On Thursday 3 December, and over."""
    return well_attended.meeting(tx, title, **({"state": MeetingState.OVER} | more))


def asked_about(
    tx: Tx,
    meeting: Record | None = None,
    project: Record | None = None,
    questions: Sequence[Question] = QUESTIONS,
    *,
    over: bool = False,
    anonymous: bool = False,
) -> Record:
    """A round about a meeting, or about a project as it ends, or the bank; `over`: it closed yesterday."""
    asked = question_sets.add(
        tx, token=token(), version=1, name="Ours", questions=QuestionSet(tuple(questions)).as_json(), made_at=MORNING
    )
    about = About.MEETING if meeting is not None else About.PROJECT if project is not None else About.BANK
    return feedback.open_round(
        tx,
        token=token(),
        about=about,
        meeting_id=meeting.id if meeting is not None else None,
        project_id=project.id if project is not None else meeting.project_id if meeting is not None else None,
        set_id=asked.id,
        anonymous=anonymous,
        opened_at=MORNING - timedelta(days=30),
        closes_at=MORNING + timedelta(days=-1 if over else 30),
    )


def says(tx: Tx, row: Record, answers: Mapping[str, Any], person: Record | None = None, at: datetime = MORNING) -> int:
    """One response: answers by place ("q1"), of this person, or without a name. Its number."""
    about = {"person_id": person.id, "at": at} if person is not None else {}
    kept = feedback.add(tx, id=number(), round_id=row.id, finished=True, **about)
    for question, value in answers.items():
        feedback.answer(tx, kept.id, question, value)
    return int(kept.id)


def many(tx: Tx, row: Record, count: int, answers: Mapping[str, Any], *, named: bool = True) -> list[int]:
    """So many who say the same, each somebody else; words have "{number}" in them where they shall differ."""
    return [
        says(tx, row, _numbered(answers, place), member(tx, f"Member {place}") if named else None)
        for place in range(1, count + 1)
    ]


def spread(tx: Tx, row: Record, *, named: bool = True) -> list[int]:
    """Sixty who answered, twelve for each rating from 5 down. Who gave 3 or more felt heard, and liked the tea."""
    found = []
    for rating in (5, 4, 3, 2, 1):
        glad = {"q2": "yes", "q3": f"Tea {rating}-{{number}}", "q5": ["c1"]}
        said = glad if rating >= 3 else {"q2": "no", "q4": f"Louder, please {rating}-{{number}}"}
        found += many(tx, row, 12, {"q1": str(rating)} | said, named=named)
    return found


def member(tx: Tx, name: str, **about: Any) -> Record:
    return people.add(
        tx,
        **(
            {"token": token(), "name": name, "state": PersonState.MEMBER, "language": "en", "joined_at": MORNING}
            | about
        ),
    )


def asked_by_text(tx: Tx, meeting: Record, people_: Sequence[Record]) -> None:
    """They were asked how it was, and the text went."""
    for person in people_:
        reminders.add(
            tx,
            meeting_id=meeting.id,
            person_id=person.id,
            step=Step.FEEDBACK,
            starts_at=meeting.starts_at,
            due_at=meeting.ends_at,
            state=ReminderState.SENT,
            at=meeting.ends_at,
        )


def asked_by_call(tx: Tx, row: Record, person: Record) -> None:
    """They are to be rung about it."""
    due = {"opened_at": MORNING, "due_at": MORNING}
    tasks.add(tx, token=token(), kind=TaskKind.CALL, person_id=person.id, round_id=row.id, **due)


def half_said(tx: Tx, row: Record, answers: Mapping[str, Any]) -> int:
    """Somebody whose name is not kept is in the middle of it. The number of the response."""
    kept = feedback.add(tx, id=number(), round_id=row.id, open_token=token())
    for question, value in answers.items():
        feedback.answer(tx, kept.id, question, value)
    return int(kept.id)


def _numbered(answers: Mapping[str, Any], place: int) -> dict[str, Any]:
    return {
        name: value.replace("{number}", str(place)) if isinstance(value, str) else value
        for name, value in answers.items()
    }
