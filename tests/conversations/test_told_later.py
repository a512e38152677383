"""What people say days later to what they were told: it is heard for fourteen days."""

from __future__ import annotations

import pytest

from storage.commitments import Event
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone
from tests.conversations.promised import (
    became,
    happens,
    is_told,
    members,
    promised,
    replies,
    said,
    state,
)

WHAT = "Thank you for telling us. What did you mean? A person will read what you write."
NOTED = "Thank you. A person will read this by 5pm."


async def lapsed(bank: Bank, *phones: Phone) -> None:
    """The question is not open any more."""
    await bank.until(10, 12, 10)
    for phone in phones:
        phone.ignores_the_rest()


async def test_not_what_they_meant(bank: Bank, phone: Phone) -> None:
    await members(bank, phone)
    row = await promised(bank, phone)
    await is_told(bank)
    await lapsed(bank, phone)
    await phone.says("Sorry, that's not what I meant")
    phone.reads(WHAT)
    await phone.says("The letters, not the bills")
    phone.reads(NOTED)
    assert await replies(bank, row) == [("not_meant", "The letters, not the bills")]


@pytest.mark.parametrize(("reply", "answer"), [("yes", "yes"), ("no", "no"), ("yes thank you", "yes")])
async def test_a_bare_answer_where_nothing_else_went_there_since(
    bank: Bank, sms: Phone, reply: str, answer: str
) -> None:
    await members(bank, sms)
    row = await promised(bank, sms)
    await is_told(bank)
    await lapsed(bank, sms)
    await sms.says(reply)
    sms.ignores_the_rest()
    assert await became(bank, sms, row) == [f"promised told {answer}"]


async def test_after_fourteen_days_it_is_read_by_a_person(bank: Bank, sms: Phone) -> None:
    await members(bank, sms)
    row = await promised(bank, sms)
    await is_told(bank)
    await bank.until(16, 12, 10)
    sms.ignores_the_rest()
    await sms.says("that's not what I meant")
    sms.ignores_the_rest()
    assert await replies(bank, row) == []
    assert await bank.kinds_of_tasks() == ["read"]


async def test_the_one_that_is_named(bank: Bank, sms: Phone) -> None:
    await members(bank, sms)
    first = await promised(bank, sms)
    second = await promised(bank, sms, title="Bus times")
    await is_told(bank)
    await lapsed(bank, sms)
    await sms.says("You got it wrong with the bus times")
    sms.reads(WHAT)
    await sms.says("trains")
    sms.reads(NOTED)
    assert (await replies(bank, first), await replies(bank, second)) == ([], [("not_meant", "trains")])


async def test_where_two_could_be_meant_we_ask_which(bank: Bank, sms: Phone) -> None:
    await members(bank, sms)
    first = await promised(bank, sms)
    await promised(bank, sms, title="Bus times")
    await is_told(bank)
    await lapsed(bank, sms)
    await sms.says("that's not what I meant")
    sms.reads(
        "Thank you for telling us. Which one do you mean?\n"
        "1 Easier bills: we will, by Friday 29 January\n2 Bus times: we will, by Friday 29 January"
    )
    await sms.says("1")
    sms.reads("Thank you for telling us. What is not right about it? A person will read what you write.")
    await sms.says("letters")
    sms.reads(NOTED)
    assert await replies(bank, first) == [("not_meant", "letters")]


async def test_still_not_fixed_is_about_what_was_done(bank: Bank, sms: Phone) -> None:
    await members(bank, sms)
    done = await happens(bank, await said(bank, sms), Event.DONE)
    await is_told(bank)
    await lapsed(bank, sms)
    other = await promised(bank, sms, title="Bus times")
    await is_told(bank)
    sms.ignores_the_rest()
    await sms.says("it's still not fixed you know, the bill came as before")
    sms.reads("Thank you for telling us. It is open again. A person will read this by 5pm.", *_asked_again(sms))
    assert await state(bank, done) == "open"
    assert await replies(bank, other) == []


def _asked_again(sms: Phone) -> list[str]:
    """What was open is asked again."""
    return [bubble.screen for bubble in sms.unread[1:]]


async def test_thanks_days_later(bank: Bank, sms: Phone) -> None:
    await members(bank, sms)
    row = await promised(bank, sms)
    await is_told(bank)
    await lapsed(bank, sms)
    await sms.says("Thank you")
    sms.reads("Thank you for telling us. It helps us to go on.")
    await sms.says("Thank you")
    sms.reads_nothing()
    assert [means for means, _words in await replies(bank, row)] == ["thanks"]


async def test_a_message_that_quotes_ours(bank: Bank) -> None:
    phone = bank.phone("whatsapp")
    await members(bank, phone)
    first = await promised(bank, phone)
    await is_told(bank)
    quoted = phone.all[-1]
    await bank.until(9, 12, 10)
    second = await promised(bank, phone, title="Bus times")
    await is_told(bank)
    phone.ignores_the_rest()
    await phone.says("no", OriginalRepliedMessageSid=quoted.provider_id)
    phone.reads(WHAT)
    await phone.says("The letters")
    (noted, _asked_again) = (bubble.screen for bubble in phone.unread)
    assert noted == NOTED
    phone.ignores_the_rest()
    assert await replies(bank, first) == [("not_meant", "The letters")]
    assert await replies(bank, second) == []


async def test_who_was_told_nothing_is_read_by_a_person(bank: Bank, sms: Phone) -> None:
    await members(bank, sms)
    await sms.says("that's not what I meant")
    sms.ignores_the_rest()
    assert await bank.kinds_of_tasks() == ["read"]
