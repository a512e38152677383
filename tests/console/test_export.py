"""Exporting at the console: choose, wait, save; who may have what, and what is on record of it."""

from __future__ import annotations

import csv
import io
import re

import httpx
import pytest

from bank import spreadsheet
from bot import transfers
from storage import addresses, audiences, people, reach, staff
from storage.staff import Role
from storage.store import Tx
from storage.transfers import transfer_parts
from tests.bank.ashdale import MORNING, number_of
from tests.console.desk import Browser, Console


def rows(answer: httpx.Response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


async def fills(console: Console) -> None:
    """Two members, of whom one has a name like a formula. Something is held about the other."""
    await console.phone("+447700900001").says("JOIN", "1", "1", "Asha")
    await console.phone("+447700900002").says("JOIN", "1", "1", "Ben")

    def hold(tx: Tx) -> None:
        for number, change in (("1", {"name": "=Asha"}), ("2", {"held": "danger"})):
            address = addresses.find(tx, "sms", f"+44770090000{number}")
            assert address is not None
            [person] = reach.people_at(tx, address.id)
            people.change(tx, person.id, change)

    await console.write(hold)


async def asks(console: Console, browser: Browser, **form: str) -> httpx.Response:
    """Ask for a file, and wait until it is made."""
    page = await browser.post("/people/export", {"what": "people", **form}, page="/people/export")
    assert "The file is being made" in page.text
    assert f'hx-get="{page.url.path}/latest"' in page.text
    await transfers.all_that_wait(console.house)
    return await browser.get(page.url.path)


async def test_a_coordinator_saves_a_file_without_numbers(console: Console) -> None:
    await fills(console)
    sam = await console.as_(Role.COORDINATOR)
    assert 'href="/people/export"' in (await sam.get("/people")).text
    assert "Phone numbers are not in it" in (await sam.get("/people/export")).text
    page = await asks(console, sam)
    assert "1 row." in page.text
    assert "The file is erased at" in page.text

    answer = await sam.get(f"{page.url.path}/file/csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="heard-2026-11-23.csv"'
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    head, asha = rows(answer)
    assert asha[0] == "'=Asha"
    assert "Text messages" not in head
    assert not any("900001" in cell for cell in asha)

    answer = await sam.get(f"{page.url.path}/file/xlsx")
    sheet = spreadsheet.read(answer.content)
    assert [cells[0] for _number, cells in sheet.rows] == ["=Asha"]


async def test_an_administrator_has_numbers_and_a_lead_those_who_are_held(console: Console) -> None:
    await fills(console)
    alex = await console.as_(Role.ADMINISTRATOR)
    page = await asks(console, alex)
    [head, asha] = rows(await alex.get(f"{page.url.path}/file/csv"))
    assert asha[head.index("Text messages")] == "'+447700900001"

    both = await console.as_(Role.ADMINISTRATOR, Role.SAFEGUARDING_LEAD)
    page = await asks(console, both)
    assert len(rows(await both.get(f"{page.url.path}/file/csv"))) == 3


async def test_only_an_audience_may_be_asked_for(console: Console) -> None:
    await fills(console)
    sam = await console.as_(Role.COORDINATOR)
    rule = {"districts": ["ZZ9"]}
    made = {"name": "Nobody there", "rule": rule, "made_by": sam.staff.id, "made_at": MORNING}
    await console.write(lambda tx: audiences.add(tx, token="zz9", **made))
    assert "Nobody there" in (await sam.get("/people/export")).text
    page = await asks(console, sam, **{"which-people": "zz9"})
    assert "0 rows." in page.text


@pytest.mark.parametrize(
    ("form", "says", "field"),
    [
        ({}, "Choose what you want to export", "what"),
        ({"what": "everything"}, "Choose what you want to export", "what"),
        ({"what": "places", "which-places": "nobody"}, "There is none of these yet. Choose something else", "what"),
        ({"what": "answers"}, "There is none of these yet. Choose something else", "what"),
        ({"what": "people", "which-people": "nobody"}, "Choose one of them", "which-people"),
    ],
)
async def test_what_is_not_there_cannot_be_asked_for(
    console: Console, form: dict[str, str], says: str, field: str
) -> None:
    sam = await console.as_(Role.COORDINATOR)
    made = {"name": "Nobody there", "rule": {"districts": ["ZZ9"]}, "made_by": sam.staff.id, "made_at": MORNING}
    await console.write(lambda tx: audiences.add(tx, token="zz9", **made))
    page = await sam.post("/people/export", form, page="/people/export")
    assert (page.status_code, says in page.text) == (400, True)
    assert set(re.findall(r'<a href="#([^"]*)">', page.text)) == {field}
    assert f'id="{field}"' in page.text


async def test_a_file_is_for_who_asked_for_it_alone(console: Console) -> None:
    await fills(console)
    sam, other = await console.as_(Role.COORDINATOR), await console.as_(Role.ADMINISTRATOR)
    page = await asks(console, sam)
    for path in (page.url.path, f"{page.url.path}/file/csv", f"{page.url.path}/latest"):
        assert (await other.get(path)).status_code == 404
    assert (await sam.get(f"{page.url.path}/file/pdf")).status_code == 404


async def test_who_is_no_administrator_any_more_has_no_numbers(console: Console) -> None:
    await fills(console)
    alex = await console.as_(Role.ADMINISTRATOR)
    page = await asks(console, alex)
    await console.write(lambda tx: staff.give(tx, alex.staff.id, [Role.COORDINATOR]))
    assert (await alex.get(f"{page.url.path}/file/csv")).status_code == 404
    assert "The file could not be made" in (await alex.get(page.url.path)).text


async def test_what_was_asked_for_and_saved_is_on_record(console: Console) -> None:
    await fills(console)
    sam = await console.as_(Role.COORDINATOR)
    page = await asks(console, sam)
    await sam.get(f"{page.url.path}/file/xlsx")
    alex = await console.as_(Role.ADMINISTRATOR, name="Alex Moor")
    audit = (await alex.get("/audit")).text
    assert audit.count("exported") >= 3
    assert "900001" not in audit


async def test_a_file_is_gone_after_a_day(console: Console) -> None:
    await fills(console)
    sam = await console.as_(Role.COORDINATOR)
    await asks(console, sam)
    await console.moves(hours=23)
    assert await console.read(lambda tx: number_of(tx, transfer_parts)) == 1
    await console.moves(hours=2)
    assert await console.read(lambda tx: number_of(tx, transfer_parts)) == 0


@pytest.mark.parametrize("role", [Role.VIEWER, Role.PARTNER, Role.APPROVER, Role.CO_CHAIR, Role.SAFEGUARDING_LEAD])
async def test_nobody_else_exports(console: Console, role: Role) -> None:
    somebody = await console.as_(role)
    assert (await somebody.get("/people/export")).status_code == 404
