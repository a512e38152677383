"""Whoever writes, known to us or not, reads the same first reply: nobody can find out who is a member."""

from __future__ import annotations

import pytest

from tests.conversations.banks import Bank
from tests.conversations.phones import Phone, TextPhone

FIRST = [
    *("JOIN", "HELP", "who is this", "MENU", "hello", "my details", "the lift is broken", "PAUSE", "CALL"),
    *("LANGUAGE", "LEAVE", "STOP", "START", "BACK", "SKIP", "can you write in punjabi", "thanks", "wrong number"),
    *("I can't cope", "yes", "1", "👍", "what do I get paid?", "JOIN OAK"),
]


async def screens(phone: Phone, said: str) -> list[tuple[str, tuple[str, ...]]]:
    phone.ignores_the_rest()
    await phone.says(said)
    read = [(bubble.shown.text, bubble.shown.buttons) for bubble in phone.unread]
    phone.ignores_the_rest()
    return read


@pytest.mark.parametrize("said", FIRST)
async def test_promise_36_the_same_words_for_a_member_and_a_stranger(bank: Bank, said: str) -> None:
    stranger, member = bank.phone("sms"), bank.phone("sms")
    await member.joins("Asha")
    assert await screens(member, said) == await screens(stranger, said)


@pytest.mark.parametrize("said", ["JOIN", "HELP", "who is this", "MENU", "hello", "the lift is broken", "my details"])
async def test_promise_36_on_every_channel(phone: Phone, bank: Bank, said: str) -> None:
    member = bank.phone(phone.channel.value)
    await member.joins("Asha")
    assert await screens(member, said) == await screens(phone, said)


@pytest.mark.parametrize("said", ["JOIN", "HELP", "hello", "MENU", "the lift is broken"])
async def test_promise_36_the_same_for_somebody_who_was_erased(sms: TextPhone, bank: Bank, said: str) -> None:
    erased = bank.phone("sms")
    await erased.says("JOIN")
    await bank.later(days=31)
    assert await screens(erased, said) == await screens(sms, said)
