"""Inherited: what an older version kept in another way, put as we keep it now, at the start, until none is left."""

from __future__ import annotations

from datetime import datetime

from bank.chore import Chore
from bank.organisation import Organisation
from bank.tokens import token
from language.wording import SOURCE_LANGUAGE, base
from storage import addresses, messages_in, people, questions, tasks
from storage.questions import Asking, QuestionState
from storage.schema import Record
from storage.store import Tx
from storage.tasks import TaskKind


def _find_by_name(tx: Tx, _now: datetime, _organisation: Organisation, person_id: int) -> int:
    """From now on they are found by the parts of their name."""
    people.change(tx, person_id, {"name": people.get(tx, person_id).name})
    return 1


def _make_question(tx: Tx, now: datetime, _organisation: Organisation, task_id: int) -> int:
    """A question that was a task is a question, due when it was. The task is closed."""
    task = tasks.get(tx, task_id)
    address = addresses.get(tx, task.address_id)
    language = base(address.language or SOURCE_LANGUAGE)
    asking = Asking(task.message_id, task.address_id, task.person_id, _words(tx, task), None, language)
    questions.add(
        tx,
        asking,
        token=token(),
        state=QuestionState.OPEN,
        owner_id=address.assigned_to,
        opened_at=task.opened_at,
        due_at=task.due_at,
    )
    tasks.close(tx, task_id, now)
    return 1


def _words(tx: Tx, task: Record) -> str:
    """What was noted beside it, else the message itself."""
    return task.words or " ".join(messages_in.texts(tx, [task.message_id]))


CHORES = (
    Chore("renewed", lambda tx, _now, _whose, limit: people.not_found_by_name(tx, limit), _find_by_name),
    Chore("renewed", lambda tx, _now, _whose, limit: tasks.open_of_kind(tx, TaskKind.QUESTION, limit), _make_question),
)
