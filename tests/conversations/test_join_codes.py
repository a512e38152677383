"""Posters and charities: a join code names the route, is counted, and may set the language."""

from __future__ import annotations

import pytest

from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone, TelegramPhone, TextPhone


@pytest.mark.parametrize("said", ["JOIN OAK", "join oak", "Join Oak please", "JOIN: OAK."])
async def test_a_code_is_counted_when_they_start_and_when_they_join(sms: TextPhone, bank: Bank, said: str) -> None:
    await bank.puts_up_poster("OAK")
    await sms.says(said)
    sms.reads(sayings.WELCOME)
    assert await bank.code("OAK") == (1, 0)
    await sms.says("yes")
    await sms.says("yes")
    sms.ignores_the_rest()
    assert await bank.code("OAK") == (1, 1)
    assert (await bank.member(sms)).code_id is not None


async def test_a_deep_link_carries_its_code(telegram: TelegramPhone, bank: Bank) -> None:
    await bank.puts_up_poster("OAK")
    await telegram.says("/start OAK")
    telegram.reads(sayings.WELCOME)
    await telegram.presses("Yes")
    await telegram.presses("Yes, and I am 18 or over")
    telegram.ignores_the_rest()
    assert await bank.code("OAK") == (1, 1)


async def test_no_leaves_the_count_of_joins_alone(phone: Phone, bank: Bank) -> None:
    await bank.puts_up_poster("OAK")
    await phone.says("JOIN OAK")
    await phone.says("no")
    phone.ignores_the_rest()
    assert await bank.code("OAK") == (1, 0)


async def test_a_code_of_nobody_s_is_only_a_wish_to_join(phone: Phone, bank: Bank) -> None:
    await phone.says("JOIN ELM")
    phone.reads(sayings.WELCOME)
    await phone.says("yes")
    await phone.says("yes")
    phone.ignores_the_rest()
    assert (await bank.member(phone)).code_id is None


async def test_a_code_by_letter_of_the_same_message_is_counted_once(sms: TextPhone, bank: Bank) -> None:
    await bank.puts_up_poster("OAK")
    await sms.says("JOIN OAK")
    await sms.sends_again(copies=5)
    sms.reads(sayings.WELCOME)
    assert await bank.code("OAK") == (1, 0)


async def test_a_polish_poster_speaks_polish_first(phone: Phone, bank: Bank) -> None:
    await bank.puts_up_poster("POLSKA", language="pl")
    await phone.says("JOIN POLSKA")
    phone.reads(bank.polish("welcome"))
    await phone.says("tak")
    phone.reads(bank.polish("agree"))
    await phone.says("1")
    phone.reads(bank.polish("name"))
    await phone.says("Łucja")
    phone.ignores_the_rest()
    person = await bank.member(phone)
    assert (person.name, person.language) == ("Łucja", "pl")
    assert [entry.language for entry in await bank.ledger(phone)] == ["pl", "pl"]
    assert await bank.code("POLSKA") == (1, 1)


async def test_the_last_poster_does_not_change_a_language_that_was_chosen(phone: Phone, bank: Bank) -> None:
    await bank.puts_up_poster("POLSKA", language="pl")
    await phone.says("english please")
    phone.ignores_the_rest()
    await phone.says("JOIN POLSKA")
    phone.reads(sayings.WELCOME)
