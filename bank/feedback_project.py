"""The end of a project: whoever took part is asked once how it was, and how much say it felt like."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bank import audit, feedback, feedback_asking, feedback_calls, interrupting, outward
from bank.audit import Act
from bank.colleague import Colleague
from bank.handling import CannotDo
from bank.organisation import Organisation
from flows.feedback import name_of
from storage import feedback as kept
from storage import feedback_due, people, places
from storage.outbox import Priority
from storage.projects import ProjectState
from storage.schema import Record
from storage.store import Tx

_MAY = frozenset({ProjectState.UNDER_WAY, ProjectState.FINISHED, ProjectState.TOLD})


def may_ask(tx: Tx, project: Record) -> bool:
    """It has begun, and nobody was asked about it as a whole."""
    return project.state in _MAY and not kept.of_project(tx, project.id)


def ask(
    tx: Tx, colleague: Colleague, project: Record, now: datetime, organisation: Organisation, *, anonymous: bool
) -> Record:
    """Have everybody who took part be asked. Raises CannotDo where they were, or it has not begun."""
    if not may_ask(tx, project):
        raise CannotDo("Those who took part are asked already, or it has not begun.")
    more = {"anonymous": anonymous, "created_by": colleague.id}
    asked = feedback.round_for_project(tx, project, None, now, organisation, **more)
    audit.record(tx, now, Act.PROJECT_CHANGED, colleague.id, about=project.token, asked_how_it_was=[False, True])
    return asked


def to_ask(tx: Tx, now: datetime, _organisation: Organisation, limit: int) -> Sequence[int]:
    """Ids of the places of those who are still to be asked."""
    found: list[int] = []
    for asked in feedback_due.open_rounds(tx, now):
        found += feedback_due.unasked(tx, asked, name_of(asked.set_id), now, limit - len(found))
    return found


def ask_one(tx: Tx, now: datetime, organisation: Organisation, place_id: int) -> int:
    """Ask whose place this is, by text, or by a call or a letter. 0 where they cannot be asked just now."""
    place = places.get(tx, place_id)
    asked = next(row for row in kept.of_project(tx, place.project_id) if feedback.is_open(row, now))
    person = people.get(tx, place.person_id)
    address = outward.address_of(tx, person, now)
    if address is None:
        return int(feedback_calls.ask_for(tx, asked, person, now, organisation) is not None)
    visit = interrupting.visit(tx, now, organisation, address, person)
    if visit is None or feedback_asking.is_telling(visit):
        return 0
    feedback_asking.begin(visit, asked, Priority.REMINDER)
    return 1
