"""Whoever writes, known to us or not, reads the same first reply: nobody can find out who is a member."""

from __future__ import annotations

import pytest

from tests.conversations.banks import Bank
from tests.conversations.phones import Phone

FIRST = [
    *("JOIN", "HELP", "who is this", "MENU", "hello", "my details", "the lift is broken", "PAUSE", "CALL"),
    *("LANGUAGE", "LEAVE", "STOP", "START", "BACK", "SKIP", "can you write in punjabi", "thanks", "wrong number"),
    *("I can't cope", "yes", "1", "👍", "what do I get paid?", "JOIN OAK"),
    *("I saw your poster. I'd like to join", "I saw your poster. I don't want to join"),
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


@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
async def test_promise_36_on_every_channel(bank: Bank, channel: str) -> None:
    for said in ("JOIN", "HELP", "who is this", "MENU", "hello", "the lift is broken", "my details"):
        stranger, member = bank.phone(channel), bank.phone(channel)
        await member.joins("Asha")
        assert await screens(member, said) == await screens(stranger, said)


async def test_promise_36_the_same_for_somebody_who_was_erased(bank: Bank) -> None:
    first = ("JOIN", "HELP", "hello", "MENU", "the lift is broken")
    erased = [bank.phone("sms") for _said in first]
    for phone in erased:
        await phone.says("JOIN")
    await bank.later(days=31)
    for phone, said in zip(erased, first, strict=True):
        assert await screens(phone, said) == await screens(bank.phone("sms"), said)
