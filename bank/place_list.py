"""The list of places: who wants to take part in a project and how each stands, as a colleague sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bank import audit, people, places
from bank.audit import Act
from bank.colleague import Colleague
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
AT_ONCE = 200
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
    """One page of all of a project: `page` of `pages`.

    `counts`: how many stand so, on all pages; `hidden`: how many this colleague may not see; `free`: places left, None
    without a limit.
    """

    people: tuple[Listed, ...]
    counts: Mapping[str, int]
    page: int
    pages: int
    hidden: int
    free: int | None

    def standing(self, state: PlaceState) -> list[Listed]:
        return [one for one in self.people if one.state == state]


def look(tx: Tx, colleague: Colleague, project: Record, now: datetime, page: int = 1) -> Everybody:
    """Who is in it, AT_ONCE on a page; a page after the last is the last. The look is on record."""
    unseen = people.unseen(tx, colleague)
    counts = kept.counts(tx, project.id, unseen)
    pages = max(-(-sum(counts.values()) // AT_ONCE), 1)
    page = min(page, pages)
    rows = kept.listed(tx, project.id, ORDER, unseen, AT_ONCE, (page - 1) * AT_ONCE)
    audit.record(tx, now, Act.SAW_ANSWERS, colleague.id, about=project.token, people=len(rows))
    hidden = sum(kept.counts(tx, project.id).values()) - sum(counts.values())
    free = None if project.places is None else max(project.places - kept.taken(tx, project.id), 0)
    return Everybody(tuple(map(_listed, rows)), counts, page, pages, hidden, free)


def _listed(row: Record) -> Listed:
    return Listed(row.token, row.name or "", PlaceState(row.state), row.turn, row.told, row.offered_until, row.at)


def ids(tx: Tx, colleague: Colleague, project: Record) -> dict[str, int]:
    """Ids, by token, of everybody in it whom this colleague may see."""
    unseen = people.unseen(tx, colleague)
    rows = kept.with_people(tx, project.id, *ORDER)
    return {row.token: row.person_id for row in rows if row.person_id not in unseen}


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
    seen = ids(tx, colleague, project)
    came = [row for row in kept.with_people(tx, project.id, PlaceState.PLACE) if row.token in tokens & seen.keys()]
    for row in came:
        kept.change(tx, row.id, {"state": PlaceState.TOOK_PART, "told": True, "changed_at": now})
    audit.record(tx, now, Act.PLACES_DECIDED, colleague.id, about=project.token, took_part=len(came))
    return len(came)
