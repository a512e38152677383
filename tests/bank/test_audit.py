"""The audit: rows that nobody changes, takes out, puts in or cuts off without being found out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, insert, select, update

from bank import audit, erasure
from bank.audit import Act
from storage import addresses, consents, marks, people, reach, staff
from storage.audit import audit as rows
from storage.people import PersonState
from storage.staff import StaffState
from storage.store import Store, Tx
from tests.bank.ashdale import MORNING, Somebody, number_of

Tampering = Callable[[Tx], Any]


def six_rows(tx: Tx) -> None:
    for number in range(6):
        audit.record(tx, MORNING + timedelta(minutes=number), Act.SEARCHED, None, by="name", number=number)


async def test_what_was_written_is_whole(store: Store) -> None:
    assert await store.read(audit.verify) == (0, None)
    await store.write(six_rows)
    assert await store.read(audit.verify) == (6, None)


async def test_a_row_is_the_same_in_whichever_zone_the_clock_was(store: Store) -> None:
    here = MORNING.astimezone(ZoneInfo("Europe/Warsaw")) + timedelta(microseconds=7)
    await store.write(lambda tx: audit.record(tx, here, Act.SEARCHED, None))
    assert await store.read(audit.verify) == (1, None)


def row(number: int) -> Any:
    return rows.c.id == number


@pytest.mark.parametrize(
    ("tampered", "found"),
    [
        (lambda tx: tx.execute(update(rows).where(row(3)).values(act="wrote")), (2, "row 3 was changed")),
        (
            lambda tx: tx.execute(update(rows).where(row(3)).values(at=MORNING)),
            (2, "row 3 was changed"),
        ),
        (
            lambda tx: tx.execute(update(rows).where(row(3)).values(details={"by": "number"})),
            (2, "row 3 was changed"),
        ),
        (
            lambda tx: tx.exec_driver_sql(
                "UPDATE audit SET details = (SELECT details FROM audit WHERE id = 4) WHERE id = 3"
            ),
            (2, "row 3 was changed"),
        ),
        (lambda tx: tx.exec_driver_sql("UPDATE audit SET details = details_key"), (0, "row 1 was changed")),
        (lambda tx: tx.execute(update(rows).where(row(3)).values(details=None)), (6, "what row 3 said was taken out")),
        (lambda tx: tx.execute(delete(rows).where(row(3))), (2, "row 3 is missing")),
        (lambda tx: tx.execute(delete(rows).where(row(1))), (0, "row 1 is missing")),
        (lambda tx: tx.execute(delete(rows).where(row(6))), (5, "rows at the end are missing")),
        (lambda tx: tx.execute(delete(rows)), (0, "rows at the end are missing")),
        (
            lambda tx: tx.execute(insert(rows).values(id=7, at=MORNING, act="wrote", chain="forged")),
            (6, "row 7 was changed, or put in"),
        ),
        (
            lambda tx: tx.execute(delete(marks.marks).where(marks.marks.c.name == "audit_head")),
            (6, "rows at the end are missing"),
        ),
    ],
)
async def test_what_was_tampered_with_is_found(store: Store, tampered: Tampering, found: tuple[int, str]) -> None:
    await store.write(six_rows)
    await store.write(tampered)
    count, wrong = await store.read(audit.verify)
    assert (count, (wrong or "")[: len(found[1])]) == found


async def test_rows_cut_off_at_the_end_are_missed_however_many_come_after(store: Store) -> None:
    await store.write(six_rows)
    await store.write(lambda tx: tx.execute(delete(rows).where(rows.c.id > 4)))
    await store.write(six_rows)
    assert await store.read(audit.verify) == (4, "row 5 is missing")


async def test_the_end_is_missed_though_our_note_of_it_went_too(store: Store) -> None:
    def cut_off(tx: Tx) -> None:
        tx.execute(delete(rows).where(rows.c.id > 4))
        tx.execute(delete(marks.marks).where(marks.marks.c.name == "audit_head"))

    await store.write(six_rows)
    await store.write(cut_off)
    assert await store.read(audit.verify) == (4, "rows at the end are missing")
    await store.write(six_rows)
    assert await store.read(audit.verify) == (4, "row 5 is missing")


async def test_an_empty_audit_of_a_team_that_came_in_is_not_whole(store: Store) -> None:
    def wiped(tx: Tx) -> None:
        hire(tx, pass_phrase="a hash")

    await store.write(wiped)
    assert await store.read(audit.verify) == (0, "rows at the end are missing")
    await store.write(lambda tx: audit.record(tx, MORNING + timedelta(days=1), Act.SEARCHED, None))
    assert await store.read(audit.verify) == (0, "rows at the beginning are missing")


def hire(tx: Tx, **more: Any) -> int:
    found = staff.add(
        tx, token="t", name="Sam", login="sam", state=StaffState.ACTIVE, last_step=0, created_at=MORNING, **more
    )
    return int(found.id)


async def test_many_at_once_make_one_chain(store: Store, stores: list[Store]) -> None:
    def seen(tx: Tx) -> None:
        audit.record(tx, MORNING, Act.SAW_PERSON, None, about="x")

    await asyncio.gather(*(own.write(seen) for own in stores for _ in range(5)))
    assert await store.read(audit.verify) == (20, None)


async def test_what_was_said_of_somebody_goes_with_them_and_the_chain_still_fits(store: Store) -> None:
    asha, other = Somebody(), Somebody()

    def told(tx: Tx) -> int:
        asha.joins(tx)
        other.joins(tx)
        [person] = reach.people_at(tx, asha.here(tx).id)
        [neighbour] = reach.people_at(tx, other.here(tx).id)
        hers = {"person_id": person.id}
        audit.record(tx, MORNING, Act.SAW_PERSON, None, **hers)
        audit.record(tx, MORNING, Act.PERSON_CHANGED, None, **hers, name=["Asha", "Aisha"])
        audit.record(tx, MORNING, Act.SPAM_MARKED, None, about=asha.here(tx).token, why="Aisha rang")
        audit.record(tx, MORNING, Act.PERSON_CHANGED, None, person_id=neighbour.id, name=["Ben", "Benny"])
        asha.says(tx, "LEAVE")
        people.change(tx, person.id, {"state": PersonState.LEFT, "erase_at": MORNING})
        return int(person.id)

    person_id = await store.write(told)
    assert await store.write(lambda tx: erasure.erase_person(tx, person_id, MORNING + timedelta(days=15)))
    kept = await store.read(lambda tx: list(tx.execute(select(rows).order_by(rows.c.id))))
    said = [row.details for row in kept if row.act != Act.DETAILS_ERASED]
    assert said == [None, None, None, {"name": ["Ben", "Benny"]}]
    assert [row.act for row in kept[:4]] == ["saw_person", "person_changed", "spam_marked", "person_changed"]
    assert [row.details["rows"] for row in kept if row.act == Act.DETAILS_ERASED] == [[3], [2]]
    assert await store.read(audit.verify) == (6, None)


async def test_what_a_stranger_wrote_goes_with_them_and_the_chain_still_fits(store: Store) -> None:
    somebody = Somebody()

    def told(tx: Tx) -> int:
        somebody.says(tx, "JOIN")
        here = somebody.here(tx)
        audit.record(tx, MORNING, Act.SPAM_MARKED, None, about=here.token, why="They sell roofs")
        return int(here.id)

    address_id = await store.write(told)
    assert await store.write(lambda tx: erasure.erase_unfinished(tx, address_id, MORNING + timedelta(days=15)))
    assert (await store.read(lambda tx: addresses.get(tx, address_id))).address is None
    assert await store.read(audit.verify) == (2, None)
    assert await store.read(lambda tx: number_of(tx, consents.consents)) == 0


async def test_erasing_nothing_leaves_no_row(store: Store) -> None:
    await store.write(lambda tx: audit.forget_about(tx, MORNING, 1, ["nobody"]))
    assert await store.read(audit.verify) == (0, None)
