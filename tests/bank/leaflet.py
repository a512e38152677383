"""The home care leaflet: a project of Ashdale's, the colleague and the member who lead it, and what is told of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from bank import project_team, projects, terms
from bank.colleague import Colleague, known
from bank.projects import Draft
from bank.tokens import token
from storage import broadcasts, codes, people, staff
from storage import projects as kept
from storage.approvals import Subject
from storage.broadcasts import BroadcastKind, BroadcastState
from storage.outbox import Priority
from storage.people import PersonState
from storage.projects import ProjectKind, Rung
from storage.schema import Record
from storage.staff import Role, StaffState
from storage.store import Tx
from tests.bank.ashdale import ASHDALE, MORNING

WORDS = {
    "title": {"en": "Home care leaflet", "pl": "Ulotka o opiece"},
    "aim": {"en": "We will write a leaflet that is easy to read.", "pl": "Napiszemy prostą ulotkę."},
    "involves": {"en": "You read drafts and tell us what to change."},
    "time": {"en": "Two hours, three times"},
    "payment": {"en": "£20 for each meeting"},
    "expenses": {"en": "We pay your bus fare."},
    "place": {"en": "Oak Hall, by Aldi"},
}
LEAFLET = Draft(
    WORDS,
    kind=ProjectKind.GROUP,
    rung=Rung.CO_DESIGN,
    paid=True,
    payment=2000,
    ways=("in_person",),
    topics=("home_care",),
    districts=("AS1",),
    starts_on=date(2026, 12, 3),
    ends_on=date(2027, 2, 26),
)


def but(**other: Any) -> Draft:
    """The leaflet, with something written otherwise: words by their name (by language), or a field."""
    words = {name: given for name, given in other.items() if isinstance(given, dict)}
    fields = {name: given for name, given in other.items() if name not in words}
    return replace(LEAFLET, words={**WORDS, **words}, **fields)


def hired(tx: Tx, name: str, *roles: Role) -> Colleague:
    row = staff.add(
        tx,
        token=token(),
        name=name,
        login=name.casefold(),
        state=StaffState.ACTIVE,
        last_step=0,
        created_at=MORNING,
    )
    staff.give(tx, row.id, roles or [Role.COORDINATOR])
    return again(tx, row.id)


def again(tx: Tx, staff_id: int) -> Colleague:
    """As they may do things now."""
    return known(tx, staff.get(tx, staff_id))


def member(tx: Tx, name: str = "Asha", **about: Any) -> Record:
    given = {"state": PersonState.MEMBER, "language": "en", "joined_at": MORNING} | about
    return people.add(tx, token=token(), name=name, **given)


def led(tx: Tx, sam: Colleague, person: Record | None, draft: Draft = LEAFLET, now: datetime = MORNING) -> Record:
    """A draft that Sam leads with this member; alone, with a reason, where there is none."""
    row = projects.add(tx, sam, draft, now)
    why = "" if person is not None else "Nobody has come forward yet"
    named = person.token if person is not None else ""
    assert project_team.name_chairs(tx, sam, row, sam.token, named, why, now) is None
    return kept.get(tx, row.id)


def opened(tx: Tx, sam: Colleague, person: Record | None, draft: Draft = LEAFLET) -> Record:
    return projects.open_(tx, sam, led(tx, sam, person, draft), MORNING, ASHDALE)


def broadcast(tx: Tx, by: Colleague, project: Record | None, kind: BroadcastKind, **other: Any) -> Record:
    """One that says who wrote it, for which project; nobody was told anything yet."""
    written: dict[str, Any] = {
        "token": token(),
        "words": {"en": "{council}: help us with {project}, {name}. {stop}"},
        "priority": Priority.BULK,
        "due_at": MORNING,
        "created_at": MORNING,
        "kind": kind,
        "project_id": project.id if project is not None else None,
        "staff_id": by.id,
    }
    row_id = broadcasts.add(tx, **written | other)
    broadcasts.change(tx, row_id, {"state": BroadcastState.DRAFT})
    return broadcasts.get(tx, row_id)


def agreement(tx: Tx, by: Colleague, project: Record, text: str = "We meet on Thursdays.") -> Record:
    return terms.write(tx, by, project, Subject.TERMS, {"en": text}, MORNING)


def of_code(tx: Tx, code: str) -> Record | None:
    """The project that people hear about by that word, whatever its state."""
    known = codes.find(tx, code)
    return kept.by_code(tx, known.id) if known is not None else None
