"""Places of a project at the console: the draw, the choice, a place given back, and who came."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import event

from bank import place_list, places, projects
from bank.colleague import known
from storage import addresses, people, reach
from storage import places as kept
from storage import projects as stored
from storage.places import PlaceState
from storage.projects import PlacesBy, ProjectState
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from tests.bank import leaflet, members
from tests.bank.ashdale import MORNING
from tests.console.desk import Browser, Console
from tests.console.read import shown

both = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
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


def _project(tx: Tx, at: str) -> Record:
    project = stored.by_token(tx, at.split("/")[2])
    assert project is not None
    return project


async def standing(console: Console, at: str) -> dict[str, str]:
    """Everybody's state, by name."""

    def look(tx: Tx) -> dict[str, str]:
        project = _project(tx, at)
        return {str(people.get(tx, row.person_id).name): row.state for row in kept.in_project(tx, project.id)}

    return await console.read(look)


async def token_of(console: Console, name: str) -> str:
    def look(tx: Tx) -> Record:
        return tx.execute(people.people.select()).all()

    return next(str(row.token) for row in await console.read(look) if row.name == name)


async def decide(sam: Browser, at: str, **ticked: list[str]) -> str:
    """Tick these where people are interested, and press the button: all that is in that form is sent. What it says."""
    page = (await sam.get(at)).text
    form = page.partition('id="form-interested"')[2].partition("</form>")[0]
    shown = re.findall(r'name="shown" value="([^"]+)"', form)
    return (await sam.post(f"{at}/choose", {**ticked, "shown": shown}, page=at)).text


async def is_held(console: Console, name: str, *, only_there: bool = False) -> None:
    """Something of theirs is held for danger: they themselves, or only what came from an address of theirs."""

    def hold(tx: Tx) -> None:
        row = next(row for row in tx.execute(people.people.select()) if row.name == name)
        if only_there:
            address = members.crowd(tx, 1)[0]
            reach.join(tx, address_id=address, person_id=row.id, since=MORNING)
            addresses.change(tx, address, {"held": "danger"})
        else:
            people.change(tx, row.id, {"held": "danger"})

    await console.write(hold)


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
    await decide(sam, at, place=[asha, ben], wait=[carys])
    assert await standing(console, at) == {
        "Asha": PlaceState.PLACE,
        "Ben": PlaceState.PLACE,
        "Carys": PlaceState.WAITING,
        "Dawid": PlaceState.NOT_CHOSEN,
    }


@both
async def test_nobody_is_refused_whom_the_colleague_did_not_see(console: Console) -> None:
    at = await interested(console, places=2, places_by=PlacesBy.CHOSEN)
    await is_held(console, "Dawid")
    sam = await console.as_(Role.COORDINATOR)
    asha, dawid = await token_of(console, "Asha"), await token_of(console, "Dawid")
    await decide(sam, at, wait=[asha])
    states = await standing(console, at)
    assert (states["Ben"], states["Dawid"]) == (PlaceState.NOT_CHOSEN, PlaceState.INTERESTED)
    await sam.post(f"{at}/choose", {"place": [asha], "shown": [dawid]}, page=at)
    assert (await standing(console, at))["Dawid"] == PlaceState.INTERESTED, "nor where its token is sent"


async def test_who_is_in_another_table_decides_nothing_about_the_interested(console: Console) -> None:
    at = await interested(console, places=2, places_by=PlacesBy.CHOSEN)
    sam = await console.as_(Role.COORDINATOR)
    asha = await token_of(console, "Asha")
    await sam.post(f"{at}/choose", {"wait": [asha]}, page=at)
    waits = (await sam.get(at)).text.partition('id="form-waiting"')[2].partition("</form>")[0]
    assert "shown" not in waits
    await sam.post(f"{at}/choose", {"place": [asha]}, page=at)
    states = await standing(console, at)
    assert (states["Asha"], states["Ben"]) == (PlaceState.PLACE, PlaceState.INTERESTED)


@both
async def test_who_waits_already_keeps_their_turn_and_is_not_told_again(console: Console) -> None:
    at = await interested(console, places=1, places_by=PlacesBy.CHOSEN)
    sam = await console.as_(Role.COORDINATOR)
    asha, ben, carys = [await token_of(console, name) for name in NAMES[:3]]
    await decide(sam, at, place=[asha], wait=[ben, carys])

    def stands(tx: Tx) -> dict[str, tuple[int, bool]]:
        rows = kept.in_project(tx, _project(tx, at).id, PlaceState.WAITING)
        return {str(people.get(tx, row.person_id).name): (row.turn, row.told) for row in rows}

    def told(tx: Tx) -> None:
        for row in kept.in_project(tx, _project(tx, at).id):
            kept.change(tx, row.id, {"told": True})

    await console.write(told)
    before = await console.read(stands)
    await sam.post(f"{at}/choose", {"place": [asha], "wait": [carys, ben]}, page=at)
    assert await console.read(stands) == before
    assert before == {"Ben": (5, True), "Carys": (6, True)}


async def test_a_large_project_is_shown_and_decided_a_page_at_a_time(console: Console) -> None:
    at, now = await interested(console, places=None, places_by=PlacesBy.CHOSEN), console.clock()

    def more(tx: Tx) -> None:
        members.crowd(tx, 250, name="Erin")
        project = _project(tx, at)
        for row in tx.execute(people.people.select()).all():
            places.take(tx, project, row, now)

    await console.write(more)
    sam = await console.as_(Role.COORDINATOR)
    first = await sam.get(at)
    assert first.text.count('name="shown"') == 200
    assert "Are interested: 254" in await shown(sam, at)
    assert len(first.content) < 400_000
    assert 'rel="next"' in first.text
    second = await sam.get(f"{at}?page=2")
    assert second.text.count('name="shown"') == 54
    assert (await sam.get(f"{at}?page=99")).text.count('name="shown"') == 54, "the last there is"
    everybody = re.findall(r'name="shown" value="([^"]+)"', first.text)
    answer = await sam.post(f"{at}/choose?page=2", {"place": everybody, "wait": everybody, "shown": everybody}, page=at)
    assert "Are interested: 54" in answer.text, "the same page again"
    assert "Have a place: 200" in await shown(sam, at)


async def test_however_many_there_are_they_are_looked_up_at_once(console: Console) -> None:
    at = await interested(console, places=None, places_by=PlacesBy.FIRST)
    sam = (await console.as_(Role.COORDINATOR)).staff

    def asks(tx: Tx) -> int:
        asked: list[str] = []

        def listen(_on: Any, _cursor: Any, statement: str, *_more: Any) -> None:
            asked.append(statement)

        event.listen(tx, "before_cursor_execute", listen)
        place_list.look(tx, known(tx, sam), _project(tx, at), console.clock())
        event.remove(tx, "before_cursor_execute", listen)
        return len(asked)

    few = await console.write(asks)

    def more(tx: Tx) -> None:
        for number in range(40):
            places.take(tx, _project(tx, at), leaflet.member(tx, f"Erin {number}"), console.clock())

    await console.write(more)
    assert await console.write(asks) == few


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
        stored.change(tx, _project(tx, at).id, {"state": ProjectState.UNDER_WAY})

    await console.write(begins)
    await sam.post(f"{at}/came", {"came": [asha]}, page=at)
    assert (await standing(console, at))["Asha"] == PlaceState.TOOK_PART
    assert "Took part: 1" in await shown(sam, at)


@pytest.mark.parametrize("only_there", [False, True])
async def test_somebody_in_danger_is_counted_and_not_named(console: Console, only_there: bool) -> None:
    at = await interested(console, places=None, places_by=PlacesBy.FIRST)
    await is_held(console, "Ben", only_there=only_there)
    sam = await console.as_(Role.COORDINATOR)
    page = await shown(sam, at)
    assert "1 more is not shown to you" in page
    assert "Ben" not in page


@pytest.mark.parametrize("role", [Role.VIEWER, Role.PARTNER])
async def test_nobody_but_coordinators_finds_it(console: Console, role: Role) -> None:
    at = await interested(console, places=None, places_by=PlacesBy.FIRST)
    olu = await console.as_(role)
    assert (await olu.get(at)).status_code == 404
