"""Who came to a meeting, ticked at the console: on the day, after it, walk-ins, and the list that comes of it."""

from __future__ import annotations

import re

import pytest

from bank import spreadsheet
from storage import people, rsvps
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from tests.bank import leaflet, well_attended
from tests.console.desk import Browser, Console
from tests.console.meeting_pages import carers_space, goes_by
from tests.console.read import said, shown


async def came(console: Console, row: Record) -> dict[str, bool | None]:
    def look(tx: Tx) -> dict[str, bool | None]:
        return {str(people.get(tx, one.person_id).name): one.came for one in rsvps.in_meeting(tx, row.id)}

    return await console.read(look)


async def ticks(sam: Browser, at: str, *names: str) -> str:
    """Open the page, have these ticked and no others, and press the button: what the next page says."""
    page = (await sam.get(at)).text
    form = page.partition('id="came"')[2].partition("</form>")[0]
    boxes = dict(re.findall(r'name="came" type="checkbox" value="([^"]+)".*?<bdi>([^<]+)</bdi>', form, re.DOTALL))
    fields = {name: re.findall(f'name="{name}" value="([^"]+)"', form) for name in ("shown", "before")}
    chosen = [token for token, name in boxes.items() if name in names]
    assert len(chosen) == len(names)
    return said((await sam.post(at, {**fields, "came": chosen}, page=at)).text)


async def test_before_its_day_there_is_nothing_to_tick(console: Console) -> None:
    row = await carers_space(console)
    sam, at = await console.as_(Role.COORDINATOR), f"/meetings/{row.token}/attend"
    assert "You can tick who came from Thursday 3 December." in await shown(sam, at)
    answer = await sam.post(at, page=at)
    assert (answer.status_code, "Nobody can have come yet" in answer.text) == (400, True)
    assert set((await came(console, row)).values()) == {None}


async def test_who_came_is_ticked_the_day_after_and_can_be_changed(console: Console) -> None:
    row = await carers_space(console)
    await goes_by(console, row)
    sam, at = await console.as_(Role.COORDINATOR), f"/meetings/{row.token}/attend"
    assert "Tick who came to this meeting" in await shown(sam, "/")
    page = await ticks(sam, at, "Asha Begum", "Erin")
    assert "It is kept who came." in page
    for told in ("Said yes 3", "Came 2", "Here for the first time 2", "Said yes, and did not come 2"):
        assert told in page, told
    assert "Tick who came to this meeting" not in await shown(sam, "/")
    await ticks(sam, at, "Asha Begum", "Ben")
    states = await came(console, row)
    assert (states["Asha Begum"], states["Ben"], states["Erin"], states["Femi"]) == (True, True, False, None)


async def test_who_walked_in_is_found_by_name_and_added(console: Console) -> None:
    row = await carers_space(console)
    await console.write(lambda tx: leaflet.member(tx, "Ivy Stone"))
    await goes_by(console, row)
    sam, at = await console.as_(Role.COORDINATOR), f"/meetings/{row.token}/attend"
    found = (await sam.post(f"{at}/find", {"name": "Ivy"}, page=at)).text
    assert "Ivy Stone" in said(found)
    (person,) = re.findall(r'name="person" type="radio" value="([^"]+)"', found)
    page = said((await sam.post(f"{at}/walk-in", {"person": person}, page=at)).text)
    assert "They are on the list of who came." in page
    assert "Walked in 1" in page
    nobody = await sam.post(f"{at}/find", {"name": "Zebedee"}, page=at)
    assert "Nobody fits." in nobody.text
    mistake = await sam.post(f"{at}/find", {"name": ""}, page=at)
    assert (mistake.status_code, "Enter a name or a whole phone number" in mistake.text) == (400, True)
    assert (await sam.post(f"{at}/walk-in", {"person": "nobody"}, page=at)).status_code == 404
    unchosen = await sam.post(f"{at}/walk-in", {}, page=at)
    assert (unchosen.status_code, "choose one of them" in unchosen.text) == (400, True)


async def test_the_list_of_who_came_opens_in_a_spreadsheet(console: Console) -> None:
    row = await carers_space(console)
    await console.write(lambda tx: well_attended.comes(tx, row, "=SUM(A1)"))
    await goes_by(console, row)
    sam, at = await console.as_(Role.COORDINATOR), f"/meetings/{row.token}/attend"
    await ticks(sam, at, "Asha Begum", "=SUM(A1)")
    answer = await sam.post(f"{at}/list", page=at)
    assert answer.headers["content-disposition"] == 'attachment; filename="heard-meeting-2026-12-03-who-came.xlsx"'
    sheet = spreadsheet.read(answer.content)
    assert sheet.headings == ["Name", "Answered", "Came", "Guests", "First time"]
    assert [cells for _number, cells in sheet.rows] == [
        ["=SUM(A1)", "Said yes", "Yes", "0", "Yes"],
        ["Asha Begum", "Said yes", "Yes", "2", "Yes"],
    ]


async def test_somebody_in_danger_is_on_no_list(console: Console) -> None:
    row = await carers_space(console)
    await console.write(lambda tx: people.change(tx, well_attended.named(tx, "Carys").id, {"held": "danger"}))
    await goes_by(console, row)
    sam, at = await console.as_(Role.COORDINATOR), f"/meetings/{row.token}/attend"
    page = await ticks(sam, at, "Asha Begum")
    assert "Carys" not in page
    assert "1 more is not shown to you." in page
    assert (await came(console, row))["Carys"] is None


@pytest.mark.parametrize("role", [Role.VIEWER, Role.PARTNER])
async def test_nobody_but_coordinators_ticks(console: Console, role: Role) -> None:
    row = await carers_space(console)
    somebody, at = await console.as_(role), f"/meetings/{row.token}/attend"
    assert (await somebody.get(at)).status_code == 404
    for path in ("", "/find", "/walk-in", "/list"):
        assert (await somebody.post(f"{at}{path}", page="/")).status_code == 404
