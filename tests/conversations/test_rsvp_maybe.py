"""Maybe: who is not sure is asked once more on a day that helps, and offered cover where that is what they lack."""

from __future__ import annotations

from datetime import date

import pytest

from storage import arrangements
from storage.schema import Record
from tests.conversations.banks import Bank
from tests.conversations.gathering import a_meeting, invites_to, noted, rsvp, said, stand
from tests.conversations.phones import Phone

MONDAY = "Monday 30 November"


async def is_asked(phone: Phone, bank: Bank, **meeting: object) -> Record:
    await phone.joins()
    row = await a_meeting(bank, **meeting)
    await invites_to(bank, row)
    phone.ignores_the_rest()
    return row


async def asked_on(bank: Bank, meeting: Record, phone: Phone) -> date | None:
    row = await rsvp(bank, meeting, phone)
    assert row is not None
    assert row.state == "maybe"
    return row.ask_at.astimezone(bank.organisation.zone).date() if row.ask_at is not None else None


@pytest.mark.parametrize("words", ["3", "not sure", "maybe", "hopefully", "50/50", "pencil me in"])
async def test_we_offer_a_day_on_which_to_ask_again(phone: Phone, bank: Bank, words: str) -> None:
    meeting = await is_asked(phone, bank)
    await phone.says(words)
    phone.reads(said("may_we", ask_day=MONDAY))
    await phone.says("yes")
    phone.reads(said("will_ask", ask_day=MONDAY))
    assert await asked_on(bank, meeting, phone) == date(2026, 11, 30)


async def test_they_would_rather_text_us(phone: Phone, bank: Bank) -> None:
    meeting = await is_asked(phone, bank)
    await phone.says("not sure")
    phone.ignores_the_rest()
    await phone.says("no")
    phone.reads(said("noted"))
    assert await asked_on(bank, meeting, phone) is None


@pytest.mark.parametrize(
    ("words", "spoken", "on"),
    [
        ("Friday", "Friday 27 November", date(2026, 11, 27)),
        ("I'll know on Saturday", "Saturday 28 November", date(2026, 11, 28)),
        ("the day before, 2 December", "Tuesday 1 December", date(2026, 12, 1)),
    ],
)
async def test_a_day_that_they_name_is_taken(phone: Phone, bank: Bank, words: str, spoken: str, on: date) -> None:
    meeting = await is_asked(phone, bank)
    await phone.says("not sure")
    phone.ignores_the_rest()
    await phone.says(words)
    phone.reads(said("will_ask", ask_day=spoken))
    assert await asked_on(bank, meeting, phone) == on


async def test_when_they_say_at_once_when_they_will_know_nothing_is_asked(phone: Phone, bank: Bank) -> None:
    meeting = await is_asked(phone, bank)
    await phone.says("not sure, I'll know by Friday")
    phone.reads(said("will_ask", ask_day="Friday 27 November"))
    assert await asked_on(bank, meeting, phone) == date(2026, 11, 27)


async def test_shortly_before_it_there_is_no_day_left_to_ask_again(phone: Phone, bank: Bank) -> None:
    meeting = await is_asked(phone, bank, on_day="2026-11-24")
    await phone.says("not sure")
    phone.reads(said("noted"))
    assert await asked_on(bank, meeting, phone) is None


@pytest.mark.parametrize("words", ["if I can get cover", "maybe, if someone can sit with my husband"])
async def test_for_want_of_cover_we_offer_to_look_for_some(phone: Phone, bank: Bank, words: str) -> None:
    meeting = await is_asked(phone, bank)
    await phone.says(words)
    phone.reads(said("cover"))
    await phone.says("yes please")
    phone.reads(said("will_look", ask_day=MONDAY))
    (row,) = await bank.asks(lambda tx: arrangements.in_meeting(tx, meeting.id))
    assert (row.kind, row.state) == ("sitting", "to_do")
    assert await asked_on(bank, meeting, phone) == date(2026, 11, 30)


async def test_cover_is_not_wanted(phone: Phone, bank: Bank) -> None:
    meeting = await is_asked(phone, bank)
    await phone.says("if I can get cover")
    phone.ignores_the_rest()
    await phone.says("no")
    phone.reads(said("may_we", ask_day=MONDAY))
    assert await bank.asks(lambda tx: arrangements.in_meeting(tx, meeting.id)) == []


async def test_a_maybe_that_becomes_a_yes_midway(phone: Phone, bank: Bank) -> None:
    meeting = await is_asked(phone, bank)
    await phone.says("not sure")
    phone.ignores_the_rest()
    await phone.says("I can come")
    phone.reads(noted())
    assert await stand(bank, meeting, phone) == ["coming"]


async def test_a_maybe_that_becomes_a_no_later(phone: Phone, bank: Bank) -> None:
    meeting = await is_asked(phone, bank)
    await phone.says("not sure")
    await phone.says("yes")
    phone.ignores_the_rest()
    await phone.says("sorry can't")
    phone.reads(said("no"))
    assert await stand(bank, meeting, phone) == ["not_coming"]


async def test_who_was_asked_again_and_names_another_day_is_asked_then(phone: Phone, bank: Bank) -> None:
    meeting = await is_asked(phone, bank, on_day="2026-12-17")
    await phone.says("not sure, I'll know by Friday")
    await bank.until(27, 11, 10, 1)
    await phone.says("3")
    phone.ignores_the_rest()
    await phone.says("maybe, I'll know on 8 December")
    phone.reads(said("will_ask", ask_day="Tuesday 8 December"))
    assert await asked_on(bank, meeting, phone) == date(2026, 12, 8)
    await bank.until(8, 12, 9, 30)
    phone.ignores_the_rest()
    await bank.until(8, 12, 10, 1)
    (asked,) = phone.unread
    assert "you were not sure about this. Carers' space." in asked.screen
    phone.ignores_the_rest()


async def test_a_day_named_as_we_ask_for_the_last_time_is_not_promised(phone: Phone, bank: Bank) -> None:
    meeting = await is_asked(phone, bank, on_day="2026-12-17")
    await phone.says("not sure, I'll know by Friday")
    await bank.until(27, 11, 10, 1)
    phone.ignores_the_rest()
    await phone.says("still not sure, I'll know on 8 December")
    assert "We will not ask again" in phone.unread[-1].screen
    phone.ignores_the_rest()
    assert await asked_on(bank, meeting, phone) is None
