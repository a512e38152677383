"""Who answered an invitation to a meeting, and answers that colleagues enter for those who rang, wrote or said it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bank import arrangements, audit, people, rsvps
from bank.audit import Act
from bank.colleague import Colleague
from bank.invitations import By
from bank.organisation import Organisation
from bank.rsvps import Stood
from storage import arrangements as to_arrange
from storage import invitations, staff, tasks, who_answered
from storage import rsvps as rsvps_kept
from storage.arrangements import ArrangementState
from storage.invitations import Answer
from storage.schema import Record
from storage.store import Tx
from storage.told import How
from storage.who_answered import Said

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """A page (from 1) of people, and how many gave each answer. `entered` are names of colleagues, by id of staff.

    `asked_again`: how many were asked again after a large change, and have not answered since. `texts` is how the text
    that asks each of them stands, a state of the outbox by id of person.
    """

    rows: Sequence[Record]
    counts: Mapping[Said, int]
    asked_again: int
    entered: Mapping[int, str]
    texts: Mapping[int, str]
    page: int
    more: bool


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody told a colleague: their answer, how they told it, and how they come. `arrange`: in their words."""

    answer: Answer
    how: How
    guests: int | None = None
    way: str | None = None
    late: bool = False
    early: bool = False
    note: str = ""
    arrange: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """One time that they answered: what, when, and who entered it and how; empty where they wrote it themselves."""

    answer: str
    at: datetime
    by: str
    how: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How one person stands in a meeting, all that they answered, and what is to be arranged for them."""

    person: Record
    rsvp: Record | None
    number: int
    history: Sequence[Answered]
    arrange: Sequence[Record]


def look(
    tx: Tx, colleague: Colleague, meeting: Record, said: Said | None, page: int, now: datetime, *, again: bool = False
) -> Listed:
    """Those who said this (None: all) and whom this colleague may see; only those who were asked `again` and have not
    answered since. The look is recorded.
    """
    without = people.unseen(tx, colleague)
    counts = who_answered.counts(tx, meeting.id, without)
    rows = who_answered.listed(tx, meeting.id, said, without, A_PAGE + 1, (page - 1) * A_PAGE, again=again)
    shown = rows[:A_PAGE]
    audit.record(tx, now, Act.SAW_MEETING, colleague.id, about=meeting.token, people=len(shown), page="answers")
    entered = staff.names(tx, {row.entered_by for row in shown if row.entered_by is not None})
    asked = who_answered.asked_again(tx, meeting.id, without)
    texts = who_answered.texts(tx, meeting.id, {row.whose_id for row in shown})
    return Listed(shown, counts, asked, entered, texts, page, len(rows) > A_PAGE)


def asked_again(tx: Tx, colleague: Colleague, meeting: Record) -> int:
    """How many were asked again after a large change, have not answered since, and may be seen by this colleague."""
    return who_answered.asked_again(tx, meeting.id, people.unseen(tx, colleague))


def stands(tx: Tx, colleague: Colleague, meeting: Record, person: Record, now: datetime) -> Standing:
    """How this person stands in it. The look is recorded."""
    audit.record(tx, now, Act.SAW_MEETING, colleague.id, person_id=person.id, about=meeting.token, page="answer")
    rsvp = rsvps.stands(tx, meeting, person.id)
    rows = rsvps_kept.answers(tx, meeting.id, person.id)
    names = staff.names(tx, {row.entered_by for row in rows if row.entered_by is not None})
    history = [Answered(row.answer, row.at, names.get(row.entered_by, ""), row.how) for row in rows]
    needed = [row for row in to_arrange.of(tx, meeting.id, person.id) if row.state != ArrangementState.NOT_NEEDED]
    return Standing(person, rsvp, rsvps.number(tx, rsvp) if rsvp is not None else 0, history, needed)


def is_listed(tx: Tx, meeting: Record, person: Record) -> bool:
    """Whether they were asked to it, or answered."""
    asked = invitations.all_to_meeting(tx, meeting.id, person.id)
    return bool(asked) or rsvps.stands(tx, meeting, person.id) is not None


def enter(
    tx: Tx,
    colleague: Colleague,
    meeting: Record,
    person: Record,
    given: Given,
    now: datetime,
    organisation: Organisation,
    task: Record | None = None,
) -> Stood:
    """Keep what they told. Whoever has a call or letter about it need not ask any more, but for the one of `task`,
    which whoever made it closes. Raises bank.invitations.CannotEnter.
    """
    stood = rsvps.enter(
        tx, colleague, meeting, person, given.answer, given.how, now, organisation, **_details(meeting, given)
    )
    if given.arrange and given.answer != Answer.NO:
        by = By(entered_by=colleague.id, how=given.how)
        arrangements.begin(tx, meeting, person, now, organisation, words=given.arrange, by=by)
    for task_id in who_answered.open_tasks(tx, meeting.id, person.id):
        if task is None or task_id != task.id:
            done = {"closed_at": now, "closed_by": colleague.id, "result": "They told us."}
            tasks.change(tx, task_id, done)
            audit.record(
                tx, now, Act.TASK_CLOSED, colleague.id, person_id=person.id, about=tasks.get(tx, task_id).token
            )
    return stood


def _details(meeting: Record, given: Given) -> dict[str, Any]:
    """How they come, as far as this meeting asks it."""
    note = {"note": given.note} if given.note else {}
    if given.answer != Answer.YES:
        return note
    guests = {"guests": given.guests} if meeting.guests and given.guests is not None else {}
    way = {"way": given.way} if given.way else {}
    return {"late": given.late, "early": given.early, **guests, **way, **note}
