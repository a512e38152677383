"""Questions: whatever somebody asks waits here for a person of ours, with an owner and a time that they were told.

What is danger, a death or a wrong number has its own item, where a person reads every word; a question inside it is
read there. What a word that works everywhere answers ("who is this?") is answered. Where a colleague has taken over a
thread, all of it is theirs to read.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bank import meeting_answers, ready_answers, rota
from bank.colleague import Colleague
from bank.organisation import Organisation
from bank.question_rota import ANSWERING, owner_for, tell_owner
from bank.to_do import Row, Urgency
from bank.tokens import token
from bank.visit import Visit
from flows import everywhere
from flows.engine import Saying
from language.likeness import SURE, same
from language.reading import Meaning, Reading
from language.wording import base, own
from storage import projects, question_list, questions, staff
from storage.question_list import Seer
from storage.questions import Asking, QuestionState
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from storage.tasks import TaskKind

_MOST = 200
# "hello?" and "how are you" ask for nothing; the others have an item of their own.
_NONE_OF_OURS = frozenset(
    {Meaning.GREETING, Meaning.CRISIS, Meaning.AUTO_REPLY, Meaning.WRONG_PERSON, Meaning.BEREAVEMENT}
)
# However long ago an answer was sent, we look this far back whether it arrived.
_ANSWERS_ARRIVE = timedelta(days=7)


class Told(StrEnum):
    """What somebody who asked something is told."""

    PROMISE = "promise"  # by when we answer: to be said
    BEFORE = "before"  # they were told already
    ANSWER = "answer"  # a stock answer, which was said
    NOTHING = "nothing"


def is_asked(reading: Reading) -> bool:
    """Whether a message that reads so asks something that a person must answer."""
    if reading.meaning in _NONE_OF_OURS:
        return False
    return reading.meaning is Meaning.QUESTION or "question" in reading.also


def ask(visit: Visit, reading: Reading, *, silent: bool = False) -> Told:
    """Keep what they asked for a person of ours. `silent`: nothing may be said of it now.

    The same question from the same address is kept once, and counted.
    """
    silent = silent or visit.held  # nothing but what is about danger is said there
    if not silent and not ready_answers.needs_a_person(visit, reading) and _is_of_a_meeting(visit):
        return Told.ANSWER
    visit.tasks.append(TaskKind.QUESTION)
    waiting = questions.open_at(visit.tx, visit.address.id)
    before = next((one for one in waiting if _is_same(one, visit)), None)
    told = any(one.promised_until is not None and visit.now < one.promised_until for one in waiting)
    if before is not None:
        return _ask_again(visit, before, told=told or silent)
    ready = None if silent else ready_answers.fitting(visit, reading)
    row = _add(visit, promised=not (silent or told or ready))
    if ready is not None and _answer_at_once(visit, row, ready):
        return Told.ANSWER
    tell_owner(visit.tx, row, visit.now, visit.organisation)
    if silent:
        return Told.NOTHING
    return Told.BEFORE if told else Told.PROMISE


def _is_of_a_meeting(visit: Visit) -> bool:
    """They ask what is written of a meeting: it was said, and is kept as answered."""
    if meeting_answers.answer(visit) is None:
        return False
    note_answered(visit)
    return True


def note_answered(visit: Visit) -> None:
    """Keep what they asked, as it was answered by what has just been said."""
    answered = {"state": QuestionState.ANSWERED, "answer_id": visit.queued[-1], "answered_at": visit.now}
    questions.change(visit.tx, _add(visit, promised=False).id, answered)


def _is_same(one: Record, visit: Visit) -> bool:
    if one.words is None or one.person_id != (visit.person.id if visit.person else None):
        return False
    return one.words.strip() == visit.text.strip() or same(one.words, visit.text, base(visit.language)) >= SURE


def _add(visit: Visit, *, promised: bool) -> Record:
    person_id = visit.person.id if visit.person else None
    by = rota.answer_by(visit.now, visit.organisation)
    told = visit.message_id, visit.address.id, person_id, visit.text, visit.asked, base(visit.speaks)
    meeting = meeting_answers.concerned(visit)
    asking = Asking(*told, _project(visit), meeting.id if meeting is not None else None)
    return questions.add(
        visit.tx,
        asking,
        token=token(),
        state=QuestionState.OPEN,
        owner_id=owner_for(visit.tx, visit.address.assigned_to, visit.address.id, person_id),
        opened_at=visit.now,
        due_at=by,
        promised_until=by if promised else None,
    )


def _project(visit: Visit) -> int | None:
    """The project that the message is about, or else the open conversation."""
    answers = visit.standing.position.answers if visit.standing is not None else {}
    name = visit.subject.get("project") or answers.get("project")
    row = projects.by_token(visit.tx, str(name)) if name else None
    return row.id if row is not None else None


def _ask_again(visit: Visit, before: Record, *, told: bool) -> Told:
    """Once more: it was not answered yet, or not by what a machine told them."""
    values: dict[str, Any] = {"times": before.times + 1, "state": QuestionState.OPEN}
    by = rota.answer_by(visit.now, visit.organisation)
    if before.state == QuestionState.AUTOMATIC:
        values["due_at"] = by
    if not told:
        values |= {"promised_until": by, "back_at": None, "missed": missed(before, visit.now)}
    questions.change(visit.tx, before.id, values)
    return Told.BEFORE if told else Told.PROMISE


def missed(question: Record, now: datetime) -> bool:
    """Whether a day that they were told has passed without an answer, whatever they are told now."""
    until = question.promised_until
    return question.missed or (until is not None and until < now)


def _answer_at_once(visit: Visit, row: Record, ready: Record) -> bool:
    """Say the stock answer, and that a person will read this too. False where nothing could be said."""
    words = own(ready.words[base(visit.language)])
    said = len(visit.queued)
    visit.say(Saying(f"everywhere.ready.{ready.token}", (words, everywhere.AUTOMATIC)))
    if len(visit.queued) == said:
        return False
    values = {
        "state": QuestionState.AUTOMATIC,
        "answer_id": visit.queued[-1],
        "answered_at": visit.now,
        "due_at": rota.read_by(visit.now, visit.organisation),
    }
    questions.change(visit.tx, row.id, values)
    return True


def seer(colleague: Colleague) -> Seer:
    return Seer(colleague.id, colleague.oneself, colleague.is_lead)


def rows(tx: Tx, colleague: Colleague, now: datetime, organisation: Organisation) -> list[Row]:
    """What is theirs to answer, and nobody's, for Today; what climbed is every administrator's too."""
    if not colleague.may(*ANSWERING):
        return []
    active = [one.id for one in staff.active(tx)]
    climbed = climbs_before(now, organisation) if colleague.may(Role.ADMINISTRATOR) else None
    return [_row(one, now) for one in question_list.for_today(tx, seer(colleague), active, climbed, _MOST)]


def climbs_before(now: datetime, organisation: Organisation) -> datetime:
    """A question that was due before then is late by one more working day."""
    here = now.astimezone(organisation.zone)
    day = here.date()
    while rota.working_days_after(day - timedelta(days=1), 1, organisation) > here:
        day -= timedelta(days=1)
    return datetime.combine(day, datetime.min.time(), organisation.zone)


def _row(one: Record, now: datetime) -> Row:
    overdue = one.due_at <= now
    automatic = one.state == QuestionState.AUTOMATIC
    usual, todo = (
        (Urgency.TASK, "Check an automatic answer") if automatic else (Urgency.UNREAD, "Answer their question")
    )
    urgency = Urgency.OVERDUE if overdue else usual
    return Row(urgency, todo, one.name or "", one.due_at, f"/questions/{one.token}", overdue)


def to_climb(tx: Tx, now: datetime, organisation: Organisation, limit: int) -> list[int]:
    """Ids of those that climb now."""
    return questions.late(tx, climbs_before(now, organisation), limit)


def remind(tx: Tx, now: datetime, organisation: Organisation, question_id: int) -> int:
    """It is late, and Today shows it to administrators too: its owner hears of it once more."""
    row = questions.changed(tx, question_id, {"climbed_at": now})
    tell_owner(tx, row, now, organisation)
    return 1


def come_back(tx: Tx, now: datetime, organisation: Organisation, question_id: int) -> int:
    """The day has come for which it was put off."""
    row = questions.changed(tx, question_id, {"back_at": None})
    tell_owner(tx, row, now, organisation)
    return 1


def with_lost_answers(tx: Tx, now: datetime, limit: int) -> list[int]:
    return questions.with_lost_answers(tx, now - _ANSWERS_ARRIVE, limit)


def reopen(tx: Tx, now: datetime, organisation: Organisation, question_id: int) -> int:
    """The answer did not arrive: the question waits again."""
    values = {"state": QuestionState.OPEN, "lost": True, "climbed_at": None}
    due = {"due_at": rota.read_by(now, organisation), "answered_at": None}
    row = questions.changed(tx, question_id, values | due)
    tell_owner(tx, row, now, organisation)
    return 1
