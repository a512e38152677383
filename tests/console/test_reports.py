"""Reports in the console: who sees them, of which time, as which files."""

from __future__ import annotations

import io

import docx
import pytest

from bank import spreadsheet
from storage import audit as audit_rows
from storage.projects import Rung
from storage.staff import Role
from storage.store import Tx
from tests.bank import half_year
from tests.bank.half_year import at
from tests.console.desk import Console

PARTS = ("numbers", "bank", "answers", "meetings", "promises", "rhythm", "cost")


def half_a_year(tx: Tx) -> None:
    for place in range(30):
        half_year.comes_to_the_door(tx, at(6, 1), "en", "sms", after=4 if place < 20 else 0)
    met = half_year.meeting(tx, "2026-06-01")
    half_year.promise(tx, met, at(6, 10), "2026-07-31")
    half_year.evaluation(tx, Rung.INFORMING, {Rung.INFORMING: 30}, "<b>Home care</b>")
    there = half_year.meeting(tx, "2026-08-20")
    half_year.rated(tx, there, [half_year.member(tx, at(1, 5)) for _one in range(20)], 4)


@pytest.mark.parametrize("part", PARTS)
async def test_each_part_is_a_page_with_tables(console: Console, part: str) -> None:
    await console.write(half_a_year)
    viewer = await console.as_(Role.VIEWER)
    shown = await viewer.get(f"/reports?part={part}")
    assert shown.status_code == 200
    assert "May 2026 to October 2026" in shown.text
    assert "<table" in shown.text
    assert "<script" not in shown.text.partition("<main")[2].partition("</main>")[0]
    assert "<b>Home care" not in shown.text


async def test_reports_are_in_the_bar_of_readers_alone(console: Console) -> None:
    viewer, partner = await console.as_(Role.VIEWER), await console.as_(Role.PARTNER)
    assert 'href="/reports"' in (await viewer.get("/")).text
    for path in ("/reports", "/reports/file/all/csv", "/reports/committee/docx", "/reports/sample"):
        assert (await partner.get(path)).status_code == 404
    assert (await viewer.get("/reports/sample")).status_code == 404  # a message is for who may read messages


async def test_other_months_are_asked_for_and_what_is_wrong_stands_beside_them(console: Console) -> None:
    viewer = await console.as_(Role.VIEWER)
    shown = await viewer.get("/reports?period=months&from=2026-06&to=2026-07")
    assert "June 2026 to July 2026" in shown.text
    assert "period=months&amp;from=2026-06&amp;to=2026-07" in shown.text
    wrong = await viewer.get("/reports?period=months&from=2026-08&to=2026-07")
    assert wrong.status_code == 400
    assert "The first month must not come after the last" in wrong.text
    assert 'value="2026-08"' in wrong.text


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
async def test_a_file_says_what_the_page_says_and_is_on_record(console: Console, kind: str) -> None:
    await console.write(half_a_year)
    viewer = await console.as_(Role.VIEWER)
    got = await viewer.get(f"/reports/file/all/{kind}?period=six-months")
    assert f"heard-all-2026-05-to-2026-10.{kind}" in got.headers["content-disposition"]
    sheet = spreadsheet.read(got.content)
    cells = {cell for _number, row in sheet.rows for cell in row}
    assert {"First contacts who became members", "<b>Home care</b>"} <= cells
    assert "exported" in await console.read(_acts)


@pytest.mark.parametrize("path", ["/reports/file/numbers/pdf", "/reports/file/all/pdf", "/reports/committee/pdf"])
async def test_reports_on_paper(console: Console, path: str) -> None:
    await console.write(half_a_year)
    viewer = await console.as_(Role.VIEWER)
    got = await viewer.get(path)
    assert got.status_code == 200
    assert got.content.startswith(b"%PDF")


async def test_the_committee_s_report_is_drafted_in_word(console: Console) -> None:
    await console.write(half_a_year)
    viewer = await console.as_(Role.VIEWER)
    got = await viewer.get("/reports/committee/docx")
    written = docx.Document(io.BytesIO(got.content))
    headings = [one.text for one in written.paragraphs if one.style.name == "Heading 1"]
    assert headings == [
        "In short",
        "What we did",
        "What people told us",
        "What we promised, and what became of it",
        "Whom we do not reach yet",
        "What it cost",
        "How this was counted",
    ]
    said = "\n".join(one.text for one in written.paragraphs)
    assert "First contacts who became members: 65%, of about 30 people." in said
    cells = {cell.text for table in written.tables for row in table.rows for cell in row.cells}
    (heard,) = (one for one in written.tables if one.rows[0].cells[1].text == "Answered")
    assert [cell.text for cell in heard.rows[1].cells][:2] == ["August 2026", "20"]
    assert {"bills are hard to read", "rewrite them", "Friday 31 July 2026", "Late"} <= cells


async def test_no_such_file(console: Console) -> None:
    viewer = await console.as_(Role.VIEWER)
    for path in ("/reports/file/all/exe", "/reports/file/nothing/csv", "/reports/committee/csv"):
        assert (await viewer.get(path)).status_code == 404


def _acts(tx: Tx) -> list[str]:
    return [one.act for one in audit_rows.everything(tx)]
