"""Waiting: the items that were raised for a person, as Today shows them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from bank import audit, rota
from bank.audit import Act
from bank.colleague import Colleague
from bank.organisation import Organisation
from bank.question_rota import ANSWERING
from bank.threads import eyes
from bank.to_do import Row, Urgency
from storage import task_list, tasks
from storage.schema import Record
from storage.store import Tx
from storage.tasks import TaskKind

# What a person is to do about each kind, and how urgent it is.
WHAT_TO_DO: Mapping[str, tuple[Urgency, str]] = {
    TaskKind.READ: (Urgency.UNREAD, "Read what they wrote"),
    TaskKind.CALL: (Urgency.TASK, "Ring them"),
    TaskKind.UNDER_18: (Urgency.TASK, "Somebody under 18 wrote: read it"),
    TaskKind.WRONG_PERSON: (Urgency.TASK, "A wrong number: read it"),
    TaskKind.BEREAVEMENT: (Urgency.UNREAD, "Somebody has died: write with care"),
    TaskKind.LANGUAGE: (Urgency.TASK, "Find somebody who speaks their language"),
    TaskKind.CARE: (Urgency.TASK, "Pass on a trouble with care"),
    TaskKind.PLAIN: (Urgency.TASK, "They asked for easier words"),
    TaskKind.LETTER: (Urgency.TASK, "Write them a letter"),
    TaskKind.PRINT: (Urgency.TASK, "Print something for them"),
    TaskKind.SIGN_UP: (Urgency.TASK, "A paper form gives a member's number: find out"),
}
# Those that are equally urgent, together: many of one sort never push another off the page.
_ALIKE = [
    frozenset(TaskKind(kind) for kind, (one, _todo) in WHAT_TO_DO.items() if one is urgency) for urgency in Urgency
]
_MOST = 200
# Nobody waits longer than this, in working hours, until somebody has read what they wrote.
_READ_WITHIN = timedelta(hours=1)


def rows(tx: Tx, colleague: Colleague, now: datetime, organisation: Organisation) -> list[Row]:
    """Open items that they may see, for those who may do something about them."""
    if not colleague.may(*ANSWERING):
        return []
    items = [one for kinds in _ALIKE if kinds for one in task_list.waiting(tx, eyes(colleague), kinds, _MOST)]
    return [_row(one, now, organisation) for one in items]


def may_see(colleague: Colleague, item: Record, seen: Collection[int]) -> bool:
    """Whether they may see this item; `seen` has the ids of the addresses at which they may look."""
    is_theirs = all(colleague.sees(person_id=item.person_id, held=held) for held in (item.held, item.person_held))
    return is_theirs and (item.address_id is None or item.address_id in seen)


def alone(tx: Tx, colleague: Colleague, token: str, now: datetime) -> Record | None:
    """What is to be done about a message that has no thread, as it could not be taken in; None where it has one.

    It is recorded that they looked.
    """
    item = tasks.called(tx, token)
    if item is None or item.address_id is not None or item.closed_at is not None or item.kind not in WHAT_TO_DO:
        return None
    if not colleague.sees(person_id=item.person_id, held=None):
        return None
    audit.record(tx, now, Act.SAW_THREAD, colleague.id, person_id=item.person_id, about=item.token)
    return item


def close_alone(tx: Tx, colleague: Colleague, token: str, now: datetime) -> bool:
    """They have read it. False where there was nothing of that name."""
    item = alone(tx, colleague, token, now)
    if item is None:
        return False
    tasks.change(tx, item.id, {"closed_at": now, "closed_by": colleague.id})
    audit.record(tx, now, Act.TASK_CLOSED, colleague.id, person_id=item.person_id, about=item.token, kind=item.kind)
    return True


def is_overdue(item: Record, now: datetime, organisation: Organisation) -> bool:
    """It is due, or nobody has read it within a working hour."""
    unread = item.kind == TaskKind.READ and rota.after_working(item.opened_at, _READ_WITHIN, organisation) <= now
    return unread or item.due_at <= now


def _row(item: Record, now: datetime, organisation: Organisation) -> Row:
    urgency, todo = WHAT_TO_DO[item.kind]
    return Row(urgency, todo, item.name or "", item.due_at, where(item), is_overdue(item, now, organisation))


def where(item: Record) -> str:
    """What somebody wrote is read in its thread, if it has one: not what we could not take in. The rest are tasks."""
    if item.kind != TaskKind.READ:
        return f"/tasks/{item.token}"
    return f"/inbox/{item.address_token}" if item.address_token else f"/inbox/alone/{item.token}"
