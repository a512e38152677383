"""Where we are silent, nothing is agreed; where a text could do harm, nothing at all is sent."""

from __future__ import annotations

import pytest

from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import TelegramPhone, TextPhone

CRY = "my husband hits me"


@pytest.mark.parametrize("word", ["JOIN", "STOP", "LEAVE", "START", "CALL", "HELP", "MENU", "wrong number"])
async def test_after_not_safe_no_word_is_answered(sms: TextPhone, bank: Bank, word: str) -> None:
    await sms.says(CRY)
    await sms.says("no")
    sms.reads(sayings.DANGER)
    await sms.says(word)
    await bank.later(days=3)
    sms.reads_nothing()


@pytest.mark.parametrize(
    "cry", ["Stop texting me, he reads my phone and he hits me", "not safe here, he is hitting my mum"]
)
async def test_a_cry_that_says_it_is_not_safe_gets_silence(sms: TextPhone, bank: Bank, cry: str) -> None:
    await sms.says(cry)
    sms.reads_nothing()
    assert "safeguarding" in await bank.kinds_of_tasks()


async def test_a_wish_to_stop_beside_a_cry_is_kept(sms: TextPhone, bank: Bank) -> None:
    await sms.says("stop texting me I want to die")
    sms.reads(sayings.DANGER)
    await bank.later(days=30)
    sms.reads_nothing()
    assert [entry.given for entry in await bank.ledger(sms)] == [False]


async def test_a_later_cry_is_left_to_a_person_who_is_told_of_it(sms: TextPhone, bank: Bank) -> None:
    await sms.says(CRY)
    await bank.later(days=2)
    await sms.says("please, he is hitting me again")
    sms.reads(sayings.DANGER)
    assert await bank.kinds_of_tasks() == ["safeguarding", "safeguarding"]


async def test_what_waited_is_not_asked_after_a_cry(sms: TextPhone, bank: Bank) -> None:
    await sms.says("JOIN")
    await sms.says(CRY)
    await sms.says("1")
    await bank.later(minutes=1)
    await sms.says("CALL")
    await sms.says("3pm")
    sms.reads(sayings.WELCOME, sayings.DANGER, sayings.TEXT_YOU_HERE)


async def test_nobody_joins_while_we_are_stopped(sms: TextPhone, bank: Bank) -> None:
    await sms.says("STOP")
    for text in ("MENU", "1", "yes", "yes", "Asha"):
        await sms.says(text)
    sms.reads(sayings.STOPPED)
    assert [entry.given for entry in await bank.ledger(sms)] == [False]


async def test_join_after_stop_and_then_no_leaves_it_stopped(sms: TextPhone, bank: Bank) -> None:
    await sms.says("STOP")
    await sms.says("JOIN")
    await sms.says("no")
    sms.reads(sayings.STOPPED, sayings.WELCOME, sayings.DECLINED)
    assert [entry.given for entry in await bank.ledger(sms)] == [False, True, False]


async def test_forwarded_words_of_another_withdraw_nothing(telegram: TelegramPhone, bank: Bank) -> None:
    await telegram.joins()
    await telegram.forwards("Sorry, wrong number")
    telegram.ignores_the_rest()
    assert all(entry.given for entry in await bank.ledger(telegram))


async def test_a_wrong_number_is_answered_once(sms: TextPhone, bank: Bank) -> None:
    for _ in range(8):
        await sms.says("Sorry, you have the wrong number")
    sms.reads(sayings.WRONG_PERSON)
    assert [entry.given for entry in await bank.ledger(sms)] == [False]


async def test_sixteen_after_the_agreement(sms: TextPhone, bank: Bank) -> None:
    for text in ("JOIN", "yes", "yes", "I'm 15"):
        await sms.says(text)
    sms.reads(sayings.WELCOME, sayings.AGREE, sayings.NAME, sayings.YOUNG)
    assert "under_18" in await bank.kinds_of_tasks()
    assert await bank.nobody_is_known() or (await bank.ledger(sms))[-1].given is False
