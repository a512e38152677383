"""A join left unfinished: one kind reminder, and after thirty days nothing is left of it."""

from __future__ import annotations

import pytest

from storage import questions
from storage.questions import QuestionState
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone, TextPhone

ON_BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)


async def test_one_reminder_after_a_day_and_no_second(phone: Phone, bank: Bank) -> None:
    await phone.says("JOIN")
    await bank.later(hours=22)
    phone.reads(sayings.WELCOME)
    await bank.later(hours=2)
    phone.reads(sayings.REMINDER)
    await bank.later(days=28)
    phone.reads_nothing()


async def test_on_whatsapp_the_reminder_comes_while_we_may_still_write(bank: Bank) -> None:
    chat = bank.phone("whatsapp")
    await chat.says("JOIN")
    await bank.later(hours=23)
    chat.reads(sayings.WELCOME, sayings.REMINDER)
    assert all(bubble.message.in_window for bubble in chat.all)


async def test_what_was_interrupted_is_reminded_of_as_well(phone: Phone, bank: Bank) -> None:
    await phone.says("JOIN")
    await phone.says("CALL")
    await phone.says("tomorrow morning")
    phone.reads(sayings.WELCOME, sayings.WHEN_TO_RING, sayings.RING_THEN, sayings.WELCOME)
    await bank.later(days=1)
    phone.reads(sayings.REMINDER)


async def test_the_reminder_asks_the_question_they_stood_at(phone: Phone, bank: Bank) -> None:
    await phone.says("JOIN")
    await phone.says("yes")
    await bank.later(days=1)
    phone.reads(sayings.WELCOME, sayings.AGREE, f"{sayings.NUDGE}\n{sayings.AGREE_AGAIN}")
    await phone.says("1")
    phone.reads(sayings.NAME)


async def test_an_answer_after_the_reminder_brings_no_new_one(phone: Phone, bank: Bank) -> None:
    await phone.says("JOIN")
    await bank.later(days=1)
    await phone.says("yes")
    phone.ignores_the_rest()
    await bank.later(days=10)
    phone.reads_nothing()


async def test_no_reminder_at_night(sms: TextPhone, bank: Bank) -> None:
    await bank.until(23, 11, 20)
    await sms.says("JOIN")
    await bank.until(24, 11, 20)
    await bank.until(25, 11, 8, 59)
    sms.reads(sayings.WELCOME)
    await bank.until(25, 11, 9)
    sms.reads(sayings.REMINDER)


async def test_no_reminder_on_a_sunday(sms: TextPhone, bank: Bank) -> None:
    await bank.until(28, 11, 12)
    await sms.says("JOIN")
    await bank.until(29, 11, 12)
    await bank.until(30, 11, 8)
    sms.reads(sayings.WELCOME)
    await bank.until(30, 11, 9, 30)
    sms.reads(sayings.REMINDER)


async def test_no_reminder_on_a_bank_holiday(sms: TextPhone, bank: Bank) -> None:
    await bank.until(24, 12, 10)
    await sms.says("JOIN")
    await bank.until(25, 12, 12)
    sms.reads(sayings.WELCOME)
    await bank.until(26, 12, 10)
    sms.reads(sayings.REMINDER)


async def test_a_refusal_or_a_stop_brings_no_reminder(bank: Bank) -> None:
    for word in ("no", "STOP", "I'm 15"):
        phone = bank.phone("sms")
        await phone.says("JOIN")
        await phone.says(word)
        phone.ignores_the_rest()
    await bank.later(days=40)


@ON_BOTH
async def test_after_thirty_days_nothing_is_left(phone: Phone, bank: Bank) -> None:
    await phone.says("JOIN")
    await phone.says("Zebedee ok")
    phone.ignores_the_rest()
    assert await bank.remembers("Zebedee")
    address = await bank.address(phone)
    await bank.later(days=29)
    phone.ignores_the_rest()
    assert await bank.remembers("Zebedee")
    await bank.later(days=1, minutes=1)
    assert await bank.remembers("Zebedee") == []
    assert await bank.remembers(phone.address) == []
    assert (await bank.address(phone)).id == address.id
    assert (await bank.address(phone)).address is None


async def test_what_a_person_must_still_read_waits_for_them(phone: Phone, bank: Bank) -> None:
    await phone.says("JOIN")
    await phone.says("what number bus does Zebedee take")
    phone.ignores_the_rest()
    await bank.later(days=35)
    phone.ignores_the_rest()
    assert "messages_in" in await bank.remembers("Zebedee")
    (asked,) = await bank.open_questions()
    await bank.does(lambda tx: questions.change(tx, asked.id, {"state": QuestionState.CLOSED}))
    await bank.later(days=8)
    assert await bank.remembers("Zebedee") == []


async def test_who_was_erased_may_write_again(phone: Phone, bank: Bank) -> None:
    await phone.says("JOIN")
    await bank.later(days=31)
    phone.ignores_the_rest()
    await phone.joins("Asha")
    assert (await bank.member(phone)).name == "Asha"


async def test_a_stop_is_honoured_after_everything_else_is_erased(phone: Phone, bank: Bank) -> None:
    await phone.says("JOIN")
    await phone.says("STOP")
    phone.ignores_the_rest()
    await bank.later(days=31)
    assert await bank.is_stopped(phone)
    await phone.says("are you there")
    phone.reads_nothing()
