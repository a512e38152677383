"""Answers to a list of what was done: whoever is content with one opens nothing again, and no words get lost."""

from __future__ import annotations

import pytest

from storage.commitments import Event
from storage.schema import Record
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone
from tests.conversations.promised import became, happens, is_told, members, promised, replies, said, state

WHICH = "Thank you for telling us. Which one do you mean?\n1 Easier bills: done, we think\n2 Bus times: done, we think"
WHAT = "Thank you for telling us. What is not right about it? A person will read what you write."
THANKED = "Thank you for telling us. It helps us to go on."
NOTED = "Thank you. A person will read this by 5pm."


async def two_are_done(bank: Bank, sms: Phone) -> tuple[Record, Record]:
    await members(bank, sms)
    first = await happens(bank, await said(bank, sms), Event.DONE)
    second = await happens(bank, await said(bank, sms, title="Bus times"), Event.DONE)
    await is_told(bank)
    sms.ignores_the_rest()
    return first, second


@pytest.mark.parametrize("reply", ["both", "Both done.", "yes both of them", "all of them"])
async def test_all_of_it_is_done(bank: Bank, sms: Phone, reply: str) -> None:
    rows = await two_are_done(bank, sms)
    await sms.says(reply)
    sms.reads(THANKED)
    assert [await state(bank, row) for row in rows] == ["kept", "kept"]


@pytest.mark.parametrize("reply", ["1 yes", "yes to 1", "1 is done"])
async def test_a_yes_beside_a_number_opens_nothing_again(bank: Bank, sms: Phone, reply: str) -> None:
    rows = await two_are_done(bank, sms)
    await sms.says(reply)
    sms.reads(THANKED)
    assert [await state(bank, row) for row in rows] == ["kept", "done"]
    assert await replies(bank, rows[0]) == []


@pytest.mark.parametrize("reply", ["1 yes 2 no", "1 is done 2 is not", "2 no 1 yes", "1) yes 2) no"])
async def test_each_has_an_answer_of_its_own(bank: Bank, sms: Phone, reply: str) -> None:
    rows = await two_are_done(bank, sms)
    await sms.says(reply)
    sms.reads(WHAT)
    await sms.says("The bus is as late as ever")
    sms.reads(NOTED)
    assert [await state(bank, row) for row in rows] == ["kept", "open"]
    assert await replies(bank, rows[1]) == [("not_fixed", "The bus is as late as ever")]


async def test_numbers_alone_are_what_is_not_right_and_are_no_words(bank: Bank, sms: Phone) -> None:
    rows = await two_are_done(bank, sms)
    await sms.says("1 and 2")
    sms.reads(WHAT)
    await sms.says("Nobody rang")
    sms.reads(NOTED)
    assert [await replies(bank, row) for row in rows] == [[("not_fixed", "Nobody rang")]] * 2


@pytest.mark.parametrize("reply", ["none of them", "neither"])
async def test_none_of_it_is_done(bank: Bank, sms: Phone, reply: str) -> None:
    rows = await two_are_done(bank, sms)
    await sms.says(reply)
    sms.ignores_the_rest()
    assert [await state(bank, row) for row in rows] == ["open", "open"]
    assert [means for row in rows for means, _words in await replies(bank, row)] == ["not_fixed"] * 2


async def test_a_bare_no_is_asked_of_which_one(bank: Bank, sms: Phone) -> None:
    rows = await two_are_done(bank, sms)
    await sms.says("no")
    sms.reads(WHICH)
    await sms.says("2")
    sms.reads(WHAT)
    await sms.says("Still late")
    sms.reads(NOTED)
    assert [await became(bank, sms, row) for row in rows] == [["done told"], ["done told no"]]
    assert await replies(bank, rows[1]) == [("not_fixed", "Still late")]


async def test_none_is_no_complaint_where_we_ask_for_what_is_wrong(bank: Bank, sms: Phone) -> None:
    await members(bank, sms)
    rows = [await promised(bank, sms), await promised(bank, sms, title="Bus times")]
    await is_told(bank)
    sms.ignores_the_rest()
    await sms.says("none")
    sms.reads(THANKED)
    assert [await became(bank, sms, row) for row in rows] == [["promised told yes"]] * 2


async def test_what_they_said_first_is_kept_though_we_ask_which_they_mean(bank: Bank, sms: Phone) -> None:
    await members(bank, sms)
    first = await promised(bank, sms)
    await promised(bank, sms, title="Bus times")
    await is_told(bank)
    await bank.until(10, 12, 10)
    sms.ignores_the_rest()
    await sms.says("That's not what I meant, it is the hospital letters")
    sms.ignores_the_rest()
    await sms.says("1")
    sms.reads(NOTED)
    assert await replies(bank, first) == [("not_meant", "That's not what I meant, it is the hospital letters")]
