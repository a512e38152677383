"""Promise 28: every cell of every export opens as text; a round trip keeps numbers with +44, zeros and names."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bank import colleague, exportable, exporting, spreadsheet, upkeep
from bank import question_sets as questions
from bank.exported import What, Wish
from bank.exporting import TooMany
from flows.question_set import Kind, Question
from language.normal import safe
from storage import (
    audiences,
    interests,
    invitations,
    needs,
    people,
    places,
    projects,
    question_sets,
    reach,
    staff,
    transfers,
)
from storage import audit as audit_kept
from storage.broadcasts import BroadcastKind
from storage.interests import InterestKind
from storage.places import PlaceState
from storage.schema import Record
from storage.staff import Role
from storage.store import Store, Tx
from storage.transfers import transfer_parts
from tests.bank import leaflet
from tests.bank.ashdale import ASHDALE, MORNING, Somebody, number_of
from tests.bank.listing import Desk
from tests.bank.members import crowd

NASTY = (
    "=1+1",
    "+447700900001",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "'=1",
    "''=1",
    "'",
    "\ufeff=1",
    "\u200b=1",
    "\uff1d1+1",
    "007",
    "1e5",
    "1/2",
    "3-4",
    "50%",
    "TRUE",
    "MAR1",
    "12345678901234567890",
    "(5)",
    "£5",
    "#N/A",
    "Łucja O'Brien-Sżah",
    "a,b;c\td",
    'say "hi"',
    "two\nlines",
    '=HYPERLINK("http://elsewhere.example","x")',
    "|cmd",
    "%0A=1",
)
texts = st.one_of(
    st.sampled_from(NASTY), st.text(max_size=40), st.tuples(st.sampled_from(NASTY), st.text()).map("".join)
)
rows_of_texts = st.lists(st.lists(texts, min_size=3, max_size=3), min_size=1, max_size=5)

# What spreadsheet programs make of a cell of a CSV file that is not plain text, generously.
FORMULA = re.compile(r"[\s\ufeff\u200b]*[=+\-@\uff0b\uff0d\uff1d\uff20|#]")
NUMBER = re.compile(r"[\s(£$€]*[0-9][0-9 .,:/eE%+-]*[)%]?\s*\Z|\.[0-9]")
DATE_OR_TRUTH = re.compile(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*[ ./-]*[0-9]|(?:true|false)\Z", re.IGNORECASE
)


def opened(cell: str) -> str | None:
    """What a spreadsheet program shows for a cell of a CSV file; None for what it would calculate or change."""
    if FORMULA.match(cell) or DATE_OR_TRUTH.match(cell):
        return None
    if NUMBER.match(cell):
        return cell if re.fullmatch(r"0|[1-9][0-9]{0,14}|[0-9]{4}-[0-9]{2}-[0-9]{2}", cell) else None
    return cell


def test_the_reader_knows_a_formula() -> None:
    changed = {text for text in NASTY if opened(text) is None}
    assert {"=1+1", "+447700900001", "-2+3", "@SUM(A1)", "007", "1e5", "1/2", "TRUE", "MAR1", "(5)"} <= changed


def as_read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@given(rows_of_texts)
def test_every_cell_of_a_csv_opens_as_text(rows: list[list[str]]) -> None:
    content = spreadsheet.as_csv(rows)
    assert content.startswith(b"\xef\xbb\xbf")
    for row, read in zip(rows, as_read(content), strict=True):
        assert all(opened(cell) is not None for cell in read), read
        assert [spreadsheet.unguarded(cell) for cell in read] == [safe(cell) for cell in row]


@given(st.lists(texts, min_size=1, max_size=4))
def test_a_guard_is_taken_off_once(cells: list[str]) -> None:
    for cell in cells:
        assert spreadsheet.unguarded(spreadsheet.guarded(cell)) == cell


def cells_of(content: bytes) -> list[tuple[str, str]]:
    """Each cell of the file with its type, from its own XML: "s" and "inlineStr" are text, and "f" is a formula."""
    with ZipFile(io.BytesIO(content)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    return re.findall(r'<c r="([A-Z]+\d+)"(?: s="\d+")?(?: t="(\w+)")?', sheet)


@given(rows_of_texts)
def test_every_cell_of_an_xlsx_is_text(rows: list[list[str]]) -> None:
    content = spreadsheet.as_xlsx([["head", "head", "head"], *rows])
    assert {kind for _where, kind in cells_of(content)} <= {"s", "inlineStr"}
    tidy = [[one.strip() for one in map(_as_xml_holds_it, row)] for row in rows]
    wanted = [row for row in tidy if any(row)]
    if wanted:
        assert [cells for _number, cells in spreadsheet.read(content).rows] == wanted


def _as_xml_holds_it(text: str) -> str:
    """Two characters are no part of any XML: programs read their names instead."""
    return re.sub("[\ufffe\uffff]", lambda found: f"_x{ord(found[0]):04X}_", safe(text))


@pytest.mark.parametrize("write", [spreadsheet.as_csv, spreadsheet.as_xlsx])
def test_a_round_trip_keeps_numbers_zeros_and_names(write: Callable[[Any], bytes]) -> None:
    rows = [["Name", "Mobile", "Code"], ["Łucja Żółć", "+447700900001", "007"], ["José Ñandú", "07700 900002", "1/2"]]
    sheet = spreadsheet.read(write(rows))
    assert [sheet.headings, *(cells for _number, cells in sheet.rows)] == rows


async def made(desk: Desk, wish: Wish, name: str = "People") -> tuple[Record, list[list[str]]]:
    """The file, and its rows."""
    row = await desk.does(lambda tx: exporting.begin(tx, desk.known, wish, name, desk.time))
    await desk.goes_on(row)
    row = await desk.stands(row)
    return row, await desk.does(lambda tx: list(exporting.rows(tx, row)))


def columns(rows: list[list[str]], *names: str) -> list[list[str]]:
    at = [rows[0].index(name) for name in names]
    return [[row[one] for one in at] for row in rows[1:]]


async def test_what_people_wrote_in_every_field_goes_out_as_text_and_comes_back(store: Store) -> None:
    desk = await Desk.of(store, Role.ADMINISTRATOR)

    def fill(tx: Tx) -> None:
        for one in NASTY:
            words = {
                "name": safe(one).strip(),
                "place": one,
                "skills": one,
                "contact": {"post": one, "phone": "+442079460958"},
            }
            person = people.add(
                tx, token=f"t{number_of(tx, people.people)}", state="member", language="en", joined_at=MORNING, **words
            )
            needs.add(tx, person_id=person.id, words=one, at=MORNING)
            interests.choose(tx, person.id, InterestKind.TOPIC, ["money"])

    await desk.does(fill)
    row, rows = await made(desk, Wish(What.PEOPLE))
    assert (row.state, row.done) == ("done", len(NASTY))
    for read in as_read(spreadsheet.as_csv(rows)):
        assert all(opened(cell) is not None for cell in read), read
    for write in (spreadsheet.as_csv, spreadsheet.as_xlsx):
        back = spreadsheet.read(write(rows))
        assert [cells[0] for _number, cells in back.rows] == [safe(one).strip() for one in NASTY]
    assert columns(rows, "Phone", "Topics")[0] == ["+442079460958", "Charges and money"]


async def test_numbers_are_for_administrators_and_held_people_for_leads(store: Store) -> None:
    desk = await Desk.of(store)

    def fill(tx: Tx) -> None:
        Somebody("+447700900001").joins(tx)
        held = Somebody("+447700900002")
        held.joins(tx)
        held.says(tx, "my husband hits me and I am scared")

    await desk.does(fill)
    _row, rows = await made(desk, Wish(What.PEOPLE))
    assert len(rows) == 2
    assert "Text messages" not in rows[0]
    assert not any("900001" in cell for cell in rows[1])

    await desk.does(lambda tx: staff.give(tx, desk.known.id, [Role.ADMINISTRATOR, Role.SAFEGUARDING_LEAD]))
    desk.known = await desk.does(lambda tx: colleague.known(tx, staff.get(tx, desk.known.id)))
    _row, rows = await made(desk, Wish(What.PEOPLE))
    assert columns(rows, "Text messages") == [["+447700900001"], ["+447700900002"]]


async def test_who_may_export_no_more_gets_nothing(store: Store) -> None:
    desk = await Desk.of(store)
    row = await desk.does(lambda tx: exporting.begin(tx, desk.known, Wish(What.PEOPLE), "People", MORNING))
    await desk.does(lambda tx: staff.give(tx, desk.known.id, [Role.VIEWER]))
    await desk.goes_on(row)
    assert (await desk.stands(row)).state == "canceled"


async def test_an_export_is_made_in_parts_and_a_crash_repeats_none(store: Store) -> None:
    desk = await Desk.of(store)
    await desk.does(lambda tx: crowd(tx, 1200))
    row = await desk.does(lambda tx: exporting.begin(tx, desk.known, Wish(What.PEOPLE), "People", MORNING))
    assert await desk.does(lambda tx: exporting.add_part(tx, row.id, MORNING, ASHDALE))
    await desk.goes_on(row)
    row = await desk.stands(row)
    assert (row.state, row.done) == ("done", 1200)
    assert await desk.does(lambda tx: number_of(tx, transfer_parts)) == 3
    assert len(await desk.does(lambda tx: list(exporting.rows(tx, row)))) == 1201


async def test_too_many_are_refused_and_nothing_is_kept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = await Desk.of(store)
    await desk.does(lambda tx: crowd(tx, 12))
    monkeypatch.setattr(exporting, "MOST_ROWS", 10)
    with pytest.raises(TooMany) as too_many:
        await made(desk, Wish(What.PEOPLE))
    assert too_many.value.count == 12
    assert await desk.does(lambda tx: number_of(tx, transfers.transfers)) == 0


async def test_it_is_in_the_audit_with_what_was_asked_for_and_erased_after_a_day(store: Store) -> None:
    desk = await Desk.of(store)
    await desk.does(lambda tx: crowd(tx, 3))
    row, _rows = await made(desk, Wish(What.PEOPLE, state="all"))
    await desk.does(lambda tx: exporting.given(tx, desk.known, row, "xlsx", MORNING))

    def told(tx: Tx) -> list[tuple[Any, Any, Any]]:
        rows = [one for one in audit_kept.everything(tx) if one.about == row.token]
        opened_ = [audit_kept.opened(tx, one.details) for one in rows]
        return [(one["step"], one["rows"], one.get("state")) for one in opened_]

    assert await desk.does(told) == [("begun", 3, "all"), ("made", 3, None), ("given", 3, None)]
    desk.later(hours=23)
    await desk.does(lambda tx: upkeep.run(tx, desk.time, ASHDALE))
    assert await desk.does(lambda tx: number_of(tx, transfer_parts)) == 1
    desk.later(hours=1, minutes=1)
    await desk.does(lambda tx: upkeep.run(tx, desk.time, ASHDALE))
    assert await desk.does(lambda tx: number_of(tx, transfer_parts)) == 0


async def test_only_those_of_an_audience_go_out(store: Store) -> None:
    desk = await Desk.of(store)

    def fill(tx: Tx) -> str:
        for number, district in ((1, "NG5"), (2, "NG7")):
            phone = Somebody(f"+44770090000{number}")
            phone.joins(tx)
            [person] = people_there(tx, phone)
            people.change(tx, person.id, {"district": district, "name": district})
        kept = {"name": "In NG5", "rule": {"districts": ["NG5"]}, "made_by": desk.known.id, "made_at": MORNING}
        return str(audiences.add(tx, token="ng5", **kept).token)

    which = await desk.does(fill)
    wished = await desk.does(lambda tx: exportable.wished(tx, What.PEOPLE, which))
    assert wished is not None
    _row, rows = await made(desk, *wished)
    assert columns(rows, "Name") == [["NG5"]]
    assert await desk.does(lambda tx: exportable.wished(tx, What.PEOPLE, "nobody")) is None


def people_there(tx: Tx, phone: Somebody) -> list[Record]:
    return reach.people_at(tx, phone.here(tx).id)


async def test_answers_places_and_figures_go_out_as_text_too(store: Store) -> None:
    desk = await Desk.of(store, Role.ADMINISTRATOR)

    def fill(tx: Tx) -> tuple[str, str, str]:
        sam = leaflet.hired(tx, "Sam")
        project = leaflet.led(tx, sam, None)
        asked = [Question(Kind.TEXT, {"en": "What is better?"}), Question(Kind.YES_NO, {"en": "Can we ring?"})]
        row = questions.save(tx, sam, None, "=The leaflet", asked, MORNING, ASHDALE)
        projects.change(tx, project.id, {"question_set_id": row.id})
        sent = leaflet.broadcast(tx, sam, project, BroadcastKind.MESSAGE)
        for number, words in enumerate(NASTY, 1):
            person = leaflet.member(tx, safe(words).strip(), contact={"phone": "+442079460958"})
            about = {"set_id": row.id, "project_id": project.id, "person_id": person.id, "at": MORNING}
            question_sets.answer(tx, **about, question="q1", value=words)
            question_sets.answer(tx, **about, question="q2", value="yes")
            since = {"at": MORNING, "changed_at": MORNING, "turn": number, "state": PlaceState.PLACE}
            places.add(tx, project_id=project.id, person_id=person.id, **since)
            asked_at = {"invited_at": MORNING, "answer": "yes" if number % 2 else None}
            invitations.add(tx, token=f"i{number}", broadcast_id=sent.id, person_id=person.id, **asked_at)
        return f"{row.token}~{project.token}", project.token, sent.token

    answered, project, sent = await desk.does(fill)
    many = str(len(NASTY) // 2)
    for what, which, name, wanted in (
        (What.ANSWERS, answered, "What is better?", [[safe(one)] for one in NASTY]),
        (What.PLACES, project, "Where they stand", [["Has a place"]] * len(NASTY)),
        (What.PROGRESS, sent, "How many", [[many], [many]]),
    ):
        wished = await desk.does(lambda tx, what=what, which=which: exportable.wished(tx, what, which))
        assert wished is not None
        row, rows = await made(desk, *wished)
        assert (row.state, columns(rows, name)) == ("done", wanted)
        for read in as_read(spreadsheet.as_csv(rows)):
            assert all(opened(cell) is not None for cell in read), read
    assert ["Yes"] in columns(await rows_of(desk, What.ANSWERS, answered), "Can we ring?")
    assert columns(await rows_of(desk, What.PLACES, project), "Phone")[0] == ["+442079460958"]


async def rows_of(desk: Desk, what: What, which: str) -> list[list[str]]:
    wished = await desk.does(lambda tx: exportable.wished(tx, what, which))
    assert wished is not None
    return (await made(desk, *wished))[1]
