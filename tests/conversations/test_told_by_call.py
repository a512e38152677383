"""Told by a call: who does not text, and whom a text did not reach, hears all of it from a person of ours."""

from __future__ import annotations

from typing import Any

from bank import merging, telling_calls
from bank.tokens import token
from storage import outbox, people, tellings
from storage.commitments import Event
from storage.outbox import OutState
from storage.people import PersonState
from storage.schema import Record
from storage.staff import Role
from storage.told import How
from tests.bank import leaflet
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone
from tests.conversations.promised import (
    TEXT,
    became,
    happens,
    is_told,
    members,
    promised,
    said,
    said_by,
    state,
    state_of,
)

CALL = (
    "Ring them and say:\n\n"
    "You said our bills are hard to read. We will rewrite them with carers by Friday 29 January. "
    "Is that what you meant?\n\nEnter what they say to it."
)


async def who_does_not_text(bank: Bank, **contact: str) -> Record:
    """Dorothy is rung at home."""
    values = {"state": PersonState.MEMBER, "name": "Dorothy", "language": "en", "joined_at": bank.now()}
    known = {"contact": contact, "contact_key": people.contact_key(contact["phone"]) if "phone" in contact else None}
    return await bank.does(lambda tx: people.add(tx, token=token(), **values, **known))


async def the_tasks(bank: Bank) -> list[Record]:
    return await bank.open_tasks()


async def test_one_call_with_all_of_it(bank: Bank) -> None:
    await bank.until(1, 12, 9)
    dorothy = await who_does_not_text(bank, phone="+447700900599")
    first = await said_by(bank, dorothy)
    second = await happens(bank, await said_by(bank, dorothy, title="Bus times"), Event.DONE)
    await happens(bank, first)
    await is_told(bank)
    (task,) = await the_tasks(bank)
    assert (task.kind, task.person_id) == ("call", dorothy.id)
    assert task.words.startswith(
        "Ring them and say:\n\nYou said our bills are hard to read. We think that we have done it."
    )
    assert "We will rewrite them with carers by Friday 29 January. Is that what you meant?" in task.words
    assert await state_of(bank, dorothy, first, second) == ["rung", "rung"]
    await bank.later(days=1)
    assert len(await the_tasks(bank)) == 1


async def test_a_letter_for_who_has_no_phone(bank: Bank) -> None:
    await bank.until(1, 12, 9)
    dorothy = await who_does_not_text(bank, post="1 Mill Lane")
    await happens(bank, await said_by(bank, dorothy))
    await is_told(bank)
    (task,) = await the_tasks(bank)
    assert task.kind == "letter"
    assert task.words == CALL.replace("Ring them and say:", "Print this and send it to them:")


async def test_what_they_say_on_the_phone_has_the_same_effect(bank: Bank) -> None:
    await bank.until(1, 12, 9)
    dorothy = await who_does_not_text(bank, phone="+447700900599")
    row = await happens(bank, await said_by(bank, dorothy), Event.DONE)
    await is_told(bank)
    (task,) = await the_tasks(bank)

    def enter(tx: Any) -> int:
        sam = leaflet.again(tx, leaflet.hired(tx, "Sam", Role.COORDINATOR).id)
        (one,) = tellings.by_task(tx, task.id)
        told = {one.token: ("no", "The old one came")}
        return telling_calls.enter(tx, sam, task, told, How.PHONE, bank.now(), bank.organisation)

    assert await bank.does(enter) == 1
    assert await state(bank, row) == "open"


async def test_a_text_that_did_not_arrive_becomes_a_call(bank: Bank, sms: Phone) -> None:
    await members(bank, sms)
    row = await promised(bank, sms)
    await is_told(bank)
    sms.reads(TEXT)
    await _becomes(bank, sms, OutState.FAILED)
    await bank.later(minutes=1)
    (task,) = await the_tasks(bank)
    assert task.words == f"Our text did not reach them. {CALL}"
    assert await became(bank, sms, row) == ["promised rung"]
    await bank.later(minutes=1)
    assert len(await the_tasks(bank)) == 1


async def test_a_call_about_one_thing_stays_though_they_answer_another(bank: Bank, sms: Phone) -> None:
    await members(bank, sms)
    lost = await promised(bank, sms)
    await is_told(bank)
    await _becomes(bank, sms, OutState.FAILED)
    await bank.until(9, 12, 10)
    row = await promised(bank, sms, title="Bus times")
    await is_told(bank)
    sms.ignores_the_rest()
    await sms.says("yes")
    sms.ignores_the_rest()
    assert await became(bank, sms, row) == ["promised told yes"]
    assert [task.words for task in await the_tasks(bank)] == [f"Our text did not reach them. {CALL}"]
    assert await became(bank, sms, lost) == ["promised rung"]


async def test_a_text_that_arrived_after_all_and_is_answered_needs_no_call(bank: Bank, sms: Phone) -> None:
    await members(bank, sms)
    await promised(bank, sms)
    await is_told(bank)
    await _becomes(bank, sms, OutState.FAILED)
    await bank.later(minutes=1)
    sms.ignores_the_rest()
    await sms.says("yes")
    sms.ignores_the_rest()
    assert await the_tasks(bank) == []


async def test_what_was_taken_back_before_it_went_is_told_when_it_may_be(bank: Bank, sms: Phone) -> None:
    await members(bank, sms)
    row = await promised(bank, sms)
    await is_told(bank)
    sms.ignores_the_rest()
    await _becomes(bank, sms, OutState.CANCELED)
    await sms.says("PAUSE")
    await sms.says("1")
    sms.ignores_the_rest()
    await bank.until(10, 12, 12)
    sms.reads_nothing()
    assert await became(bank, sms, row) == ["promised waiting"]
    await bank.until(21, 12, 12)
    assert TEXT in [bubble.screen for bubble in sms.unread]
    sms.ignores_the_rest()


async def _becomes(bank: Bank, phone: Phone, how: OutState) -> None:
    """What we said last to this phone."""
    rows = [one for one in await bank.said(phone) if one.wording.startswith("told.")]
    await bank.does(lambda tx: outbox.close(tx, [rows[-1].id], how, bank.now()))
    await bank.does(lambda tx: outbox.advance(tx, rows[-1].id, {"state": how}))


async def test_who_leaves_is_not_told_and_nothing_is_kept_of_it(bank: Bank, sms: Phone) -> None:
    await members(bank, sms)
    row = await promised(bank, sms)
    await is_told(bank)
    await sms.says("No, I meant the letters from Mill Lane")
    await sms.says("LEAVE")
    sms.ignores_the_rest()
    await bank.until(20, 12, 12)
    sms.ignores_the_rest()
    assert await bank.remembers("Mill Lane") == []
    table = tellings.tellings
    rows = await bank.asks(lambda tx: list(tx.execute(table.select().where(table.c.commitment_id == row.id))))
    assert rows == []


async def test_two_who_are_one_are_told_once(bank: Bank) -> None:
    one, other = bank.phone("sms"), bank.phone("sms")
    await members(bank, one, other)
    row = await said(bank, one, other)
    await happens(bank, row)
    await bank.later(minutes=30)

    keep, gone = await bank.member(one), await bank.member(other)

    def merge(tx: Any) -> None:
        sam = leaflet.again(tx, leaflet.hired(tx, "Sam", Role.COORDINATOR).id)
        merging.merge(tx, sam, keep, gone, "the same", bank.now(), bank.organisation)

    await bank.does(merge)
    await is_told(bank)
    read = [bubble.screen for phone in (one, other) for bubble in phone.unread]
    assert read == [TEXT]
    for phone in (one, other):
        phone.ignores_the_rest()
    assert sorted(await became(bank, one, row)) == ["promised joined", "promised told"]
