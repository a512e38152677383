"""Somebody may be in danger: one calm reply, a person of ours is told, and nothing else is asked."""

from __future__ import annotations

import pytest

from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone, TelegramPhone, TextPhone
from tests.conversations.steps import STEPS, stand_at

CRY = "I can't cope, he hits me"


@pytest.mark.parametrize("step", STEPS)
async def test_at_every_step_a_calm_reply_and_a_person(sms: TextPhone, bank: Bank, step: str) -> None:
    await stand_at(step, sms, bank)
    await sms.says(CRY)
    sms.reads(sayings.DANGER)
    assert await bank.tasks() == [("safeguarding", CRY)]
    assert (await bank.dispositions(sms))[-1] == "held"
    await bank.later(days=60)
    sms.reads_nothing()


@pytest.mark.parametrize(
    ("step", "reply"),
    [
        ("no question, a stranger", "2"),
        ("no question, a stranger", "No it's not safe"),
        ("the agreement", "no"),
        ("a question about you", "not safe"),
        ("a question about you", "2"),
    ],
)
async def test_no_it_is_not_safe_gets_silence_for_good(sms: TextPhone, bank: Bank, step: str, reply: str) -> None:
    await stand_at(step, sms, bank)
    await sms.says(CRY)
    sms.reads(sayings.DANGER)
    await sms.says(reply)
    sms.reads_nothing()
    assert len(await bank.tasks()) >= 2
    await sms.says("I have to go now")
    await sms.says(CRY)
    sms.reads_nothing()
    assert (await bank.kinds_of_tasks()).count("safeguarding") >= 3
    await bank.later(days=60)
    sms.reads_nothing()


async def test_no_by_button(telegram: TelegramPhone, bank: Bank) -> None:
    await telegram.says(CRY)
    telegram.reads(sayings.DANGER)
    await telegram.presses("No")
    telegram.reads_nothing()
    assert await bank.kinds_of_tasks() == ["safeguarding", "safeguarding"]


async def test_yes_it_is_safe(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await phone.says(CRY)
    await phone.says("yes")
    phone.reads(sayings.DANGER, sayings.TEXT_YOU_HERE)
    assert await bank.kinds_of_tasks() == ["safeguarding", "safeguarding"]
    await bank.later(days=60)
    phone.reads_nothing()


async def test_a_second_cry_raises_a_second_item_and_no_second_reply(phone: Phone, bank: Bank) -> None:
    await phone.says(CRY)
    phone.reads(sayings.DANGER)
    await phone.says("please help me he is coming back")
    phone.reads_nothing()
    assert await bank.tasks() == [("safeguarding", CRY), ("safeguarding", "please help me he is coming back")]


async def test_a_cry_is_read_before_a_word_that_works_everywhere(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await phone.says("stop texting me I want to die")
    phone.reads(sayings.DANGER)
    assert await bank.kinds_of_tasks() == ["safeguarding"]


async def test_a_cry_with_an_answer_is_a_cry(phone: Phone, bank: Bank) -> None:
    await phone.says("JOIN")
    await phone.says("yes. mum has had a fall and I can't lift her")
    phone.reads(sayings.WELCOME, sayings.DANGER)
    assert await bank.nobody_is_known()
    assert await bank.kinds_of_tasks() == ["safeguarding"]


async def test_a_cry_after_stop_is_still_answered_and_raised(phone: Phone, bank: Bank) -> None:
    await phone.says("STOP")
    await phone.says(CRY)
    phone.reads(sayings.STOPPED, sayings.DANGER)
    assert await bank.kinds_of_tasks() == ["safeguarding"]


async def test_a_forwarded_cry_is_raised(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await phone.forwards("he says he will kill me if I tell you")
    assert "safeguarding" in await bank.kinds_of_tasks()
    phone.reads(sayings.DANGER)


async def test_what_a_stranger_cried_is_not_erased_while_a_person_must_read_it(phone: Phone, bank: Bank) -> None:
    await phone.says("JOIN")
    await phone.says(CRY)
    phone.reads(sayings.WELCOME, sayings.DANGER)
    await bank.later(days=60)
    assert "tasks" in await bank.remembers(CRY)


async def test_out_of_hours_the_time_is_true(sms: TextPhone, bank: Bank) -> None:
    await bank.until(27, 11, 22)
    await sms.says(CRY)
    sms.reads(sayings.danger_closed("12 noon, Monday 30 November"))


async def test_who_cannot_phone_is_told_what_else_there_is(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await bank.tells(sms, needs="I am deaf, so a BSL interpreter please")
    await sms.says(CRY)
    sms.reads(sayings.DANGER_NO_PHONE)
    await sms.says("yes")
    sms.reads_nothing()


@pytest.mark.parametrize("word", ["CALL", "HELP", "MENU", "JOIN", "START", "PAUSE", "wrong number", "what is this?"])
async def test_no_word_is_answered_for_somebody_who_is_held(sms: TextPhone, bank: Bank, word: str) -> None:
    await sms.joins()
    await sms.says(CRY)
    sms.reads(sayings.DANGER)
    await sms.says(word)
    await bank.later(days=30)
    sms.reads_nothing()
    assert (await bank.dispositions(sms))[-1] in {"held", "word"}


async def test_stop_is_obeyed_without_a_word_for_somebody_who_is_held(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await phone.says(CRY)
    await phone.says("STOP")
    phone.reads(sayings.DANGER)
    assert await bank.is_stopped(phone)
