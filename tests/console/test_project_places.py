"""Places of a project at the console: the draw, the choice, a place given back, and who came."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bank import places, projects
from storage import people
from storage import places as kept
from storage import projects as stored
from storage.places import PlaceState
from storage.projects import PlacesBy, ProjectState
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from tests.bank import leaflet
from tests.console.desk import Browser, Console

NAMES = ("Asha", "Ben", "Carys", "Dawid")


async def interested(console: Console, **other: Any) -> str:
    """Four people want to take part in the leaflet; the address of its places."""
    now = console.clock()

    def story(tx: Tx) -> str:
        sam = leaflet.hired(tx, "Sam")
        project = projects.add(tx, sam, leaflet.but(**other), now)
        stored.change(tx, project.id, {"state": ProjectState.OPEN})
        for name in NAMES:
            places.take(tx, stored.get(tx, project.id), leaflet.member(tx, name), now)
        return f"/projects/{project.token}/places"

    return await console.write(story)


async def standing(console: Console, at: str) -> dict[str, str]:
    """Everybody's state, by name."""

    def look(tx: Tx) -> dict[str, str]:
        project = stored.by_token(tx, at.split("/")[2])
        assert project is not None
        return {str(people.get(tx, row.person_id).name): row.state for row in kept.in_project(tx, project.id)}

    return await console.read(look)


async def token_of(console: Console, name: str) -> str:
    def look(tx: Tx) -> Record:
        return tx.execute(people.people.select()).all()

    return next(str(row.token) for row in await console.read(look) if row.name == name)


async def shown(sam: Browser, at: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", (await sam.get(at)).text).split())


async def test_the_draw_is_held_once_and_its_word_is_shown(console: Console) -> None:
    at = await interested(console, places=2, places_by=PlacesBy.DRAW)
    sam = await console.as_(Role.COORDINATOR)
    assert "Are interested: 4" in await shown(sam, at)
    page = (await sam.post(f"{at}/draw", page=at)).text
    assert "The draw was held. The word it was held with is" in page
    states = (await standing(console, at)).values()
    assert sorted(states) == [PlaceState.PLACE] * 2 + [PlaceState.WAITING] * 2
    again = await sam.post(f"{at}/draw", page=at)
    assert "The draw was held already" in again.text


async def test_those_who_are_ticked_get_a_place_and_the_others_a_kind_no(console: Console) -> None:
    at = await interested(console, places=2, places_by=PlacesBy.CHOSEN)
    sam = await console.as_(Role.COORDINATOR)
    asha, ben, carys = [await token_of(console, name) for name in NAMES[:3]]
    assert "Tick at least one person" in (await sam.post(f"{at}/choose", page=at)).text
    too_many: dict[str, str | list[str]] = {"place": [asha, ben, carys]}
    assert "There are not so many places" in (await sam.post(f"{at}/choose", too_many, page=at)).text
    await sam.post(f"{at}/choose", {"place": [asha, ben], "wait": [carys]}, page=at)
    assert await standing(console, at) == {
        "Asha": PlaceState.PLACE,
        "Ben": PlaceState.PLACE,
        "Carys": PlaceState.WAITING,
        "Dawid": PlaceState.NOT_CHOSEN,
    }


async def test_a_place_that_is_given_back_is_free_and_the_page_says_so(console: Console) -> None:
    at = await interested(console, places=2, places_by=PlacesBy.FIRST)
    sam = await console.as_(Role.COORDINATOR)
    assert "There are 2 places, and 0 are free" in await shown(sam, at)
    await sam.post(f"{at}/give-up", {"person": await token_of(console, "Asha")}, page=at)
    assert "and 1 is free" in await shown(sam, at)
    assert (await standing(console, at))["Asha"] == PlaceState.GIVEN_UP
    assert (await sam.post(f"{at}/give-up", {"person": "nobody"}, page=at)).status_code == 404


async def test_who_came_is_ticked_once_it_has_begun(console: Console) -> None:
    at = await interested(console, places=None, places_by=PlacesBy.FIRST)
    sam = await console.as_(Role.COORDINATOR)
    asha = await token_of(console, "Asha")
    assert "The project has not begun" in (await sam.post(f"{at}/came", {"came": [asha]}, page=at)).text

    def begins(tx: Tx) -> None:
        project = stored.by_token(tx, at.split("/")[2])
        assert project is not None
        stored.change(tx, project.id, {"state": ProjectState.UNDER_WAY})

    await console.write(begins)
    await sam.post(f"{at}/came", {"came": [asha]}, page=at)
    assert (await standing(console, at))["Asha"] == PlaceState.TOOK_PART
    assert "Took part: 1" in await shown(sam, at)


async def test_somebody_in_danger_is_counted_and_not_named(console: Console) -> None:
    at = await interested(console, places=None, places_by=PlacesBy.FIRST)

    def is_held(tx: Tx) -> None:
        rows = [row for row in tx.execute(people.people.select()) if row.name == "Ben"]
        people.change(tx, rows[0].id, {"held": "danger"})

    await console.write(is_held)
    sam = await console.as_(Role.COORDINATOR)
    page = await shown(sam, at)
    assert "1 more is not shown to you" in page
    assert "Ben" not in page


@pytest.mark.parametrize("role", [Role.VIEWER, Role.PARTNER])
async def test_nobody_but_coordinators_finds_it(console: Console, role: Role) -> None:
    at = await interested(console, places=None, places_by=PlacesBy.FIRST)
    olu = await console.as_(role)
    assert (await olu.get(at)).status_code == 404
