"""Nothing is kept before they agree; then the agreement is on record: the words shown, the message, the time."""

from __future__ import annotations

import pytest

from storage.interests import interests
from storage.needs import needs
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone, TelegramPhone, TextPhone

ON_BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)


@ON_BOTH
async def test_no_fact_is_kept_before_the_yes(phone: Phone, bank: Bank) -> None:
    talkative = [
        "hello my name is Zebedee",
        "JOIN",
        "I am Zebedee, I live in NG5 1AB and I am deaf",
        "tell me more",
        "yes",
        "tell me more",
        "will there be a loop for my hearing aid?",
    ]
    for said in talkative:
        await phone.says(said)
        assert await bank.nobody_is_known()
        assert await bank.count(interests, needs) == 0
    assert set(await bank.remembers("Zebedee")) <= {"messages_in", "tasks"}
    await phone.says("yes I am 60")
    assert len(await bank.members(phone)) == 1
    phone.ignores_the_rest()


async def test_the_agreement_is_on_record(phone: Phone, bank: Bank) -> None:
    await phone.says("JOIN")
    await bank.later(minutes=3)
    await phone.says("yes")
    await bank.later(minutes=4)
    agreed_at = bank.now()
    await phone.says("Yes please, I am over 18")
    phone.reads(sayings.WELCOME, sayings.AGREE, sayings.NAME)
    message = (await bank.heard(phone))[-1]
    person = await bank.member(phone)
    for entry in await bank.ledger(phone):
        assert (entry.words, entry.language, entry.at) == (sayings.AGREE, "en", agreed_at)
        assert (entry.person_id, entry.message_id) == (person.id, message.id)
    assert await bank.consents(phone) == [("bank", True), ("messages", True)]
    assert person.joined_at == agreed_at


async def test_words_that_were_checked_are_on_record_with_the_question(phone: Phone, bank: Bank) -> None:
    await phone.says("JOIN")
    await phone.says("1")
    await phone.says("ok")
    await phone.says("yes")
    phone.ignores_the_rest()
    checked = sayings.check("Yes, and I am 18 or over")
    assert {entry.words for entry in await bank.ledger(phone)} == {f"{sayings.AGREE}\n{checked}"}


@pytest.mark.parametrize("between", ["HELP", "who is this?", "thanks", "xx"])
async def test_what_came_between_is_not_what_they_agreed_to(sms: TextPhone, bank: Bank, between: str) -> None:
    await sms.says("JOIN")
    await sms.says("1")
    await sms.says(between)
    await sms.says("1")
    sms.ignores_the_rest()
    (words,) = {entry.words for entry in await bank.ledger(sms)}
    assert words.startswith(sayings.AGREE)
    assert "MENU" not in words


async def test_a_yes_after_a_hint_is_on_record_with_the_question(phone: Phone, bank: Bank) -> None:
    await phone.says("JOIN")
    await phone.says("1")
    await phone.says("banana custard")
    await phone.says("rhubarb crumble")
    await phone.says("1")
    phone.ignores_the_rest()
    (words,) = {entry.words for entry in await bank.ledger(phone)}
    assert words.startswith(sayings.AGREE)


async def test_words_read_after_more_are_those_on_record(phone: Phone, bank: Bank) -> None:
    await phone.says("JOIN")
    await phone.says("1")
    await phone.says("2")
    await phone.says("1")
    phone.reads(sayings.WELCOME, sayings.AGREE, sayings.KEEPING, sayings.NAME)
    assert {entry.words for entry in await bank.ledger(phone)} == {sayings.KEEPING}


async def test_an_agreement_by_button_is_on_record(telegram: TelegramPhone, bank: Bank) -> None:
    await telegram.says("/start")
    await telegram.presses("Yes")
    await telegram.presses("Yes, and I am 18 or over")
    telegram.ignores_the_rest()
    assert {entry.words for entry in await bank.ledger(telegram)} == {sayings.AGREE}
    assert (await bank.heard(telegram))[-1].text == "Yes, and I am 18 or over"


@pytest.mark.parametrize(
    "forwarded", ["yes", "1", "Yes, and I am 18 or over"], ids=["a yes", "a number", "the choice itself"]
)
async def test_forwarded_words_are_no_agreement(sms: TextPhone, bank: Bank, forwarded: str) -> None:
    await sms.says("JOIN")
    await sms.says("1")
    await sms.forwards(forwarded)
    sms.ignores_the_rest()
    assert await bank.nobody_is_known()


@pytest.mark.parametrize("said", ["Ok thanks", "👍", "fine", "maybe", "yes no", "yes but not yet", "if you like"])
async def test_half_a_yes_is_no_agreement(sms: TextPhone, bank: Bank, said: str) -> None:
    await sms.says("JOIN")
    await sms.says("1")
    await sms.says(said)
    sms.ignores_the_rest()
    assert await bank.nobody_is_known()


async def test_what_they_quote_is_no_agreement(phone: Phone, bank: Bank) -> None:
    await phone.says("JOIN")
    await phone.says("1")
    phone.ignores_the_rest()
    await phone.says(f'Liked "{sayings.AGREE}"')
    phone.reads_nothing()
    await phone.says('what does "Yes, and I am 18 or over" mean')
    phone.ignores_the_rest()
    assert await bank.nobody_is_known()
