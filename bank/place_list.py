"""The list of places: who wants to take part in a project and how each stands, as a colleague sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bank import audit, places
from bank.audit import Act
from bank.colleague import Colleague
from storage import people
from storage import places as kept
from storage.places import PlaceState
from storage.projects import ProjectState
from storage.schema import Record
from storage.store import Tx

# In the order of the page.
ORDER = (
    PlaceState.PLACE,
    PlaceState.INTERESTED,
    PlaceState.WAITING,
    PlaceState.TOOK_PART,
    PlaceState.NOT_CHOSEN,
    PlaceState.GIVEN_UP,
)
_MAY_HAVE_COME = frozenset({ProjectState.UNDER_WAY, ProjectState.FINISHED})


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody of a project. `token` and `name` are theirs; until `offered_until` a free place is kept for them."""

    token: str
    name: str
    state: PlaceState
    turn: int
    told: bool
    offered_until: datetime | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Everybody:
    """All of a project. `hidden`: how many this colleague may not see; `free`: places left, None without a limit."""

    people: tuple[Listed, ...]
    hidden: int
    free: int | None

    def standing(self, state: PlaceState) -> list[Listed]:
        return [one for one in self.people if one.state == state]


def look(tx: Tx, colleague: Colleague, project: Record, now: datetime) -> Everybody:
    """Who is in it; the look is on record."""
    rows = kept.in_project(tx, project.id)
    found: list[Listed] = []
    hidden = 0
    for row in rows:
        person = people.get(tx, row.person_id)
        if not colleague.sees(person_id=person.id, held=person.held):
            hidden += 1
            continue
        stands = PlaceState(row.state), row.turn, row.told, row.offered_until, row.at
        found.append(Listed(person.token, person.name or "", *stands))
    audit.record(tx, now, Act.SAW_ANSWERS, colleague.id, about=project.token, people=len(found))
    free = None if project.places is None else max(project.places - kept.taken(tx, project.id), 0)
    return Everybody(tuple(found), hidden, free)


def give_up(tx: Tx, colleague: Colleague, project: Record, person: Record, now: datetime) -> None:
    """They told a colleague that they do not want it, or not any more: it goes on to the next in line."""
    places.give_up(tx, project.id, person.id, now, entered_by=colleague.id)
    told = {"person_id": person.id, "about": project.token}
    audit.record(tx, now, Act.ANSWER_ENTERED, colleague.id, answer="no", **told)


def took_part(tx: Tx, colleague: Colleague, project: Record, tokens: frozenset[str], now: datetime) -> int:
    """Of those who had a place, these came: they are told what came of it. Returns how many that are.

    Raises NotDecidable while it has not begun.
    """
    if project.state not in _MAY_HAVE_COME:
        raise places.NotDecidable("The project has not begun")
    came = [row for row in kept.with_people(tx, project.id, PlaceState.PLACE) if row.token in tokens]
    for row in came:
        kept.change(tx, row.id, {"state": PlaceState.TOOK_PART, "told": True, "changed_at": now})
    audit.record(tx, now, Act.PLACES_DECIDED, colleague.id, about=project.token, took_part=len(came))
    return len(came)
