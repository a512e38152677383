"""CALL: owed from the first word, and never rung at a number that we do not have."""

from __future__ import annotations

from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import TelegramPhone, TextPhone


async def test_a_call_is_owed_before_its_time_is_told(sms: TextPhone, bank: Bank) -> None:
    await sms.says("CALL")
    sms.reads(sayings.WHEN_TO_RING)
    assert await bank.kinds_of_tasks() == ["call"]
    await sms.says("after 2")
    sms.reads(sayings.RING_THEN)
    assert await bank.tasks() == [("call", "after 2")]


async def test_what_is_no_number_is_asked_for_again(telegram: TelegramPhone, bank: Bank) -> None:
    await telegram.says("/call")
    await telegram.says("my husband has dementia")
    await telegram.says("07700 900123")
    again = f"{sayings.HINT_PHONE}\n{sayings.WHICH_NUMBER}"
    telegram.reads(sayings.WHICH_NUMBER, again, sayings.WHEN_AT_THAT_NUMBER)


async def test_on_telegram_we_ask_which_number(telegram: TelegramPhone, bank: Bank) -> None:
    await telegram.says("/call")
    await telegram.says("07700 900123")
    await telegram.says("mornings")
    telegram.reads(sayings.WHICH_NUMBER, sayings.WHEN_AT_THAT_NUMBER, sayings.RING_THEN)
    assert await bank.tasks() == [("call", "+447700900123, mornings")]
