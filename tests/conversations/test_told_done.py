"""Told that it is done: those who said it say whether it is. Whoever only was there is told, and asked nothing."""

from __future__ import annotations

import pytest

from storage import commitments, rsvps
from storage.commitments import Event
from tests.conversations.banks import Bank
from tests.conversations.gathering import a_meeting
from tests.conversations.phones import Phone
from tests.conversations.promised import (
    DONE,
    became,
    confirms,
    happens,
    is_told,
    members,
    replies,
    said,
    state,
)
from tests.conversations.reminded import says

REOPENED = "Thank you for telling us. It is open again. A person will read this by 5pm."
MISSING = "We are sorry. We will look at it again. What is still not right?"


async def test_yes_makes_it_kept(bank: Bank, phone: Phone) -> None:
    await members(bank, phone)
    row = await happens(bank, await said(bank, phone), Event.DONE)
    await is_told(bank)
    phone.reads(DONE)
    await phone.says("yes")
    phone.reads("Thank you. That is good to know.")
    assert await state(bank, row) == "kept"
    assert await became(bank, phone, row) == ["done told yes"]


@pytest.mark.parametrize("reply", ["3", "not sure", "I can't tell"])
async def test_who_can_not_tell_changes_nothing(bank: Bank, sms: Phone, reply: str) -> None:
    await members(bank, sms)
    row = await happens(bank, await said(bank, sms), Event.DONE)
    await is_told(bank)
    sms.ignores_the_rest()
    await sms.says(reply)
    sms.reads("That is fine. If you find out later, just text us.")
    assert await state(bank, row) == "done"
    assert await became(bank, sms, row) == ["done told cannot_tell"]


@pytest.mark.parametrize("reply", ["no", "still not fixed", "it's still the same"])
async def test_no_opens_it_again_and_they_say_what_is_missing(bank: Bank, sms: Phone, reply: str) -> None:
    await members(bank, sms)
    row = await happens(bank, await said(bank, sms), Event.DONE)
    await is_told(bank)
    sms.ignores_the_rest()
    await sms.says(reply)
    sms.reads(MISSING)
    assert await state(bank, row) == "open"
    await sms.says("The old bill still comes")
    sms.reads(REOPENED)
    assert await replies(bank, row) == [("not_fixed", "The old bill still comes")]


async def test_what_is_missing_in_the_same_breath(bank: Bank, sms: Phone) -> None:
    await members(bank, sms)
    row = await happens(bank, await said(bank, sms), Event.DONE)
    await is_told(bank)
    sms.ignores_the_rest()
    await sms.says("Still not fixed, the old bill came yesterday")
    sms.reads(REOPENED)
    assert await replies(bank, row) == [("not_fixed", "Still not fixed, the old bill came yesterday")]


async def test_who_said_it_too_hears_that_it_is_kept_and_may_still_say_no(bank: Bank) -> None:
    one, other = bank.phone("sms"), bank.phone("sms")
    await members(bank, one, other)
    row = await happens(bank, await said(bank, one, other), Event.DONE)
    await confirms(bank, row, one, yes=True)
    await is_told(bank)
    text = "Ashdale Council: Easier bills. People who said it tell us that we have done it. STOP ends texts."
    one.reads_nothing()
    other.reads(text)
    await other.says("It's still the same here")
    other.reads(REOPENED)
    assert await state(bank, row) == "open"


async def test_nobody_told_us_and_somebody_does_later(bank: Bank, sms: Phone) -> None:
    await members(bank, sms)
    row = await happens(bank, await said(bank, sms), Event.NOT_CONFIRMED)
    await is_told(bank)
    sms.reads(
        "Ashdale Council: Easier bills. We think that we have done it. If we have not, just text us. STOP ends texts."
    )
    await sms.says("nothing has changed")
    sms.reads(REOPENED)
    assert await state(bank, row) == "open"


async def test_who_only_was_there_is_told_and_not_asked(bank: Bank) -> None:
    one, other = bank.phone("sms"), bank.phone("sms")
    await members(bank, one, other)
    meeting = await a_meeting(bank)
    rsvp = await says(bank, other, meeting)
    row = await said(bank, one)

    await bank.does(lambda tx: rsvps.change(tx, rsvp.id, {"came": True}))
    row = await bank.does(lambda tx: commitments.change(tx, row.id, {"meeting_id": meeting.id}))
    await happens(bank, row)
    await is_told(bank)
    one.ignores_the_rest()
    other.unread[:] = other.unread[-1:]
    other.reads(
        "Ashdale Council: people said our bills are hard to read. We will rewrite them with carers by "
        "Friday 29 January. STOP ends texts."
    )
    await other.says("that's not what I meant")
    other.reads("Thank you. A person will read this by 5pm.")
    assert [means for means, _words in await replies(bank, row)] == ["not_fixed"]
    assert await became(bank, other, row) == ["promised told no"]
