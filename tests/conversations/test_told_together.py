"""Told together: what happens together is one message, as short as it can be, and nobody gets ten texts."""

from __future__ import annotations

from storage.commitments import Event
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone
from tests.conversations.promised import (
    TEXT,
    became,
    happens,
    is_told,
    members,
    promised,
    replies,
    said,
    state,
)
from tests.conversations.reminded import is_helped

TWO = (
    "Ashdale Council: this came of what you told us. STOP ends texts. "
    "If one is not what you meant, reply with its number.\n"
    "1 Easier bills: we will, by Friday 29 January\n2 Bus times: we will, by Friday 29 January"
)
NOTED = "Thank you. A person will read this by 5pm."


async def test_ten_promised_on_one_morning_are_one_text_each(bank: Bank) -> None:
    phones = [bank.phone("sms") for _ in range(3)]
    await members(bank, *phones)
    rows = []
    for number in range(10):
        rows.append(await promised(bank, *phones, title=f"Promise {number}"))
        await bank.later(minutes=20)
    await bank.until(30, 12, 12)
    for phone in phones:
        texts = [bubble.message.text for bubble in phone.unread]
        assert len(texts) == 1
        assert "more: text WHAT HAPPENED." in texts[0]
        assert "reply with its number" in texts[0]
        assert len(texts[0]) <= 3 * 153
        assert [await became(bank, phone, row) for row in rows] == [["promised told"]] * 10
        phone.ignores_the_rest()


async def test_short_lines_and_a_number_for_the_one_that_is_wrong(bank: Bank, sms: Phone) -> None:
    await members(bank, sms)
    first = await promised(bank, sms)
    second = await promised(bank, sms, title="Bus times")
    await is_told(bank)
    sms.reads(TWO)
    await sms.says("2")
    sms.reads("Thank you for telling us. What is not right about it? A person will read what you write.")
    await sms.says("It was about the train")
    sms.reads(NOTED)
    assert await replies(bank, first) == []
    assert await replies(bank, second) == [("not_meant", "It was about the train")]


async def test_one_that_is_wrong_by_its_title(bank: Bank, sms: Phone) -> None:
    await members(bank, sms)
    await promised(bank, sms)
    second = await promised(bank, sms, title="Bus times")
    await is_told(bank)
    sms.ignores_the_rest()
    await sms.says("not what I meant with the bus times")
    sms.reads("Thank you for telling us. What did you mean? A person will read what you write.")
    await sms.says("It was about the train")
    sms.reads(NOTED)
    assert await replies(bank, second) == [("not_meant", "It was about the train")]


async def test_all_of_it_is_right(bank: Bank, sms: Phone) -> None:
    await members(bank, sms)
    rows = [await promised(bank, sms), await promised(bank, sms, title="Bus times")]
    await is_told(bank)
    sms.ignores_the_rest()
    await sms.says("yes")
    sms.reads("Thank you for telling us. It helps us to go on.")
    assert [await became(bank, sms, row) for row in rows] == [["promised told yes"]] * 2


async def test_done_and_promised_in_one(bank: Bank, sms: Phone) -> None:
    await members(bank, sms)
    done = await happens(bank, await said(bank, sms), Event.DONE)
    await promised(bank, sms, title="Bus times")
    await is_told(bank)
    sms.reads(
        "Ashdale Council: this came of what you told us. STOP ends texts. "
        "Is each right? Reply YES, or the number of one that is not.\n"
        "1 Easier bills: done, we think\n2 Bus times: we will, by Friday 29 January"
    )
    await sms.says("1 they still come as before")
    sms.reads(NOTED)
    assert await state(bank, done) == "open"
    assert await replies(bank, done) == [("not_fixed", "1 they still come as before")]


async def test_what_asks_nothing_is_a_list_without_numbers(bank: Bank, sms: Phone) -> None:
    await members(bank, sms)
    for title in ("Easier bills", "Bus times"):
        row = await said(bank, sms, title=title)
        await happens(bank, row, Event.MOVED, "it takes longer", due_on="2027-02-26")
    await is_told(bank)
    sms.reads(
        "Ashdale Council: this came of what people told us. STOP ends texts.\n"
        "Easier bills: now by Friday 26 February\nBus times: now by Friday 26 February"
    )


async def test_their_week_is_full(bank: Bank, sms: Phone) -> None:
    """Another text that they did not ask for went on Tuesday."""
    await members(bank, sms)
    await promised(bank, sms)
    await is_told(bank)
    await sms.says("yes")
    sms.ignores_the_rest()
    await promised(bank, sms, title="Bus times")
    await bank.until(8, 12, 9)
    sms.reads_nothing()
    await bank.until(8, 12, 12)
    sms.reads(TEXT)


async def test_nothing_at_night_nor_while_they_pause(bank: Bank, sms: Phone) -> None:
    await members(bank, sms)
    await bank.until(1, 12, 20, 30)
    await promised(bank, sms)
    await bank.until(2, 12, 7, 59)
    sms.reads_nothing()
    await bank.until(2, 12, 10)
    sms.reads(TEXT)


async def test_a_shared_phone_is_told_for_whom_it_is(bank: Bank, sms: Phone) -> None:
    await members(bank, sms)
    row = await said(bank, sms)
    for reply in ("JOIN", "yes", "somebody else", "yes", "Ben"):
        await sms.says(reply)
    await bank.until(9, 12, 9)
    sms.ignores_the_rest()
    await happens(bank, row)
    await is_told(bank)
    sms.reads(f"For Asha.\n{TEXT}")


async def test_whoever_helps_them_gets_none_of_it(bank: Bank) -> None:
    member, helper = bank.phone("sms"), bank.phone("sms")
    await members(bank, member)
    await is_helped(bank, member, helper)
    await promised(bank, member)
    await is_told(bank)
    member.reads(TEXT)
    assert not [one for one in helper.unread if "bills" in one.screen]
    helper.ignores_the_rest()
