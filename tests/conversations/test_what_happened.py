"""WHAT HAPPENED: what became of what somebody said, by titles and how each stands."""

from __future__ import annotations

import pytest

from storage.commitments import Event
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone
from tests.conversations.promised import happens, is_told, members, promised, replies, said

NOTHING = (
    "Nothing has come of what you told us yet. We will text you when we act on it, or why we can't. "
    "To see what you can do, text MENU."
)


@pytest.mark.parametrize("words", ["WHAT HAPPENED", "what happened to what I said?", "You said, we will"])
async def test_the_newest_first(bank: Bank, sms: Phone, words: str) -> None:
    await members(bank, sms)
    await promised(bank, sms)
    await bank.later(minutes=1)
    await happens(bank, await said(bank, sms, title="Bus times", why="the bus company decides"), Event.CANNOT)
    sms.ignores_the_rest()
    await sms.says(words)
    sms.reads(
        "This came of what you told us. To say something about one, reply with its number.\n"
        "1 Bus times: we can't\n2 Easier bills: we will, by Friday 29 January"
    )


async def test_what_is_no_more_than_a_draft_is_not_told(bank: Bank, sms: Phone) -> None:
    await members(bank, sms)
    await said(bank, sms)
    await sms.says("what happened")
    sms.reads(NOTHING)


async def test_something_to_say_of_one(bank: Bank, sms: Phone) -> None:
    await members(bank, sms)
    row = await promised(bank, sms)
    await sms.says("what happened")
    sms.ignores_the_rest()
    await sms.says("1")
    sms.reads("What would you like to say? A person will read it.")
    await sms.says("Please use big letters")
    sms.reads("Thank you. A person will read this by 5pm.")
    assert await replies(bank, row) == [("said", "Please use big letters")]


async def test_more_than_five_are_told_in_pages(bank: Bank, sms: Phone) -> None:
    await members(bank, sms)
    for number in range(7):
        await promised(bank, sms, title=f"Promise {number}")
        await bank.later(minutes=1)
    sms.ignores_the_rest()
    await sms.says("what happened")
    (first,) = (bubble.screen for bubble in sms.unread)
    assert "1 Promise 6: we will" in first
    assert "Promise 2" not in first
    sms.ignores_the_rest()
    await sms.says("more")
    (second,) = (bubble.screen for bubble in sms.unread)
    assert "Promise 2" in second
    sms.ignores_the_rest()


async def test_in_polish(bank: Bank, sms: Phone) -> None:
    for reply in ("DOŁĄCZ", "1", "1", "Ania"):
        await sms.says(reply)
    await bank.until(1, 12, 9)
    sms.ignores_the_rest()
    await promised(bank, sms, title={"en": "Easier bills", "pl": "Prostsze rachunki"})  # type: ignore[arg-type]
    await sms.says("Co się stało?")
    (read,) = (bubble.screen for bubble in sms.unread)
    assert "1 Prostsze rachunki: " in read
    assert "piątek 29 stycznia" in read or "piątku 29 stycznia" in read
    sms.ignores_the_rest()


async def test_on_a_shared_phone_who_it_is_is_asked_first(bank: Bank, sms: Phone) -> None:
    await members(bank, sms)
    await promised(bank, sms)
    for reply in ("JOIN", "yes", "somebody else", "yes", "Ben"):
        await sms.says(reply)
    await is_told(bank)
    sms.ignores_the_rest()
    await sms.says("what happened")
    (read,) = (bubble.screen for bubble in sms.unread)
    assert "Asha" in read
    assert "Ben" in read
    assert "bills" not in read
    sms.ignores_the_rest()
    await sms.says("Asha")
    (read,) = (bubble.screen for bubble in sms.unread)
    assert "Easier bills" in read
    sms.ignores_the_rest()
    await bank.later(minutes=1)


async def test_a_stranger_hears_what_to_expect(bank: Bank, sms: Phone) -> None:
    await sms.says("what happened to what I said")
    sms.reads(NOTHING)
