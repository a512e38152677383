"""Told: "You said, we will" goes to those who said it, who say whether it is what they meant."""

from __future__ import annotations

import pytest

from storage.commitments import Event
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone
from tests.conversations.promised import (
    DONE,
    TEXT,
    became,
    happens,
    is_told,
    members,
    promised,
    replies,
    said,
)

NOTED = "Thank you. A person will read this by 5pm."


async def test_it_waits_an_hour_and_asks_whether_it_is_what_they_meant(bank: Bank, phone: Phone) -> None:
    await members(bank, phone)
    row = await promised(bank, phone)
    await bank.later(minutes=59)
    phone.reads_nothing()
    await bank.later(minutes=2)
    phone.reads(TEXT)
    await phone.says("yes")
    phone.reads("Thank you for telling us. We will text you what comes of it.")
    assert await became(bank, phone, row) == ["promised told yes"]
    assert await replies(bank, row) == []


async def test_the_text_is_one_segment(bank: Bank, sms: Phone) -> None:
    await members(bank, sms)
    await promised(bank, sms)
    await is_told(bank)
    assert len(sms.all[-1].screen) == 160
    sms.ignores_the_rest()


@pytest.mark.parametrize("reply", ["2", "no", "that's not what I meant", "No, you got it wrong"])
async def test_no_is_followed_by_what_they_meant(bank: Bank, sms: Phone, reply: str) -> None:
    await members(bank, sms)
    row = await promised(bank, sms)
    await is_told(bank)
    sms.ignores_the_rest()
    await sms.says(reply)
    sms.reads("Thank you for telling us. What did you mean? A person will read what you write.")
    await sms.says("The letters are hard, not the bills")
    sms.reads(NOTED)
    assert await replies(bank, row) == [("not_meant", "The letters are hard, not the bills")]
    assert await became(bank, sms, row) == ["promised told no"]


@pytest.mark.parametrize(
    "reply", ["No, I meant the letters", "no its the hospital letters that nobody understands", "2 i meant letters"]
)
async def test_who_says_it_in_the_same_breath_is_not_asked_again(bank: Bank, sms: Phone, reply: str) -> None:
    await members(bank, sms)
    row = await promised(bank, sms)
    await is_told(bank)
    sms.ignores_the_rest()
    await sms.says(reply)
    sms.reads(NOTED)
    assert await replies(bank, row) == [("not_meant", reply)]


async def test_skip_leaves_it_at_the_no(bank: Bank, sms: Phone) -> None:
    await members(bank, sms)
    row = await promised(bank, sms)
    await is_told(bank)
    await sms.says("no")
    sms.ignores_the_rest()
    await sms.says("SKIP")
    sms.reads(NOTED)
    assert await replies(bank, row) == [("not_meant", None)]


async def test_thank_you_gets_one_kind_answer_and_no_question(bank: Bank, sms: Phone) -> None:
    await members(bank, sms)
    row = await promised(bank, sms)
    await is_told(bank)
    sms.ignores_the_rest()
    await sms.says("Thank you so much")
    sms.reads("Thank you for telling us. It helps us to go on.")
    await sms.says("thanks again")
    sms.reads_nothing()
    await sms.says("yes")
    sms.reads("Thank you for telling us. We will text you what comes of it.")
    assert [means for means, _words in await replies(bank, row)] == ["thanks", "thanks"]
    assert await bank.kinds_of_tasks() == []


async def test_a_question_inside_is_answered_as_questions_are(bank: Bank, sms: Phone) -> None:
    await members(bank, sms)
    row = await promised(bank, sms)
    await is_told(bank)
    sms.ignores_the_rest()
    await sms.says("That's not what I meant. When will you ring me?")
    (read,) = (bubble.screen for bubble in sms.unread)
    assert read.startswith("We will answer by")
    assert read.endswith("What did you mean? A person will read what you write.")
    sms.ignores_the_rest()
    assert await bank.questions() == ["That's not what I meant. When will you ring me?"]
    assert [means for means, _words in await replies(bank, row)] == ["not_meant"]


async def test_why_we_can_not(bank: Bank, sms: Phone) -> None:
    await members(bank, sms)
    row = await said(bank, sms, heard="the bus stops too early", why="the bus company sets the times")
    await happens(bank, row, Event.CANNOT)
    await is_told(bank)
    sms.reads(
        "Ashdale Council: you said the bus stops too early. We can't, because the bus company sets the times. "
        "STOP ends texts. Is that what you meant?\n1 Yes 2 No"
    )
    await sms.says("yes that's what I meant")
    sms.reads("Thank you for telling us. We will text you what comes of it.")
    assert await became(bank, sms, row) == ["cannot told yes"]


async def test_another_day_is_told_with_the_first_and_why(bank: Bank, sms: Phone) -> None:
    await members(bank, sms)
    row = await promised(bank, sms)
    await is_told(bank)
    await sms.says("1")
    await bank.until(4, 1, 10, year=2027)
    sms.ignores_the_rest()
    await happens(bank, row, Event.MOVED, "the printer needs longer", due_on="2027-02-26")
    await is_told(bank)
    sms.reads(
        "Ashdale Council: Easier bills. We said we would do it by Friday 29 January. "
        "Sorry, now it is by Friday 26 February. Why: the printer needs longer. STOP ends texts."
    )


async def test_what_we_give_up_is_told_with_why(bank: Bank, sms: Phone) -> None:
    await members(bank, sms)
    row = await said(bank, sms)
    await happens(bank, row, Event.STOPPED, "There is no money for it this year.")
    await is_told(bank)
    sms.reads(
        "Ashdale Council: Easier bills. Sorry, we will not do it after all. "
        "Why: There is no money for it this year. STOP ends texts."
    )


async def test_newer_news_takes_the_place_of_what_was_not_told_yet(bank: Bank, sms: Phone) -> None:
    await members(bank, sms)
    row = await promised(bank, sms)
    row = await happens(bank, row, Event.MOVED, "the printer needs longer", due_on="2027-02-26")
    row = await happens(bank, row, Event.DONE)
    await is_told(bank)
    sms.reads(DONE)
    assert await became(bank, sms, row) == ["promised joined", "moved joined", "done told"]


async def test_whoever_has_not_heard_of_it_is_told_what_it_is_by_the_day_that_holds_now(bank: Bank, sms: Phone) -> None:
    """And is asked whether it is what they meant. That the day was moved tells them nothing."""
    await members(bank, sms)
    row = await promised(bank, sms)
    row = await happens(bank, row, Event.MOVED, "the printer needs longer", due_on="2027-02-26")
    await is_told(bank)
    sms.reads(TEXT.replace("Friday 29 January", "Friday 26 February"))
    assert await became(bank, sms, row) == ["promised told", "moved joined"]


@pytest.mark.parametrize("reply", ["yes but it was the hospital letters too", "Yes. And the gas letters please"])
async def test_what_stands_beside_a_yes_is_read_by_a_person(bank: Bank, sms: Phone, reply: str) -> None:
    await members(bank, sms)
    row = await promised(bank, sms)
    await is_told(bank)
    sms.ignores_the_rest()
    await sms.says(reply)
    sms.reads("Thank you for telling us. We will text you what comes of it.")
    assert await became(bank, sms, row) == ["promised told yes"]
    assert await replies(bank, row) == [("said", reply)]


async def test_what_we_checked_is_kept_in_their_first_words(bank: Bank, sms: Phone) -> None:
    await members(bank, sms)
    row = await promised(bank, sms)
    await is_told(bank)
    sms.ignores_the_rest()
    await sms.says("yes, thank you, but my gas bill is worse")
    sms.reads("Just to check. Did you mean: Yes?\n1 Yes\n2 No")
    await sms.says("1")
    sms.ignores_the_rest()
    assert await replies(bank, row) == [("said", "yes, thank you, but my gas bill is worse")]


async def test_what_is_not_so_any_more_is_not_told(bank: Bank, sms: Phone) -> None:
    await members(bank, sms)
    row = await said(bank, sms)
    done = await happens(bank, row, Event.DONE)
    await happens(bank, done, Event.PROMISED)
    await is_told(bank)
    assert [bubble.screen for bubble in sms.unread] == [TEXT]
    sms.ignores_the_rest()
