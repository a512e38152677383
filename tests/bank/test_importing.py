"""Importing: a coordinator brings in a list of people who agreed. Nobody is texted, and nothing is half done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from bank import audit, importing, spreadsheet, upkeep
from bank.importing import PART
from bank.spreadsheet import Unreadable
from storage import addresses, consents, groups, interests, needs, reach, told
from storage import transfers as kept
from storage.addresses import AddressState
from storage.audit import audit as audit_rows
from storage.directory import Wanted, find
from storage.interests import InterestKind
from storage.outbox import messages_out
from storage.people import PersonState, people
from storage.schema import Record
from storage.store import Away, Store, Tx
from storage.tasks import tasks
from storage.transfers import TransferState, transfer_parts
from tests.bank.ashdale import ASHDALE, MORNING, Somebody, number_of
from tests.bank.listing import Desk, added, lines_of
from tests.bot.unsteady import Unsteady

HEAD = "Name,Mobile,Postcode,Language,Topics,Access needs"


def mobile(number: int) -> str:
    return f"07700 900{number:03}"


async def test_somebody_on_the_list_is_a_member_with_all_that_it_tells(store: Store) -> None:
    desk = await Desk.of(store)
    row = await desk.brings_in(HEAD, 'Łucja Nowak,(07700) 900-001,NG5 1AB,Polish,"Care at home; money",Large print')

    assert (row.state, added(row), lines_of(row)) == ("done", 1, [])
    [person] = await desk.people()
    assert (person.name, person.district, person.language) == ("Łucja Nowak", "NG5", "pl")
    assert (person.state, person.joined_how, person.joined_at) == ("member", "paper", MORNING)

    def about(tx: Tx) -> tuple[list[str], list[str], list[Record], set[str], Record | None]:
        return (
            interests.of(tx, person.id, InterestKind.TOPIC),
            [one.words for one in needs.of(tx, person.id)],
            consents.history(tx, person_id=person.id),
            set(told.of(tx, person.id)),
            addresses.find(tx, "sms", "+447700900001"),
        )

    topics, arranged, ledger, noted, address = await desk.does(about)
    assert topics == ["home_care", "money"]
    assert arranged == ["Large print"]
    assert [(one.purpose, one.words, one.how, one.entered_by) for one in ledger] == [
        ("bank", "The form of 2026", "paper", desk.known.id),
        ("messages", "The form of 2026", "paper", desk.known.id),
    ]
    assert noted == {"name", "language", "place", "topics"}
    assert address is not None
    assert [one.address_id for one in ledger] == [address.id] * 2
    assert [one.id for one in await desk.does(lambda tx: reach.people_at(tx, address.id))] == [person.id]
    for wanted in (Wanted(name="nowak"), Wanted(number="+447700900001"), Wanted(topic="money")):
        assert len(await desk.does(lambda tx, wanted=wanted: find(tx, wanted, MORNING, 5))) == 1


async def test_nobody_is_texted_by_a_list_then_or_later(store: Store) -> None:
    desk = await Desk.of(store)
    await desk.brings_in(HEAD, *(f"Asha {number},{mobile(number)},,,," for number in range(20)))
    for _day in range(30):
        desk.later(days=1)
        await desk.does(lambda tx: upkeep.run(tx, desk.time, ASHDALE))
    assert await desk.does(lambda tx: number_of(tx, messages_out)) == 0
    assert await desk.does(lambda tx: number_of(tx, tasks)) == 0


async def test_a_landline_is_rung_and_who_has_neither_gets_letters(store: Store) -> None:
    desk = await Desk.of(store)
    row = await desk.brings_in("Name,Phone,Address", "Ben,020 7946 0958,", "Cy,,1 Oak Lane")
    assert row.report["counts"] | {"rung": 1, "letters": 1, "added": 2} == row.report["counts"]
    ben, cy = await desk.people()
    assert (ben.ring, ben.contact) == (True, {"phone": "+442079460958"})
    assert (cy.ring, cy.contact) == (False, {"post": "1 Oak Lane"})
    assert [one.purpose for one in await desk.does(lambda tx: consents.history(tx, person_id=ben.id))] == ["bank"]


@pytest.mark.parametrize(
    ("line", "wrong", "help_"),
    [
        ("Asha,,,,,", "There is no phone number, and nowhere that letters go", "Add one of them"),
        (
            "Asha,12345,,,,",
            "The phone number is not a whole number",
            "Check its digits. A UK mobile has 11, and begins with 07",
        ),
        (
            "Asha,4.47701E+11,,,,",
            "The spreadsheet program changed the phone number",
            "Make the column text, and type it again",
        ),
        (
            "Asha,+33 6 12 34 56 78,,,,",
            "The phone number is not a UK mobile or landline",
            "Ask them for one, or for where letters go",
        ),
        (f"{'A' * 41},07700900001,,,,", "The name is too long", "Use 40 characters or fewer"),
        (
            "Asha,07700900001,!!,,,",
            "The area is not a postcode or a town",
            "Put the first half of a postcode, like NG5, or a town",
        ),
        (
            "Asha,07700900001,,,Fishing,",
            "We have no such topic",
            "Use the names of topics that the form Add somebody shows",
        ),
        (f"Asha,07700900001,,,,{'x' * 501}", "There is too much about what to arrange", "Use 500 characters or fewer"),
    ],
)
async def test_a_row_is_refused_in_a_clear_line(store: Store, line: str, wrong: str, help_: str) -> None:
    desk = await Desk.of(store)
    row = await desk.brings_in(HEAD, "Ben,07700 900002,,,,", line)
    [told_of] = lines_of(row)
    assert (told_of.row, told_of.kind, told_of.wrong, told_of.help) == (3, "broken", wrong, help_)
    assert added(row) == 1


async def test_all_that_is_wrong_with_a_row_is_told_at_once(store: Store) -> None:
    desk = await Desk.of(store)
    [line] = lines_of(await desk.checks(HEAD, "Asha,12,,Klingon,Fishing,"))
    assert line.wrong == (
        "The phone number is not a whole number. We do not write in that language. We have no such topic"
    )
    assert "English" in line.help


@pytest.mark.parametrize(
    ("heading", "cell", "wrong"),
    [
        ("Ring", "perhaps", "It is not clear whether to ring them"),
        ("Part", "king", "It is not clear whether they are a member"),
        ("Agreed on", "31/2/2026", "The day they agreed is not clear"),
        ("Agreed on", "24/11/2026", "The day they agreed is not clear"),  # tomorrow
        ("Ways", "by pigeon", "We have no such way to take part"),
    ],
)
async def test_so_is_what_is_not_clear(store: Store, heading: str, cell: str, wrong: str) -> None:
    desk = await Desk.of(store)
    [line] = lines_of(await desk.checks(f"Mobile,{heading}", f"07700900001,{cell}"))
    assert line.wrong == wrong


async def test_each_rows_own_day_counts_and_who_prefers_calls_is_rung(store: Store) -> None:
    desk = await Desk.of(store)
    await desk.brings_in("Mobile,Agreed on,Ring,Part", "07700900001,1/3/2026,yes,staff", "07700900002,,,")
    first, second = await desk.people()
    assert (first.joined_at.date().isoformat(), first.ring, first.part) == ("2026-03-01", True, "staff")
    assert (second.joined_at, second.ring, second.part) == (MORNING, False, "member")


async def test_a_number_twice_in_the_file_is_added_once(store: Store) -> None:
    desk = await Desk.of(store)
    row = await desk.brings_in(HEAD, "Asha,07700 900001,,,,", "Ben,+44 (0)7700 900001,,,,")
    [line] = lines_of(row)
    assert (line.row, line.kind, line.wrong) == (3, "twice", "Row 2 has the same phone number")
    assert [person.name for person in await desk.people()] == ["Asha"]


async def test_so_is_a_number_far_down_in_the_file(store: Store) -> None:
    desk = await Desk.of(store)
    many = [f"Asha,{mobile(number)},,,," for number in range(PART + 10)]
    row = await desk.brings_in(HEAD, *many, f"Ben,{mobile(3)},,,,")
    [line] = lines_of(row)
    assert (line.row, line.wrong) == (PART + 12, "Row 5 has the same phone number")
    assert added(row) == PART + 10


async def test_whom_we_know_by_their_number_is_not_added_again(store: Store) -> None:
    desk = await Desk.of(store)
    asha = Somebody("+447700900001")
    await desk.does(asha.joins)
    [person] = await desk.people()
    [line] = lines_of(await desk.brings_in(HEAD, "Asha,07700 900001,,,,"))
    assert (line.kind, line.person) == ("known", person.token)
    assert line.wrong == "Somebody with this number is on our list already"
    assert len(await desk.people()) == 1


async def test_so_is_who_is_rung_there(store: Store) -> None:
    desk = await Desk.of(store)
    await desk.brings_in("Name,Phone", "Ben,020 7946 0958")
    [line] = lines_of(await desk.brings_in("Name,Phone", "Benjamin,+44 20 7946 0958"))
    assert line.kind == "known"


async def test_who_told_us_to_stop_is_refused(store: Store) -> None:
    desk = await Desk.of(store)
    stranger, member = Somebody("+447700900001"), Somebody("+447700900002")
    await desk.does(lambda tx: stranger.says(tx, "STOP"))
    await desk.does(member.joins)
    await desk.does(lambda tx: member.says(tx, "STOP"))
    row = await desk.brings_in(HEAD, "Asha,07700 900001,,,,", "Ben,07700 900002,,,,")
    assert [(line.kind, line.wrong) for line in lines_of(row)] == [("stopped", "This number told us to stop")] * 2
    assert "Only a START from that phone ends this" in lines_of(row)[0].help
    assert await desk.does(lambda tx: stranger.here(tx).state) == AddressState.STOPPED


async def test_who_left_comes_back_only_by_themselves(store: Store) -> None:
    desk = await Desk.of(store)
    asha = Somebody("+447700900001")
    await desk.does(asha.joins)
    await desk.does(lambda tx: tx.execute(people.update().values(state=PersonState.LEFT)))
    [line] = lines_of(await desk.brings_in(HEAD, "Asha,07700 900001,,,,"))
    assert (line.kind, line.wrong) == ("known", "Somebody with this number left our list")


@pytest.mark.parametrize(
    "mark",
    [
        {"held": "danger"},
        {"spam": "It sells loans."},
        {"ours": "staff"},
        {"unsafe_until": MORNING + timedelta(days=1)},
    ],
)
async def test_what_only_some_may_know_is_refused_in_the_same_words(store: Store, mark: dict[str, object]) -> None:
    desk = await Desk.of(store)
    stranger = Somebody("+447700900001")
    await desk.does(lambda tx: stranger.says(tx, "hello"))
    await desk.does(lambda tx: addresses.change(tx, stranger.here(tx).id, mark))
    [line] = lines_of(await desk.brings_in(HEAD, "Asha,07700 900001,,,,"))
    assert line.wrong == "This number cannot be added by a list"


async def test_somebody_held_is_somebody_we_know_and_no_more(store: Store) -> None:
    desk = await Desk.of(store)
    asha = Somebody("+447700900001")
    await desk.does(asha.joins)
    await desk.does(lambda tx: asha.says(tx, "my husband hits me and I am scared"))
    [line] = lines_of(await desk.checks(HEAD, "Asha,07700 900001,,,,"))
    assert line.wrong == "Somebody with this number is on our list already"


async def test_a_number_that_nobody_answers_is_refused(store: Store) -> None:
    desk = await Desk.of(store)
    stranger = Somebody("+447700900001")
    await desk.does(lambda tx: stranger.says(tx, "hello"))
    await desk.does(lambda tx: addresses.change(tx, stranger.here(tx).id, {"state": AddressState.DEAD}))
    [line] = lines_of(await desk.checks(HEAD, "Asha,07700 900001,,,,"))
    assert line.wrong == "Nobody can be reached at this number"


async def test_who_was_in_the_middle_of_joining_is_added_and_asked_no_more(store: Store) -> None:
    desk = await Desk.of(store)
    stranger = Somebody("+447700900001")
    await desk.does(lambda tx: stranger.says(tx, "JOIN"))
    before = await desk.does(lambda tx: len(stranger.heard(tx)))
    assert added(await desk.brings_in(HEAD, "Asha,07700 900001,,,,")) == 1
    address = await desk.does(stranger.here)
    assert (address.erase_at, len(await desk.does(lambda tx: reach.people_at(tx, address.id)))) == (None, 1)
    assert await desk.does(lambda tx: len(stranger.heard(tx))) == before
    await desk.does(lambda tx: stranger.says(tx, "1"))
    assert len(await desk.people()) == 1


async def test_a_number_that_was_erased_is_theirs_again(store: Store) -> None:
    desk = await Desk.of(store)
    stranger = Somebody("+447700900001")
    await desk.does(lambda tx: stranger.says(tx, "hello"))
    await desk.does(lambda tx: addresses.change(tx, stranger.here(tx).id, {"address": None}))
    assert added(await desk.brings_in(HEAD, "Asha,07700 900001,,,,")) == 1
    assert await desk.does(lambda tx: stranger.here(tx).address) == "+447700900001"


async def test_somebody_of_the_same_name_and_area_is_shown_and_the_coordinator_decides(store: Store) -> None:
    desk = await Desk.of(store)
    await desk.brings_in(HEAD, "Asha Shah,07700 900001,NG5 1AB,,,")
    known = (await desk.people())[0].token
    given = (HEAD, "Asha SHAH,07700 900002,NG5 2XX,,,", "Ben Shah,07700 900003,NG5,,,", "ben shah,07700 900004,NG5,,,")

    row = await desk.checks(*given)
    lines = [(line.row, line.kind, line.person) for line in lines_of(row)]
    assert lines == [(2, "perhaps", known), (4, "perhaps", "")]
    assert added(await desk.adds(row)) == 1

    row = await desk.adds(await desk.checks(*given), perhaps=True)
    assert [(line.row, line.kind) for line in lines_of(row)] == [(3, "known")]
    assert added(row) == 2


async def test_nothing_is_added_before_it_is_said_and_what_is_canceled_is_erased(store: Store) -> None:
    desk = await Desk.of(store)
    row = await desk.checks(HEAD, "Asha,07700 900001,,,,")
    assert (row.state, await desk.people()) == (TransferState.CHECKED, [])
    assert await desk.does(lambda tx: importing.cancel(tx, desk.known, row, MORNING))
    row = await desk.stands(row)
    assert (row.state, row.report, await desk.does(lambda tx: number_of(tx, transfer_parts))) == ("canceled", None, 0)
    assert not await desk.does(lambda tx: importing.run(tx, desk.known, row, MORNING, add_perhaps=False))
    assert await desk.people() == []


async def test_the_columns_may_be_changed_after_the_check(store: Store) -> None:
    desk = await Desk.of(store)
    row = await desk.checks("A,B,C", "07700 900001,Asha,07700 900002", mapping={"number": 1})
    assert [line.kind for line in lines_of(row)] == ["broken"]
    row = await desk.checks_again(row, mapping={"number": 2, "name": 1})
    assert lines_of(row) == []
    assert added(await desk.adds(row)) == 1


async def test_a_list_that_is_being_added_cannot_be_canceled(store: Store) -> None:
    desk = await Desk.of(store)
    row = await desk.checks(HEAD, "Asha,07700 900001,,,,")
    await desk.does(lambda tx: importing.run(tx, desk.known, row, MORNING, add_perhaps=False))
    row = await desk.stands(row)
    assert not await desk.does(lambda tx: importing.cancel(tx, desk.known, row, MORNING))
    assert not await desk.does(lambda tx: importing.run(tx, desk.known, row, MORNING, add_perhaps=False))


async def test_they_are_put_in_one_group_of_the_lists_name(store: Store) -> None:
    desk = await Desk.of(store)
    many = [f"Asha,{mobile(number)},,,," for number in range(PART + 5)]
    await desk.brings_in(HEAD, *many, "Ben,12,,,,", group="The old panel")
    [group] = await desk.does(groups.in_use)
    assert (group.name, group.kind, group.made_by) == ("The old panel", "import", desk.known.id)
    assert await desk.does(lambda tx: groups.count(tx, group.id)) == PART + 5


@pytest.mark.parametrize("writes", range(8))
async def test_a_crash_in_the_middle_adds_nobody_twice_and_nobody_by_half(store: Store, writes: int) -> None:
    desk = await Desk.of(store)
    row = await desk.checks(HEAD, *(f"Asha {number},{mobile(number)},NG5,,money," for number in range(3 * PART)))
    desk.store = unsteady = Unsteady(store)
    unsteady.away, unsteady.before = True, writes + 1
    try:
        await desk.adds(row)
    except Away:
        unsteady.away = False
        whole = await desk.people()
        assert len(whole) % PART == 0
        assert await desk.does(lambda tx: number_of(tx, addresses.addresses)) == len(whole)
        await desk.goes_on(row)
    unsteady.away = False
    row = await desk.stands(row)
    assert (row.state, added(row), len(await desk.people())) == ("done", 3 * PART, 3 * PART)
    assert await desk.does(lambda tx: number_of(tx, reach.reach)) == 3 * PART


async def test_a_check_that_broke_off_begins_again(store: Store) -> None:
    desk = await Desk.of(store)
    unsteady = Unsteady(store)
    desk.store = unsteady
    unsteady.away, unsteady.before = True, 3
    with pytest.raises(Away):
        await desk.checks(HEAD, *(f"Asha,{mobile(number % 900)},,,," for number in range(3 * PART)))
    unsteady.away = False
    [row] = await desk.does(lambda tx: importing.latest(tx, desk.known))
    assert row.state == TransferState.CHECKING
    await desk.goes_on(row)
    row = await desk.stands(row)
    assert (row.state, row.report["counts"]) == ("checked", {"rows": 3 * PART, "texts": 3 * PART})


async def test_who_joins_between_the_check_and_the_run_is_not_added_again(store: Store) -> None:
    desk = await Desk.of(store)
    row = await desk.checks(HEAD, "Asha,07700 900001,,,,", "Ben,07700 900002,,,,")
    await desk.does(Somebody("+447700900001").joins)
    await desk.does(lambda tx: Somebody("+447700900002").says(tx, "STOP"))
    row = await desk.adds(row)
    assert [line.kind for line in lines_of(row)] == ["known", "stopped"]
    assert (added(row), row.report["counts"]["known"], row.report["counts"]["stopped"]) == (0, 1, 1)


async def test_what_breaks_for_good_stops_and_may_go_on_later(
    store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = await Desk.of(store)
    row = await desk.checks(HEAD, "Asha Secret,07700 900001,,,,")

    def trips(*_given: object) -> list[int]:
        raise ValueError("Asha Secret, 07700 900001")

    with monkeypatch.context() as patched:
        patched.setattr("storage.enlisting.enlist", trips)
        row = await desk.adds(row)
    assert (row.state, await desk.people()) == ("failed", [])
    printed = "".join(capsys.readouterr())
    assert "transfer_failed" in printed
    assert "Secret" not in printed
    assert "900001" not in printed
    assert await desk.does(lambda tx: importing.go_on(tx, row, MORNING))
    await desk.goes_on(row)
    assert added(await desk.stands(row)) == 1


async def test_every_step_is_in_the_audit_and_no_name_is(store: Store) -> None:
    desk = await Desk.of(store)
    row = await desk.brings_in(HEAD, "Asha,07700 900001,,,,", "Ben,1,,,,")

    def acts(tx: Tx) -> list[tuple[str, str, int | None]]:
        found = tx.execute(select(audit_rows).where(audit_rows.c.about == row.token).order_by(audit_rows.c.id))
        return [(one.act, str(one.details), one.staff_id) for one in found]

    rows = await desk.does(acts)
    assert [act for act, _details, _by in rows] == ["imported"] * 4
    assert {by for _act, _details, by in rows} == {desk.known.id}
    assert not any("Asha" in details or "900001" in details for _act, details, _by in rows)
    assert (await desk.does(audit.verify))[1] is None


async def test_the_rows_that_were_added_are_gone_from_the_file_and_the_rest_in_a_week(store: Store) -> None:
    desk = await Desk.of(store)
    row = await desk.brings_in(HEAD, "Asha,07700 900001,,,,", "Ben,1,,,,")
    piece = await desk.does(lambda tx: importing.piece(tx, row.id, 0))
    assert piece is not None
    assert [cells[0] for _number, cells in piece.rows] == ["Ben"]
    report = await desk.does(lambda tx: importing.refused(tx, row))
    assert report[1][0] == "Ben"
    assert report[1][-3:] == [
        "3",
        "The phone number is not a whole number",
        "Check its digits. A UK mobile has 11, and begins with 07",
    ]
    desk.later(days=8)
    await desk.does(lambda tx: upkeep.run(tx, desk.time, ASHDALE))
    assert await desk.does(lambda tx: number_of(tx, transfer_parts)) == 0
    assert await desk.does(lambda tx: kept.find(tx, row.id)) is None


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode(),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("cp1252"),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace(",", ";").encode(),
        lambda text: text.replace(",", "\t").encode("cp1252"),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: spreadsheet.as_xlsx([line.split(",") for line in text.split("\n")]),
        lambda text: spreadsheet.as_csv([line.split(",") for line in text.split("\n")]),
    ],
    ids=["utf-8", "bom", "windows", "utf-16", "semicolon", "tab", "windows lines", "xlsx", "our own csv"],
)
def test_a_file_is_read_as_programs_save_it(encode: Callable[[str], bytes]) -> None:
    sheet = spreadsheet.read(encode("Name,Mobile\n\nZoë Müller,+447700900001\n"))
    assert sheet.headings == ["Name", "Mobile"]
    assert [cells for _number, cells in sheet.rows] == [["Zoë Müller", "+447700900001"]]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "nothing in this file below its headings"),
        (b"Name,Mobile\n", "nothing in this file below its headings"),
        (b"\x00\x01\x02", "cannot be read"),
        (b"PK\x03\x04 and no more", "cannot be read"),
        (b"\xd0\xcf\x11\xe0", "Save it as XLSX without a password"),
        (b"a\n" * 60_000, "50,000 rows or fewer"),
        (b"x" * (10 * 1024 * 1024 + 1), "10 MB or smaller"),
        (b"a\n" + b"," * 200 + b"x", "100 columns or fewer"),
        (b'a\n"' + b"x" * 200_000, "cannot be read"),
    ],
)
def test_a_file_that_is_none_is_told_in_plain_words(content: bytes, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        spreadsheet.read(content)
