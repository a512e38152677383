"""People correct what they wrote, press twice, and press what they should have pressed before."""

from __future__ import annotations

import pytest

from channels.message import Channel
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone, TelegramPhone


async def test_a_corrected_answer_counts(telegram: TelegramPhone, bank: Bank) -> None:
    await telegram.says("JOIN")
    await telegram.says("no but tell me more")
    telegram.ignores_the_rest()
    await telegram.edits("yes")
    telegram.reads(sayings.AGREE)
    await telegram.edits("no")
    telegram.reads(sayings.DECLINED)
    assert await bank.nobody_is_known()


async def test_an_agreement_corrected_to_a_no_is_a_no(telegram: TelegramPhone, bank: Bank) -> None:
    await telegram.says("JOIN")
    await telegram.says("yes")
    await telegram.says("yes")
    telegram.ignores_the_rest()
    await telegram.edits("no")
    telegram.reads(sayings.DECLINED)
    assert await bank.members(telegram) == []
    assert (await bank.consents(telegram))[-1] == ("bank", False)


async def test_a_message_corrected_into_stop_is_a_stop(telegram: TelegramPhone, bank: Bank) -> None:
    await telegram.joins()
    await telegram.says("stpo the bus")
    telegram.ignores_the_rest()
    await telegram.edits("stop")
    telegram.reads(sayings.STOPPED)
    assert await bank.is_stopped(telegram)


async def test_a_correction_after_the_conversation_ended_is_kept_for_a_person(
    telegram: TelegramPhone, bank: Bank
) -> None:
    await telegram.joins("Ahsa")
    await telegram.edits("Asha")
    telegram.ignores_the_rest()
    assert (await bank.dispositions(telegram))[-1] == "inbox"
    assert await bank.kinds_of_tasks() == ["read"]


async def test_a_stale_button_is_answered_kindly(telegram: TelegramPhone, bank: Bank) -> None:
    await telegram.says("/start")
    await telegram.says("no")
    telegram.ignores_the_rest()
    await telegram.presses("Yes")
    telegram.reads(sayings.STALE)
    assert await bank.nobody_is_known()


async def test_a_button_of_a_conversation_that_was_stopped_is_silence(telegram: TelegramPhone, bank: Bank) -> None:
    await telegram.says("/start")
    await telegram.says("STOP")
    telegram.ignores_the_rest()
    await telegram.presses("Yes")
    telegram.reads_nothing()
    assert await bank.members(telegram) == []
    assert await bank.is_stopped(telegram)


async def test_a_button_of_another_conversation_asks_the_open_question_again(telegram: TelegramPhone) -> None:
    await telegram.says("/start")
    await telegram.says("CALL")
    telegram.ignores_the_rest()
    await telegram.presses("Yes")
    telegram.reads(sayings.WHICH_NUMBER)


@pytest.mark.parametrize("kind", ["telegram", "whatsapp"])
async def test_a_double_press_has_one_effect(bank: Bank, kind: str) -> None:
    phone = bank.phone(kind)
    await phone.says("JOIN")
    await phone.presses("Yes")
    await phone.presses("Yes")
    phone.reads(sayings.WELCOME, sayings.AGREE)
    await bank.receives_together([phone.press("Yes, and I am 18 or over") for _ in range(3)])
    phone.reads(sayings.NAME)
    assert len(await bank.members(phone)) == 1
    assert await bank.consents(phone) == [("bank", True), ("messages", True)]


async def test_an_older_button_is_a_change_of_mind(telegram: TelegramPhone, bank: Bank) -> None:
    await telegram.says("/start")
    await telegram.presses("Yes")
    telegram.ignores_the_rest()
    await telegram.presses("No", on=0)
    telegram.reads(sayings.DECLINED)
    assert await bank.nobody_is_known()


async def test_an_older_no_after_agreeing_is_a_change_of_mind_as_well(telegram: TelegramPhone, bank: Bank) -> None:
    await telegram.says("/start")
    await telegram.presses("Yes")
    await telegram.presses("Yes, and I am 18 or over")
    telegram.ignores_the_rest()
    await telegram.presses("No", on=0)
    telegram.reads(sayings.DECLINED)
    assert await bank.members(telegram) == []
    assert (await bank.consents(telegram))[-1] == ("bank", False)


async def test_yes_and_then_sorry_no_within_the_conversation(phone: Phone, bank: Bank) -> None:
    await phone.says("JOIN")
    await phone.says("yes")
    await phone.says("sorry no")
    phone.reads(sayings.WELCOME, sayings.AGREE, sayings.DECLINED)
    assert await bank.nobody_is_known()


async def test_a_button_with_a_payload_that_is_not_ours_is_answered_kindly(telegram: TelegramPhone, bank: Bank) -> None:
    await telegram.says("/start")
    telegram.reads(sayings.WELCOME)
    bubble = telegram.all[0]
    assert bubble.message.channel is Channel.TELEGRAM
    stolen = bank.phone("telegram")
    assert isinstance(stolen, TelegramPhone)
    stolen.all.append(bubble)
    await stolen.presses("Yes")
    stolen.reads(sayings.STALE)
    assert await bank.nobody_is_known()
