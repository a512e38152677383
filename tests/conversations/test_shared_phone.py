"""Two people on one phone: each joins, each is asked who writes, and neither leaves for the other."""

from __future__ import annotations

import pytest

from bank.facts import UNNAMED
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone, TelegramPhone

ON_BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)


async def both_join(phone: Phone) -> None:
    await phone.joins("Asha")
    for reply in ("JOIN", "yes", "somebody else", "yes", "Ben"):
        await phone.says(reply)


@ON_BOTH
async def test_the_second_joins_as_somebody_else(phone: Phone, bank: Bank) -> None:
    await both_join(phone)
    phone.reads(
        sayings.WELCOME,
        sayings.who(sayings.WHO_JOINED, "Asha"),
        sayings.AGREE,
        sayings.NAME,
        sayings.thanks("Ben"),
    )
    assert [person.name for person in await bank.members(phone)] == ["Asha", "Ben"]
    assert await bank.consents(phone) == [("bank", True), ("messages", True)] * 2


async def test_by_buttons(telegram: TelegramPhone, bank: Bank) -> None:
    await telegram.joins("Asha")
    await telegram.says("/start")
    await telegram.presses("Yes")
    await telegram.presses("Somebody else")
    await telegram.presses("Yes, and I am 18 or over")
    await telegram.says("Ben")
    telegram.ignores_the_rest()
    assert [person.name for person in await bank.members(telegram)] == ["Asha", "Ben"]


async def test_who_has_no_name_is_offered_kindly(phone: Phone, bank: Bank) -> None:
    await phone.joins(None)
    await phone.says("JOIN")
    await phone.says("yes")
    phone.reads(sayings.WELCOME, sayings.who(sayings.WHO_JOINED, UNNAMED.text))
    await phone.says("1")
    phone.reads(sayings.ALREADY)
    assert len(await bank.members(phone)) == 1


async def test_my_details_ask_who_writes(phone: Phone) -> None:
    await both_join(phone)
    phone.ignores_the_rest()
    await phone.says("MY DETAILS")
    phone.reads(sayings.who(sayings.WHO_ARE_YOU, "Asha", "Ben"))
    await phone.says("Ben")
    phone.reads(sayings.SAFE_TO_READ)
    await phone.says("yes")
    phone.reads(sayings.details("Ben", "not told yet", "not told yet", 0))


async def test_pause_is_for_the_one_who_writes(phone: Phone, bank: Bank) -> None:
    await both_join(phone)
    phone.ignores_the_rest()
    await phone.says("PAUSE")
    phone.reads(sayings.who(sayings.WHO_ARE_YOU, "Asha", "Ben"))
    await phone.says("1")
    phone.reads(sayings.HOW_LONG)
    await phone.says("two weeks")
    phone.reads(sayings.paused("Monday 7 December"))
    asha, ben = await bank.members(phone)
    assert asha.paused_until is not None
    assert ben.paused_until is None


async def test_leave_of_one_leaves_the_other(phone: Phone, bank: Bank) -> None:
    await both_join(phone)
    phone.ignores_the_rest()
    await phone.says("LEAVE")
    phone.reads(sayings.who(sayings.WHO_ARE_YOU, "Asha", "Ben"))
    await phone.says("Asha")
    phone.reads(sayings.left())
    assert (await bank.member(phone)).name == "Ben"
    assert not await bank.is_stopped(phone)
    await bank.later(days=15)
    phone.ignores_the_rest()
    assert (await bank.member(phone)).name == "Ben"
    assert (await bank.address(phone)).address == phone.address
    assert "people" not in await bank.remembers("Asha")


async def test_stop_stops_the_phone_for_both(phone: Phone, bank: Bank) -> None:
    await both_join(phone)
    phone.ignores_the_rest()
    await phone.says("STOP")
    phone.reads(sayings.STOPPED)
    await bank.later(days=30)
    phone.reads_nothing()
    assert len(await bank.members(phone)) == 2


async def test_the_third_person_is_asked_to_join(phone: Phone) -> None:
    await both_join(phone)
    phone.ignores_the_rest()
    await phone.says("MY DETAILS")
    await phone.says("somebody else")
    phone.reads(sayings.who(sayings.WHO_ARE_YOU, "Asha", "Ben"), sayings.WELCOME)


async def test_from_the_menu_too_we_ask_who_writes(phone: Phone) -> None:
    await both_join(phone)
    phone.ignores_the_rest()
    await phone.says("MENU")
    await phone.says("3")
    phone.reads(sayings.MENU, sayings.who(sayings.WHO_ARE_YOU, "Asha", "Ben"))


async def test_danger_holds_everybody_on_the_phone(phone: Phone, bank: Bank) -> None:
    await both_join(phone)
    phone.ignores_the_rest()
    await phone.says("I can't cope any more")
    phone.reads(sayings.DANGER)
    assert {person.held for person in await bank.members(phone)} == {"danger"}


async def test_one_person_on_two_phones_is_two_addresses(bank: Bank) -> None:
    text, chat = bank.phone("sms", "+447700900555"), bank.phone("whatsapp", "+447700900555")
    await text.joins("Asha")
    await chat.says("JOIN")
    chat.reads(sayings.WELCOME)
    await chat.says("STOP")
    chat.reads(sayings.STOPPED)
    assert not await bank.is_stopped(text)
