"""Importing a list at the console: choose the file, say what its columns hold, see what was found, and add them."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import select

from bank import spreadsheet
from bot import transfers
from console.forms import Refused
from console.upload import parsed
from storage import people as kept
from storage import transfers as lists
from storage.audit import audit
from storage.people import people
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from tests.bank.ashdale import MORNING, number_of
from tests.console.desk import Browser, Console

LIST = b"First name,Mobile,Postcode\nAsha,07700 900001,NG5 1AB\nBen,12,NG5\nCy <b>,07700 900001,NG5\n"
PLAN: dict[str, str | list[str]] = {
    "column-name": "0",
    "column-number": "1",
    "column-area": "2",
    "how": "paper",
    "day-day": "2",
    "day-month": "3",
    "day-year": "2026",
    "words": "The sign-up form of March",
    "sure": "yes",
    "language": "en",
    "part": "member",
    "group": "The old panel",
}


async def token_of(browser: Browser) -> str:
    found = re.search(r'name="form_token" value="([^"]+)"', (await browser.get("/people/import")).text)
    assert found
    return found[1]


async def brings(browser: Browser, content: bytes, name: str = "panel.csv", **more: str) -> httpx.Response:
    """Choose the file, and press Continue."""
    data = {"form_token": await token_of(browser)} | more
    return await browser.client.post("/people/import", data=data, files={"file": (name, content, "text/csv")})


async def goes_on(console: Console) -> None:
    """The clock ticks."""
    await transfers.all_that_wait(console.house)


async def everybody(console: Console) -> list[Record]:
    return await console.read(lambda tx: list(tx.execute(select(people))))


@pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
async def test_a_list_comes_in_step_by_step(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    assert 'href="/people/import"' in (await sam.get("/people")).text

    page = await brings(sam, LIST)
    here = page.url.path
    assert "panel.csv</bdi> has 3 rows below its headings" in page.text
    assert "07700 900001" in page.text
    assert "Cy &lt;b&gt;" in page.text
    for field, column in (("name", "0"), ("number", "1"), ("area", "2")):
        chosen = re.search(rf'name="column-{field}".*?<option value="{column}" selected>', page.text, re.DOTALL)
        assert chosen, field

    page = await sam.post(here, PLAN)
    assert "The list is being checked. 0 of 3 rows" in page.text
    assert f'hx-get="{here}/latest"' in page.text
    await console.write(_wait_no_more)
    await goes_on(console)

    page = await sam.get(here)
    assert "Nothing is added yet" in page.text
    assert "2 rows to look at" in page.text
    assert "The phone number is not a whole number" in page.text
    assert "Row 2 has the same phone number" in page.text
    assert "Add 1 person" in page.text
    assert await everybody(console) == []

    page = await sam.post(f"{here}/run", {})
    assert "People are being added" in page.text
    await console.write(_wait_no_more)
    await goes_on(console)
    page = await sam.get(here)
    assert "1 person is on our list now. Nobody was texted." in page.text
    [person] = await everybody(console)
    assert (person.name, person.district) == ("Asha", "NG5")

    look = (await sam.get(f"/people/{person.token}")).text
    assert "The sign-up form of March" in look
    assert "On paper" in look or "on paper" in look


def _wait_no_more(tx: Tx) -> None:
    """As if a minute had passed in which no worker came."""
    tx.execute(lists.transfers.update().values(moved_at=MORNING - timedelta(minutes=1)))


async def test_the_rows_that_were_refused_can_be_put_right_and_brought_again(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    here = (await brings(sam, LIST)).url.path
    await sam.post(here, PLAN)
    await goes_on(console)
    answer = await sam.get(f"{here}/report")
    assert answer.headers["content-disposition"] == 'attachment; filename="not-added.csv"'
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["First name", "Mobile", "Postcode", "Row in the file", "What is wrong", "What would help"]
    assert [row[0] for row in rows[1:]] == ["Ben", "Cy <b>"]
    mended = answer.content.replace(b"12", b"07700 900002")
    assert "has 2 rows below its headings" in (await brings(sam, mended)).text


async def test_an_xlsx_comes_in_too(console: Console) -> None:
    sam = await console.as_(Role.ADMINISTRATOR)
    content = spreadsheet.as_xlsx([["Name", "Mobile"], ["Łucja", "+447700900001"]])
    page = await brings(sam, content, "panel.xlsx")
    assert "Łucja" in page.text


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"column-number": ""}, "Choose the column with phone numbers, or the one with where letters go"),
        ({"how": ""}, "Choose how they agreed"),
        ({"day-day": "40"}, "Enter the day on which they agreed"),
        ({"column-number": "9" * 4_500}, "Choose the column with phone numbers, or the one with where letters go"),
        ({"day-year": "26"}, "Enter the day on which they agreed"),
        ({"day-year": "1999"}, "The day on which they agreed must be in 2000 or later"),
        ({"day-year": "2101"}, "Enter the day on which they agreed"),
        ({"day-year": "2027"}, "The day on which they agreed must have been"),
        ({"words": ""}, "Enter the words they agreed to, or which form it was"),
        ({"sure": ""}, "Tick the box if it is so. If not, ask them first"),
    ],
)
async def test_how_they_agreed_must_be_told(console: Console, changed: dict[str, str], says: str) -> None:
    sam = await console.as_(Role.COORDINATOR)
    here = (await brings(sam, LIST)).url.path
    page = await sam.post(here, {**PLAN, **changed})
    assert page.status_code == 400
    assert says in page.text
    assert "The old panel" in page.text  # what was typed is still there


async def test_a_list_is_canceled_and_its_file_erased(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    here = (await brings(sam, LIST)).url.path
    page = await sam.post(f"{here}/cancel", {})
    assert "Nobody was added, and the file is erased" in page.text
    assert await console.read(lambda tx: number_of(tx, lists.transfer_parts)) == 0


async def test_the_columns_can_be_changed_after_the_check(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    here = (await brings(sam, LIST)).url.path
    await sam.post(here, PLAN)
    await goes_on(console)
    page = await sam.get(f"{here}?change=1")
    assert "The sign-up form of March" in page.text
    assert "being checked" in (await sam.post(here, PLAN)).text


async def test_whom_we_know_is_shown_to_who_may_see_them(console: Console) -> None:
    asha = console.phone("+447700900001")
    await asha.says("JOIN", "1", "1", "Asha")
    sam = await console.as_(Role.COORDINATOR)
    here = (await brings(sam, b"Mobile\n07700 900001\n")).url.path
    await sam.post(here, {**PLAN, "column-name": "", "column-area": "", "column-number": "0"})
    await goes_on(console)
    [person] = await everybody(console)
    for path in (here, f"{here}/latest"):
        assert f'href="/people/{person.token}"' in (await sam.get(path)).text
    looks = await console.read(lambda tx: list(tx.execute(select(audit).where(audit.c.act == "searched"))))
    assert [(look.about, look.details["found"]) for look in looks] == [(here.rpartition("/")[2], 1)] * 2
    await console.write(lambda tx: kept.change(tx, person.id, {"held": "danger"}))
    page = (await sam.get(here)).text
    assert "Somebody with this number is on our list already" in page
    assert f'href="/people/{person.token}"' not in page
    looks = await console.read(lambda tx: list(tx.execute(select(audit).where(audit.c.act == "searched"))))
    assert len(looks) == 2  # nobody was named any more


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "Choose a file"),
        (b"Name\n", "There is nothing in this file below its headings"),
        (b"\xd0\xcf\x11\xe0", "Save it as XLSX without a password"),
    ],
)
async def test_a_file_that_is_none_is_told_in_plain_words(console: Console, content: bytes, says: str) -> None:
    page = await brings(await console.as_(Role.COORDINATOR), content)
    assert page.status_code == 400
    assert says in page.text


async def test_a_list_is_seen_by_who_brought_it_in_alone(console: Console) -> None:
    sam, other = await console.as_(Role.COORDINATOR), await console.as_(Role.COORDINATOR, Role.ADMINISTRATOR)
    here = (await brings(sam, LIST)).url.path
    assert (await other.get(here)).status_code == 404
    assert (await other.post(f"{here}/run", {}, page="/people/import")).status_code == 404
    assert here not in (await other.get("/people/import")).text


@pytest.mark.parametrize("role", [Role.VIEWER, Role.PARTNER, Role.APPROVER, Role.SAFEGUARDING_LEAD])
async def test_nobody_else_brings_lists_in(console: Console, role: Role) -> None:
    somebody = await console.as_(role)
    assert (await somebody.get("/people/import")).status_code == 404
    assert "/people/import" not in (await somebody.get("/people")).text


async def test_a_file_of_another_site_is_refused(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    files = {"file": ("panel.csv", LIST, "text/csv")}
    assert (await sam.client.post("/people/import", files=files)).status_code == 403
    wrong = {"form_token": "f" * 32}
    assert (await sam.client.post("/people/import", data=wrong, files=files)).status_code == 403
    given = {"form_token": await token_of(sam)}
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    answer = await sam.client.post("/people/import", data=given, files=files, headers=elsewhere)
    assert answer.status_code == 403
    assert await console.read(lambda tx: number_of(tx, lists.transfers)) == 0


async def test_what_is_too_big_or_sent_to_another_page_is_refused(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    page = await brings(sam, b"x" * (11 * 1024 * 1024))
    assert page.status_code == 413
    assert "What you sent is too big. A file must be 10 MB or smaller" in page.text
    data = {"form_token": await token_of(sam)}
    answer = await sam.client.post("/people", data=data, files={"file": ("x", b"x" * 300_000, "text/csv")})
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nothing",
        b"--edge",
        b"--edge\r\n\r\nno name\r\n--edge--",
        b'--edge\r\nContent-Disposition: form-data; name="a"\r\n\r\nnot whole',
        b'--edge\r\nContent-Disposition: form-data; name="a"\r\n\r\n\xff\r\n--edge--',
        b'--edge\r\nContent-Disposition: form-data; name="a"\r\n\r\n\0\r\n--edge--',
        b'--edge\r\nContent-Disposition: form-data; name="\xff"\r\n\r\na\r\n--edge--',
        b'--edge\r\nContent-Disposition: form-data; name="a"\r\n\r\na\r\n' * 300 + b"--edge--",
    ],
)
def test_a_broken_upload_is_no_form(body: bytes) -> None:
    with pytest.raises(Refused):
        parsed(body, b"edge")


def test_a_file_keeps_every_byte() -> None:
    content = bytes(range(256)) * 3 + b"\r\n--edg\r\n"
    head = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\nContent-Type: x/y\r\n\r\n'
    form = parsed(
        head + content + b'\r\n--edge\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--edge--\r\n', b"edge"
    )
    assert (form.files["file"].name, form.files["file"].content, form.text("a")) == ("a.xlsx", content, "b")
