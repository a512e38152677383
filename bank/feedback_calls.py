"""Who does not text is asked by a call or a letter how it was; a colleague types in what they answer."""

from __future__ import annotations

from datetime import datetime

from bank import feedback, meeting_facts, project_facts, rota
from bank.organisation import Organisation
from bank.tokens import token
from flows.felt import FELT
from flows.question_set import Kind, Question, said_in
from language.wording import SOURCE_LANGUAGE
from storage import meetings, picking, projects, tasks
from storage.picking import Terms, Way
from storage.schema import Record
from storage.store import Tx
from storage.tasks import TaskKind

_KINDS = {Way.CALL.value: TaskKind.CALL, Way.LETTER.value: TaskKind.LETTER}
_DO = {
    TaskKind.CALL: "Ring them and ask how it was: {about}. They need not answer, and may leave any question out.",
    TaskKind.LETTER: "Print this and send it to them: how was it? {about}. They may leave any question out.",
}
_WORKING_DAYS = 5
_ENTERED = "What they said is entered."


def ask_for(tx: Tx, asked: Record, person: Record, now: datetime, organisation: Organisation) -> TaskKind | None:
    """Have them rung or written to, with the questions in their language. None: nobody can reach them."""
    ways = picking.ways_of(tx, [person.id], Terms(now, 0, leave_out_capped=False))
    kind = _KINDS.get(ways[person.id].way) if person.id in ways else None
    if kind is None:
        return None
    due = rota.working_days_after(now.astimezone(organisation.zone).date(), _WORKING_DAYS, organisation)
    tasks.add(
        tx,
        token=token(),
        kind=kind,
        person_id=person.id,
        round_id=asked.id,
        words=_words(tx, kind, asked, person, organisation),
        owner=organisation.owners.get(kind),
        opened_at=now,
        due_at=min(due, asked.closes_at) if asked.closes_at is not None else due,
    )
    return kind


def _words(tx: Tx, kind: TaskKind, asked: Record, person: Record, organisation: Organisation) -> str:
    language = person.language or SOURCE_LANGUAGE
    questions = feedback.questions_of(tx, asked).questions
    lines = (_asked_aloud(number, one, language, organisation) for number, one in enumerate(questions, 1))
    return "\n".join((_DO[kind].format(about=_about(tx, asked, language, organisation)), "", *lines))


def _about(tx: Tx, asked: Record, language: str, organisation: Organisation) -> str:
    if asked.meeting_id is None:
        return project_facts.said(projects.get(tx, asked.project_id), "title", language)
    told = meeting_facts.facts(meetings.get(tx, asked.meeting_id), language, organisation)
    return f"{told['meeting']}, {told['day']}"


def _asked_aloud(number: int, question: Question, language: str, organisation: Organisation) -> str:
    choices = [said_in(choice, language) for choice in question.choices]
    if question.kind is Kind.RUNG:
        choices = [organisation.catalogs.render(label, language, {}) for label in FELT.values()]
    return "\n".join((f"{number}. {said_in(question.words, language)}", *(f"- {choice}" for choice in choices)))


def close(tx: Tx, asked: Record, person_id: int, colleague_id: int, now: datetime) -> None:
    """What they said is entered: nobody needs to ask them any more."""
    for task in tasks.open_of(tx, person_id):
        if task.round_id == asked.id:
            tasks.change(tx, task.id, {"closed_at": now, "closed_by": colleague_id, "result": _ENTERED})
