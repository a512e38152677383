"""Promise 22: many say yes at the same moment. Exactly so many get a place, and the others wait in an order."""

from __future__ import annotations

import asyncio
from collections import Counter
from itertools import cycle

from bank import places
from bank.tokens import token
from storage import people, projects
from storage import places as kept
from storage.places import PlaceState
from storage.projects import PlacesBy, ProjectKind, ProjectState, Rung
from storage.schema import Record
from storage.store import Store, Tx
from tests.bank.ashdale import MORNING
from tests.bank.members import crowd

MANY, PLACES = 100, 10


def a_project(tx: Tx) -> Record:
    return projects.add(
        tx,
        token=token(),
        kind=ProjectKind.PROJECT,
        state=ProjectState.OPEN,
        words={"title": {"en": "Home care leaflet"}},
        paid=False,
        rung=Rung.CO_DESIGN,
        ways=[],
        topics=[],
        districts=[],
        places=PLACES,
        places_by=PlacesBy.FIRST,
        created_at=MORNING,
        changed_at=MORNING,
    )


def everybody(tx: Tx) -> list[Record]:
    crowd(tx, MANY)
    return list(tx.execute(people.people.select().order_by(people.people.c.id)))


async def test_promise_22_many_yes_at_once_get_exactly_so_many_places(stores: list[Store]) -> None:
    store = stores[0]
    project, members = await store.write(a_project), await store.write(everybody)
    stood = await asyncio.gather(
        *(
            own.write(lambda tx, who=one: places.take(tx, project, who, MORNING))  # type: ignore[misc]
            for own, one in zip(cycle(stores), members, strict=False)
        )
    )
    assert Counter(stood) == {PlaceState.PLACE: PLACES, PlaceState.WAITING: MANY - PLACES}
    rows = await store.read(lambda tx: kept.in_project(tx, project.id))
    assert [row.turn for row in rows] == list(range(1, MANY + 1))
    assert [row.state for row in rows] == ["place"] * PLACES + ["waiting"] * (MANY - PLACES)


async def test_promise_22_places_given_up_and_taken_at_once_are_never_too_many(stores: list[Store]) -> None:
    store = stores[0]
    project, members = await store.write(a_project), await store.write(everybody)
    for one in members[: PLACES + 5]:
        await store.write(lambda tx, who=one: places.take(tx, project, who, MORNING))  # type: ignore[misc]
    give = [(own, one) for own, one in zip(cycle(stores), members[:5], strict=False)]
    come = [(own, one) for own, one in zip(cycle(stores), members[PLACES + 5 : PLACES + 25], strict=False)]
    await asyncio.gather(
        *(own.write(lambda tx, who=one: places.give_up(tx, project.id, who.id, MORNING)) for own, one in give),  # type: ignore[misc]
        *(own.write(lambda tx, who=one: places.take(tx, project, who, MORNING)) for own, one in come),  # type: ignore[misc]
    )
    counts = await store.read(lambda tx: kept.counts(tx, project.id))
    assert counts["place"] == PLACES - 5
    assert counts["given_up"] == 5
    assert len(await store.read(lambda tx: kept.next_in_line(tx, 10))) == 1
