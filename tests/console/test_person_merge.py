"""Two on our list who are one, and one who is two."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import Table, UniqueConstraint

from storage import addresses, audit, consents, conversations, interests, messages_in, moving, needs, people, reach
from storage.interests import InterestKind
from storage.migrate import tables
from storage.people import PersonState
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from tests.console.desk import Console
from tests.console.test_people import BOTH, names, somebody
from tests.console.test_person import ASHA, Fields, found, joined, text_of

OTHER = "+447700900456"
WHY: Fields = {"why": "She told me on the phone"}


async def twice(console: Console) -> tuple[Record, Record]:
    """Asha joined with one phone, and a day later with another."""
    first = await joined(console)
    await console.moves(days=1)
    second = await joined(console, OTHER, "Asha Shah")
    return first, second


@BOTH
async def test_two_that_are_one_become_one_and_newer_facts_win(console: Console) -> None:
    asha, twin = await twice(console)

    def tells(tx: Tx) -> None:
        people.change(tx, asha.id, {"skills": "Baking"})
        needs.add(tx, person_id=asha.id, words="Large print", at=console.clock())
        needs.add(tx, person_id=twin.id, words="large print", at=console.clock())
        interests.choose(tx, twin.id, InterestKind.TOPIC, ["money"])

    await console.write(tells)
    sam = await console.as_(Role.COORDINATOR)
    where = f"/people/{asha.token}/merge"
    page = await sam.post(where, {"name": "shah"})
    assert f'href="{where}/{twin.token}"' in page.text
    page = await sam.get(f"{where}/{twin.token}")
    for said in ("Asha Shah", "ends 123", "ends 456", "Baking"):
        assert said in text_of(page)
    assert (await sam.post(f"{where}/{twin.token}", {"why": ""})).status_code == 400

    page = await sam.post(f"{where}/{twin.token}", WHY)
    assert "The two are one now." in text_of(page)

    def after(tx: Tx) -> tuple[object, ...]:
        one, gone = people.get(tx, asha.id), people.get(tx, twin.id)
        return (
            (one.name, one.skills, interests.of(tx, one.id, InterestKind.TOPIC)),
            len(needs.of(tx, one.id)),
            {row.address for row in reach.addresses_of(tx, one.id)},
            [(entry.purpose, entry.given) for entry in consents.history(tx, person_id=one.id)],
            (gone.state, gone.name, gone.merged_into, consents.history(tx, person_id=gone.id)),
        )

    assert await console.read(after) == (
        ("Asha Shah", "Baking", ["money"]),
        1,
        {ASHA, OTHER},
        [("bank", True), ("messages", True)] * 2,
        (PersonState.ERASED, None, asha.id, []),
    )
    assert names((await sam.post("/people", {"name": "asha"})).text) == ["Asha Shah"]
    assert (await sam.get(f"/people/{twin.token}")).status_code == 404
    words = await console.read(
        lambda tx: [row.text for row in tx.execute(messages_in.messages_in.select()) if row.person_id == twin.id]
    )
    assert words == []


async def test_who_left_under_one_name_has_left(console: Console) -> None:
    asha, twin = await twice(console)
    await console.phone(ASHA).says("LEAVE")
    sam = await console.as_(Role.COORDINATOR)
    page = text_of(await sam.post(f"/people/{twin.token}/merge/{asha.token}", WHY))
    assert "Left" in page
    assert (await console.phone(OTHER).address()).state == "stopped"


async def test_a_stop_on_one_phone_and_a_pause_stay(console: Console) -> None:
    asha, twin = await twice(console)
    until = console.clock() + timedelta(days=60)
    await console.write(lambda tx: people.change(tx, twin.id, {"paused_until": until}))
    await console.phone(ASHA).says("STOP")
    sam = await console.as_(Role.COORDINATOR)
    await sam.post(f"/people/{asha.token}/merge/{twin.token}", WHY)
    one = await console.read(lambda tx: people.get(tx, asha.id))
    assert (one.state, one.paused_until) == (PersonState.MEMBER, until)
    assert (await console.phone(ASHA).address()).state == "stopped"
    assert (await console.phone(OTHER).address()).state == "open"


async def test_where_something_is_held_a_lead_does_it(console: Console) -> None:
    asha, twin = await twice(console)
    await console.write(lambda tx: people.change(tx, asha.id, {"held": "bereavement"}))
    where = f"/people/{asha.token}/merge/{twin.token}"
    sam = await console.as_(Role.COORDINATOR)
    assert "only a safeguarding lead may do this" in text_of(await sam.post(where, WHY))
    await console.write(lambda tx: people.change(tx, asha.id, {"held": "danger"}))
    assert (await sam.post(where, WHY)).status_code == 404
    lea = await console.as_(Role.SAFEGUARDING_LEAD)
    assert "The two are one now." in text_of(await lea.post(where, WHY))
    assert (await console.read(lambda tx: people.get(tx, asha.id))).held == "danger"


async def test_nobody_is_merged_with_themselves_or_with_nobody(console: Console) -> None:
    asha = await joined(console)
    sam = await console.as_(Role.COORDINATOR)
    assert "Choose somebody else" in text_of(await sam.post(f"/people/{asha.token}/merge/{asha.token}", WHY))
    assert (await sam.post(f"/people/{asha.token}/merge/nobody", WHY)).status_code == 404
    assert "Enter a name or a whole phone number" in text_of(await sam.post(f"/people/{asha.token}/merge", {}))


async def test_merging_is_on_record_and_erased_with_who_is_left(console: Console) -> None:
    asha, twin = await twice(console)
    sam = await console.as_(Role.COORDINATOR)
    await sam.post(f"/people/{asha.token}/change", {"name": "Asha S", "language": "en", "how": "phone"})
    await sam.post(f"/people/{twin.token}/merge/{asha.token}", WHY)

    def merged(tx: Tx) -> set[tuple[int, str, int]]:
        return {(row.person_id, row.about, row.staff_id) for row in audit.everything(tx) if row.act == "person_merged"}

    sam_id = sam.staff.id
    assert await console.read(merged) == {(twin.id, asha.token, sam_id), (asha.id, twin.token, sam_id)}
    await console.phone(OTHER).says("LEAVE")
    await console.moves(days=15)
    told = await console.read(
        lambda tx: [
            row.details
            for row in audit.everything(tx)
            if row.person_id in {asha.id, twin.id} and row.act != "details_erased"
        ]
    )
    assert set(told) == {None}


def test_every_table_that_names_a_person_moves_or_says_why_not() -> None:
    keyed = {
        table.name
        for table in tables().sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name == "people" and (column.primary_key or column.unique or _may_meet(table, column.name))
    }
    assert keyed <= moving.STAYS, "its rows could meet rows that are there: move them by hand"


def _may_meet(table: Table, column: str) -> bool:
    together = [one for one in table.constraints if isinstance(one, UniqueConstraint)]
    return any(column in one.columns for one in together)


def _name(page: str, text: str) -> str:
    """What the box beside this message sends."""
    named = re.search(rf'for="m-(\w+)"><bdi>{re.escape(text)}</bdi>', page)
    assert named, text
    return named[1]


async def on_one_phone(console: Console) -> tuple[Record, Record]:
    """Asha and Ben joined with the same phone."""
    asha = await joined(console)
    await console.phone(ASHA).says("JOIN", "1", "Somebody else", "1", "Ben")
    ben = await found(console)
    assert (asha.name, ben.name) == ("Asha", "Ben")
    return asha, ben


@BOTH
async def test_what_was_told_in_the_others_messages_goes_with_them(console: Console) -> None:
    asha, ben = await on_one_phone(console)
    await console.moves(days=8)
    sam = await console.as_(Role.COORDINATOR)

    def asked(tx: Tx) -> int:
        address = addresses.find(tx, "sms", ASHA)
        assert address is not None
        row = conversations.open_at(tx, address.id)
        assert row is not None
        return int(row.conversation_person_id)

    first = await console.read(asked)
    whose, other = (asha, ben) if first == asha.id else (ben, asha)
    await console.phone(ASHA).says("1")
    assert (await console.read(lambda tx: people.get(tx, whose.id))).looks_after == "yes"

    where = f"/people/{whose.token}/split"
    page = await sam.get(where)
    one = _name(page.text, "1")
    wrong = await sam.post(where, {"which": "ticked", "whose": other.token, "why": "Ben rang me"})
    assert "Choose at least one message" in text_of(wrong)
    form: Fields = {"which": "ticked", "messages": [one], "whose": other.token, "why": "Ben rang me"}
    assert "is not theirs any more" in text_of(await sam.post(where, form))
    after = await console.read(lambda tx: [people.get(tx, one.id).looks_after for one in (whose, other)])
    assert after == [None, "yes"]


async def test_who_agreed_in_none_of_the_messages_is_not_put_on_our_list(console: Console) -> None:
    asha = await joined(console)
    await console.moves(days=8)
    await console.phone(ASHA).says("1")
    sam = await console.as_(Role.COORDINATOR)
    where = f"/people/{asha.token}/split"
    since: Fields = {"which": "since", "day-day": "1", "day-month": "12", "day-year": "2026", "why": "Her son wrote"}
    assert "They did not agree to join" in text_of(await sam.post(where, {**since, "whose": "new"}))
    assert await console.read(people.count) == 1
    await sam.post(where, {**since, "whose": "nobody"})

    def after(tx: Tx) -> tuple[object, ...]:
        texts = [row.text for row in messages_in.of_person(tx, asha.id, [1], 100)]
        return people.get(tx, asha.id).looks_after, texts[0], len(consents.history(tx, person_id=asha.id))

    assert await console.read(after) == (None, "Asha", 2)
    last = await console.read(lambda tx: messages_in.at_address(tx, 1)[-1])
    assert (last.text, last.person_id) == ("1", None)


async def test_who_agreed_in_them_is_somebody_of_their_own(console: Console) -> None:
    asha = await joined(console)
    sam = await console.as_(Role.COORDINATOR)
    since: Fields = {"which": "since", "day-day": "23", "day-month": "11", "day-year": "2026"}
    await sam.post(f"/people/{asha.token}/split", {**since, "whose": "new", "why": "It was her sister"})
    assert sorted(names((await sam.get("/people")).text)) == ["Asha", "Somebody we have no name for"]
    sister = await console.read(lambda tx: [one for one in reach.people_at(tx, 1) if one.id != asha.id])
    assert [one.name for one in sister] == ["Asha"]
    entries = await console.read(lambda tx: consents.history(tx, person_id=sister[0].id))
    assert [(entry.purpose, entry.given) for entry in entries] == [("bank", True), ("messages", True)]


@pytest.mark.parametrize("whose", ["", "AAAA"])
async def test_to_nobody_on_this_phone_nothing_is_given(console: Console, whose: str) -> None:
    asha = await joined(console)
    stranger = await somebody(console, "Carys")
    sam = await console.as_(Role.COORDINATOR)
    form: Fields = {"which": "ticked", "messages": ["x"], "why": "Because"}
    assert (await sam.post(f"/people/{asha.token}/split", {**form, "whose": whose})).status_code in {400, 404}
    assert (await sam.post(f"/people/{asha.token}/split", {**form, "whose": stranger.token})).status_code == 400
