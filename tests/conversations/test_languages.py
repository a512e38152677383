"""Languages: guessed from the first words, asked for by name, and honest about those we cannot write."""

from __future__ import annotations

import pytest

from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone, TextPhone


async def test_a_stranger_who_writes_polish_is_answered_in_polish(phone: Phone, bank: Bank) -> None:
    await phone.says("dzień dobry, chcę dołączyć")
    assert [row.language for row in await bank.said(phone)] == ["pl"]
    phone.ignores_the_rest()
    await phone.says("JOIN")
    phone.reads(bank.polish("welcome"))
    await phone.says("nie dziękuję")
    phone.reads(bank.polish("declined"))


async def test_an_app_in_polish_is_answered_in_polish(bank: Bank) -> None:
    telegram = bank.phone("telegram", language="pl")
    await telegram.says("/start")
    telegram.reads(bank.polish("welcome"))


@pytest.mark.parametrize("said", ["polish", "po polsku", "can you write in polish please", "Polski"])
async def test_a_language_by_name_at_the_open_question(sms: TextPhone, bank: Bank, said: str) -> None:
    await sms.says("JOIN")
    await sms.says("yes")
    await sms.says(said)
    sms.reads(sayings.WELCOME, sayings.AGREE, bank.polish("agree"))
    await sms.says("english")
    sms.reads(sayings.AGREE)


async def test_a_member_changes_language_by_name(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await phone.says("polski")
    assert (await bank.member(phone)).language == "pl"
    assert (await bank.said(phone))[-1].language == "pl"
    phone.ignores_the_rest()


@pytest.mark.parametrize("said", ["punjabi", "do you speak urdu", "can I have this in Bengali"])
async def test_a_language_we_cannot_write_brings_a_person(sms: TextPhone, bank: Bank, said: str) -> None:
    await sms.says("JOIN")
    await sms.says(said)
    sms.reads(sayings.WELCOME, sayings.not_yet())
    assert await bank.kinds_of_tasks() == ["language"]
    await sms.says("yes")
    sms.reads(sayings.AGREE)


async def test_language_is_chosen_from_a_list(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await phone.says("LANGUAGE")
    (question,) = [bubble.screen for bubble in phone.unread]
    assert question.startswith("Which language shall we write in?\n1 English")
    assert "Polski" in question
    phone.ignores_the_rest()
    await phone.says("Polski")
    assert (await bank.member(phone)).language == "pl"
    phone.ignores_the_rest()


async def test_a_language_of_the_list_that_we_cannot_write_yet(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await phone.says("LANGUAGE")
    phone.ignores_the_rest()
    await phone.says("Punjabi")
    phone.reads(sayings.not_yet())
    assert await bank.kinds_of_tasks() == ["language"]
    assert (await bank.member(phone)).language == "en"
