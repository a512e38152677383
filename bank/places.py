"""Places: who takes part in a project, by who came first, by a fair draw, or as a colleague chose.

The draw: each person's random name is joined to a seed, which is kept, and hashed; the smallest hashes get the places,
and the others wait in that order. Whoever has the seed can hold it again. Staff and partners are never in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bank import audit
from bank.audit import Act
from bank.colleague import Colleague
from bank.tokens import token
from storage import places, projects
from storage.people import Part
from storage.places import PlaceState
from storage.projects import PlacesBy, ProjectState
from storage.schema import Record
from storage.store import Tx

# While a project stands so, its places are given.
GOES_ON = frozenset({ProjectState.OPEN, ProjectState.UNDER_WAY})
_HAVE = frozenset({PlaceState.PLACE, PlaceState.TOOK_PART})
_UNDECIDED = (PlaceState.INTERESTED, PlaceState.WAITING)


class NotDecidable(Exception):
    """Places are not given in that way here, or were already; the message says which, in plain words."""


@dataclass(frozen=True, slots=True)
class Decided:
    """Ids of the people who got a place, of those who wait, in their order, and of those who were not chosen."""

    placed: tuple[int, ...]
    waiting: tuple[int, ...] = ()
    not_chosen: tuple[int, ...] = ()


def take(
    tx: Tx,
    project: Record,
    person: Record,
    now: datetime,
    *,
    message_id: int | None = None,
    entered_by: int | None = None,
) -> PlaceState | None:
    """Somebody wants to take part, and is told at once how they stand. None for staff and partners, who need no place.

    Of many at the same moment exactly so many get a place, and the others wait in the order in which they came.
    """
    if person.part != Part.MEMBER:
        return None
    row = places.of(tx, project.id, person.id)
    if row is not None and not _anew(row):
        return PlaceState(row.state)
    offered = row is not None and row.offered_until is not None
    state = _state_of_the_next(tx, project.id, row)
    stands: dict[str, Any] = {
        "state": state,
        "told": True,
        "offered_until": None,
        "message_id": message_id,
        "entered_by": entered_by,
        "changed_at": now,
    }
    if row is None:
        turn = places.last_turn(tx, project.id) + 1
        places.add(tx, project_id=project.id, person_id=person.id, turn=turn, at=now, **stands)
    else:
        turn = row.turn if offered else places.last_turn(tx, project.id) + 1
        places.change(tx, row.id, {**stands, "turn": turn})
    return state


def _anew(row: Record) -> bool:
    """A yes changes something: a place is offered to them, they had given theirs up, or were not chosen."""
    return row.offered_until is not None or row.state in {PlaceState.GIVEN_UP, PlaceState.NOT_CHOSEN}


def _state_of_the_next(tx: Tx, project_id: int, row: Record | None) -> PlaceState:
    """How somebody stands who says yes now; `row` is how they stood before. Who was not chosen is chosen, or is not."""
    project = projects.get(tx, project_id)
    if row is not None and row.offered_until is not None:
        return PlaceState.PLACE if _has_room(tx, project, kept=1) else PlaceState.WAITING
    refused = row is not None and row.state == PlaceState.NOT_CHOSEN
    undrawn = project.places_by == PlacesBy.DRAW and not _is_decided(tx, project)
    if project.places_by == PlacesBy.CHOSEN or refused or undrawn:
        return PlaceState.INTERESTED
    if project.places is None:
        return PlaceState.PLACE
    room = _has_room(tx, project) and not places.in_line(tx, project_id)
    return PlaceState.PLACE if room else PlaceState.WAITING


def _has_room(tx: Tx, project: Record, kept: int = 0) -> bool:
    """A place is free; `kept` are those that are kept for who asks."""
    return project.places is None or places.taken(tx, project.id) - kept < project.places


def _is_decided(tx: Tx, project: Record) -> bool:
    return project.draw_seed is not None or places.decided(tx, project.id) > 0


def give_up(tx: Tx, project_id: int, person_id: int, now: datetime, *, entered_by: int | None = None) -> bool:
    """They do not want to take part, or not any more. True where a place is free by that."""
    row = places.of(tx, project_id, person_id)
    if row is None or row.state in {PlaceState.GIVEN_UP, PlaceState.TOOK_PART}:
        return False
    had = row.state == PlaceState.PLACE or row.offered_until is not None
    _let_go(tx, row.id, now, entered_by=entered_by)
    return had


def _let_go(tx: Tx, place_id: int, now: datetime, **more: Any) -> None:
    changed = {"state": PlaceState.GIVEN_UP, "offered_until": None, "told": True, "changed_at": now, **more}
    places.change(tx, place_id, changed)


def offer(tx: Tx, place_id: int, until: datetime, now: datetime) -> bool:
    """A free place is kept for who is next in line until then. False where none is free any more."""
    row = places.get(tx, place_id)
    project = projects.get(tx, row.project_id)
    if row.state != PlaceState.WAITING or project.state not in GOES_ON or not _has_room(tx, project):
        return False
    places.change(tx, place_id, {"offered_until": until, "changed_at": now})
    return True


def lapse(tx: Tx, place_id: int, now: datetime) -> None:
    """They did not take it in time, or have left the bank."""
    _let_go(tx, place_id, now)


def is_one_of_few(tx: Tx, project: Record, person_id: int) -> bool:
    """Theirs, or kept for them, is a place that somebody else could have."""
    row = places.of(tx, project.id, person_id)
    theirs = row is not None and (row.state == PlaceState.PLACE or row.offered_until is not None)
    return theirs and project.places is not None


def has_none(tx: Tx, project_id: int, person_id: int) -> bool:
    """They neither have a place nor wait for one."""
    row = places.of(tx, project_id, person_id)
    return row is None or row.state in {PlaceState.GIVEN_UP, PlaceState.NOT_CHOSEN}


def order(seed: str, tokens: Iterable[str]) -> list[str]:
    """People's random names in the order in which they are drawn with this seed."""
    return sorted(tokens, key=lambda name: hashlib.sha256(f"{seed}:{name}".encode()).hexdigest())


def draw(tx: Tx, colleague: Colleague, project: Record, now: datetime, seed: str | None = None) -> Decided:
    """Draw who gets a place, by chance, for everybody to be told. Raises NotDecidable."""
    project = projects.get(tx, project.id)
    if project.places_by != PlacesBy.DRAW or project.places is None:
        raise NotDecidable("Places are not drawn in this project")
    if project.draw_seed is not None:
        raise NotDecidable("The draw was held already")
    inside = {row.token: row for row in places.with_people(tx, project.id, PlaceState.INTERESTED)}
    if not inside:
        raise NotDecidable("Nobody has said that they are interested")
    seed = seed or token()
    projects.change(tx, project.id, {"draw_seed": seed, "changed_at": now})
    drawn = [inside[name] for name in order(seed, inside)]
    # Who waits already, from before places were drawn here, comes before those who are drawn now.
    free = max(project.places - places.taken(tx, project.id) - places.in_line(tx, project.id), 0)
    found = Decided(_ids(drawn[:free]), _ids(drawn[free:]))
    last = places.last_turn(tx, project.id)
    for number, row in enumerate(drawn, 1):
        state = PlaceState.PLACE if number <= free else PlaceState.WAITING
        _decide(tx, row, state, colleague, now, turn=last + number)
    _record(tx, colleague, project, found, now, seed=seed)
    return found


def choose(
    tx: Tx,
    colleague: Colleague,
    project: Record,
    person_ids: Collection[int],
    now: datetime,
    waiting: Collection[int] = (),
    shown: Collection[int] = (),
) -> Decided:
    """These people get a place, those wait in this order, and the others are not chosen.

    The others: who is interested, of the people who were `shown` to the colleague. Who waits already keeps their turn.
    Everybody about whom it is decided is told. Raises NotDecidable.
    """
    project = projects.get(tx, project.id)
    if project.places_by == PlacesBy.DRAW and project.draw_seed is None:
        raise NotDecidable("Places are drawn in this project: hold the draw first")
    inside = {row.person_id: row for row in places.with_people(tx, project.id, *_UNDECIDED, PlaceState.NOT_CHOSEN)}
    picked = [one for one in dict.fromkeys(person_ids) if one in inside]
    if project.places is not None and places.taken(tx, project.id) + len(picked) > project.places:
        raise NotDecidable("There are not so many places")
    stay = [one for one in dict.fromkeys(waiting) if one in inside and one not in picked]
    line = [one for one in stay if inside[one].state != PlaceState.WAITING]
    interested = [one for one in dict.fromkeys(shown) if one in inside and inside[one].state == PlaceState.INTERESTED]
    others = [one for one in interested if one not in picked and one not in line]
    for person_id in picked:
        _decide(tx, inside[person_id], PlaceState.PLACE, colleague, now)
    for turn, person_id in enumerate(line, places.last_turn(tx, project.id) + 1):
        _decide(tx, inside[person_id], PlaceState.WAITING, colleague, now, turn=turn)
    for person_id in others:
        _decide(tx, inside[person_id], PlaceState.NOT_CHOSEN, colleague, now)
    found = Decided(tuple(picked), tuple(line), tuple(others))
    _record(tx, colleague, project, found, now)
    return found


def _ids(rows: Iterable[Record]) -> tuple[int, ...]:
    return tuple(int(row.person_id) for row in rows)


def _decide(tx: Tx, row: Record, state: PlaceState, colleague: Colleague, now: datetime, **more: Any) -> None:
    """It stands so from now on, and they are to be told."""
    decided = {"state": state, "decided_by": colleague.id, "told": False, "offered_until": None, "changed_at": now}
    places.change(tx, row.id, {**decided, **more})


def _record(tx: Tx, colleague: Colleague, project: Record, found: Decided, now: datetime, **more: Any) -> None:
    numbers = {"placed": len(found.placed), "waiting": len(found.waiting), "not_chosen": len(found.not_chosen)}
    audit.record(tx, now, Act.PLACES_DECIDED, colleague.id, about=project.token, **numbers, **more)


def stands(tx: Tx, project: Record, state: PlaceState | None) -> str:
    """How it is told to somebody who has just said yes, as flows.placed.PLACED has it."""
    if state in _HAVE:
        return "place"
    if state is PlaceState.WAITING:
        return "waiting"
    if state is not PlaceState.INTERESTED or _is_decided(tx, projects.get(tx, project.id)):
        return "noted"
    if project.places_by == PlacesBy.DRAW and project.places is not None:
        return "draw"
    return "chosen" if project.places_by == PlacesBy.CHOSEN else "noted"
