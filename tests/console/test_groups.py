"""Groups in the console: by hand, by a rule, and on a person's own page."""

from __future__ import annotations

import re

from storage import audit, groups, people
from storage.addresses import HELD_FOR_DANGER
from storage.schema import Record
from storage.staff import Role
from tests.console.desk import Browser, Console
from tests.console.test_people import BOTH, somebody
from tests.console.test_person import text_of


async def club(console: Console, browser: Browser, name: str = "Lunch club") -> Record:
    await browser.post("/groups/new", {"name": name})
    return (await console.read(groups.in_use))[0]


@BOTH
async def test_people_are_found_and_put_in_and_taken_out(console: Console) -> None:
    asha, ashley = await somebody(console, "Asha"), await somebody(console, "Ashley")
    sam = await console.as_(Role.COORDINATOR)
    group = await club(console, sam)
    where = f"/groups/{group.token}"
    assert "0 people in it just now" in text_of(await sam.get(where))
    page = await sam.post(f"{where}/people", {"name": ""})
    assert (page.status_code, "Enter a name or a whole phone number" in text_of(page)) == (400, True)
    page = await sam.post(f"{where}/people", {"name": "ash"})
    assert set(re.findall(r'name="person" type="checkbox" value="([^"]+)"', page.text)) == {asha.token, ashley.token}
    assert "name=" not in str(page.url)

    page = await sam.post(f"{where}/put-in", {"person": [asha.token, ashley.token]})
    assert "They are in the group." in text_of(page)
    assert "2 people in it just now" in text_of(page)
    page = await sam.post(f"{where}/take-out", {"person": ashley.token})
    assert "1 person in it just now" in text_of(page)
    assert await console.read(lambda tx: groups.ids(tx, group.id)) == [asha.id]
    assert "Nobody fits." in text_of(await sam.post(f"{where}/people", {"name": "zoe"}))


@BOTH
async def test_who_may_not_be_seen_is_not_shown_and_not_put_in(console: Console) -> None:
    asha = await somebody(console, "Asha", held=HELD_FOR_DANGER)
    sam, lead = await console.as_(Role.COORDINATOR), await console.as_(Role.SAFEGUARDING_LEAD, name="Alex Moor")
    group = await club(console, sam)
    where = f"/groups/{group.token}"
    await sam.post(f"{where}/put-in", {"person": asha.token})
    assert await console.read(lambda tx: groups.ids(tx, group.id)) == []
    await lead.post(f"{where}/put-in", {"person": asha.token})
    assert "Asha" in text_of(await lead.get(where))
    assert "1 person in it just now" in text_of(await lead.get(where))
    assert "Asha" not in text_of(await sam.get(where))
    assert "0 people in it just now" in text_of(await sam.get(where))
    await sam.post("/groups/new/rule", {"name": "All", "groups": group.token})
    by_rule = f"/groups/{(await console.read(groups.in_use))[0].token}"
    assert "0 people in it just now" in text_of(await sam.get(by_rule))
    assert "1 person in it just now" in text_of(await lead.get(by_rule))
    assert (await sam.post(f"{where}/take-out", {"person": asha.token})).status_code == 404


@BOTH
async def test_a_group_by_a_rule_is_told_back_and_changed(console: Console) -> None:
    await somebody(console, "Asha", district="AS1")
    sam = await console.as_(Role.COORDINATOR)
    page = await sam.post("/groups/new/rule", {"name": "North", "districts": "AS1"})
    for said in ("The group is kept.", "People in AS1", "1 person in it just now", "Asha"):
        assert said in text_of(page)
    (group,) = await console.read(groups.in_use)
    where = f"/groups/{group.token}"
    assert 'value="AS1"' in (await sam.get(f"{where}/change")).text
    page = await sam.post(f"{where}/change", {"name": "North", "districts": "AS1", "groups": group.token})
    assert (page.status_code, "never in a circle" in text_of(page)) == (400, True)
    page = await sam.post(f"{where}/change", {"name": "South", "districts": "AS2"})
    assert "People in AS2 0 people in it just now" in text_of(page)
    for path in ("people", "put-in", "take-out"):
        assert (await sam.post(f"{where}/{path}", {"name": "asha", "person": "x"})).status_code == 404


@BOTH
async def test_a_group_is_renamed_and_taken_away(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    assert "Enter a name for the group" in text_of(await sam.post("/groups/new", {"name": " "}))
    assert "Enter a name for the group" in text_of(await sam.post("/groups/new/rule", {}))
    group = await club(console, sam)
    where = f"/groups/{group.token}"
    assert "Lunch club" in (await sam.get(f"{where}/change")).text
    assert (await sam.post(f"{where}/change", {"name": ""})).status_code == 400
    assert "Supper club" in text_of(await sam.post(f"{where}/change", {"name": "Supper club"}))
    assert "There is none yet." in text_of(await sam.post(f"{where}/close"))
    assert (await sam.get(where)).status_code == 404
    acts = [line.act for line in await console.read(audit.everything)]
    assert acts.count("group_changed") == 3


@BOTH
async def test_a_persons_groups_part_and_format_are_on_a_page_of_theirs(console: Console) -> None:
    asha = await somebody(console, "Asha", district="AS1")
    sam = await console.as_(Role.COORDINATOR)
    where = f"/people/{asha.token}/groups"
    assert where in (await sam.get(f"/people/{asha.token}")).text
    assert "There is no group by hand yet." in text_of(await sam.get(where))
    group = await club(console, sam)
    await sam.post("/groups/new/rule", {"name": "North", "districts": "AS1"})
    assert "North" in text_of(await sam.get(where))
    form: dict[str, str | list[str]] = {"groups": group.token, "part": "partner", "format": "easy_read"}
    await sam.post(where, form)
    after = await console.read(lambda tx: people.get(tx, asha.id))
    assert (after.part, after.format) == ("partner", "easy_read")
    assert await console.read(lambda tx: groups.ids(tx, group.id)) == [asha.id]
    page = await sam.get(where)
    assert len(re.findall(r"checked", page.text)) == 3
    await sam.post(where, {"part": "member", "format": ""})
    after = await console.read(lambda tx: people.get(tx, asha.id))
    assert (after.part, after.format) == ("member", None)
    assert await console.read(lambda tx: groups.ids(tx, group.id)) == []
    for wrong in ({"part": "boss", "format": ""}, {"part": "member", "format": "mime"}):
        assert (await sam.post(where, wrong)).status_code == 400
