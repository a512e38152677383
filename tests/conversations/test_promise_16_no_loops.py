"""Promise 16: at most five replies an hour that bring nothing forward; and what a machine beside a person says."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone, TextPhone

MOST = 5


@pytest.mark.parametrize("word", ["HELP", "who is this", "MENU", "JOIN", "my details", "BACK", "hello"])
async def test_promise_16_a_word_over_and_over(sms: TextPhone, bank: Bank, word: str) -> None:
    for _ in range(30):
        await sms.says(word)
    assert len(sms.unread) <= MOST + 1  # the first was news
    sms.ignores_the_rest()
    await bank.later(hours=1, minutes=1)
    await sms.says(word)
    assert len(sms.unread) == 1
    sms.ignores_the_rest()


async def test_promise_16_stop_over_and_over_is_in_force_all_the_same(sms: TextPhone, bank: Bank) -> None:
    for _ in range(30):
        await sms.says("STOP")
    assert len(sms.unread) <= MOST + 1
    sms.ignores_the_rest()
    assert await bank.is_stopped(sms)


async def test_promise_16_a_conversation_goes_on_for_somebody_who_asked_for_help_a_lot(sms: TextPhone) -> None:
    for _ in range(10):
        await sms.says("HELP")
    sms.ignores_the_rest()
    await sms.says("JOIN")
    await sms.says("1")
    await sms.says("1")
    sms.reads(sayings.WELCOME, sayings.AGREE, sayings.NAME)


async def test_promise_16_stop_and_danger_are_answered_whatever_went_before(sms: TextPhone, bank: Bank) -> None:
    for _ in range(10):
        await sms.says("HELP")
    sms.ignores_the_rest()
    await sms.says("STOP")
    sms.reads(sayings.STOPPED)
    await sms.says("he hits me")
    sms.reads(sayings.DANGER)


async def test_promise_16_the_same_question_over_and_over(sms: TextPhone) -> None:
    await sms.says("JOIN")
    sms.ignores_the_rest()
    for _ in range(30):
        await sms.says("2")
    assert len(sms.unread) <= MOST + 1
    sms.ignores_the_rest()


async def test_promise_17_too_many_at_once_are_kept_for_a_person(sms: TextPhone, bank: Bank) -> None:
    for number in range(40):
        await bank.receives(sms.writes(("JOIN", "MENU")[number % 2]))
        bank.now.move(timedelta(seconds=0.1))
    assert len(sms.unread) <= 10
    sms.ignores_the_rest()
    assert await bank.kinds_of_tasks() == ["read"]
    await bank.receives(sms.writes("he hits me"))
    sms.reads(sayings.DANGER)
    await bank.receives(sms.writes("STOP"))
    assert await bank.is_stopped(sms)
    sms.ignores_the_rest()


async def test_promise_17_after_a_quiet_moment_they_are_answered_again(sms: TextPhone, bank: Bank) -> None:
    for _ in range(20):
        await bank.receives(sms.writes("MENU"))
    sms.ignores_the_rest()
    bank.now.move(timedelta(seconds=11))
    await sms.says("JOIN")
    sms.reads(sayings.WELCOME)


async def test_a_person_who_sounds_like_a_machine_is_read_and_answered(sms: TextPhone, bank: Bank) -> None:
    await sms.says("out of office hours is best for me")
    sms.reads(sayings.kept())
    assert await bank.dispositions(sms) == ["inbox"]


async def test_what_else_a_machine_says_is_kept_for_a_person(sms: TextPhone, bank: Bank) -> None:
    await sms.says("Automatic reply. My new number is in the letter I sent.")
    sms.reads_nothing()
    assert await bank.dispositions(sms) == ["automatic"]
    assert await bank.kinds_of_tasks() == ["read"]


async def test_a_stop_over_a_signature_is_a_stop(phone: Phone, bank: Bank) -> None:
    await phone.says("STOP\n\nSent from my phone. This is an automated message")
    phone.reads(sayings.STOPPED)
    assert await bank.is_stopped(phone)


async def test_danger_at_the_end_of_a_long_letter(telegram: Phone, bank: Bank) -> None:
    await telegram.says("We went to the market and had a cup of tea. " * 90 + "He hits me when we get home.")
    telegram.reads(sayings.DANGER)
    assert await bank.kinds_of_tasks() == ["safeguarding"]


async def test_eighteen_in_march_is_asked_back(sms: TextPhone, bank: Bank) -> None:
    await sms.says("JOIN")
    await sms.says("1")
    sms.ignores_the_rest()
    await sms.says("Yes. I turn 18 in March")
    (asked,) = sms.unread
    assert asked.screen.startswith("You said") or "under 18" in asked.screen
    sms.ignores_the_rest()
    assert await bank.nobody_is_known()
