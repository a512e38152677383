"""Feedback: two hours after a meeting, who came is asked how it was, one short question at a time."""

from __future__ import annotations

import pytest

from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.gathering import a_meeting
from tests.conversations.looking_back import (
    CHANGE,
    GOOD,
    HEARD,
    HELLO,
    HOW,
    LAST_WORDS,
    MISSING,
    NEEDS,
    asking,
    given,
    had_needs,
    ticked,
    told,
)
from tests.conversations.phones import Phone, TextPhone
from tests.conversations.reminded import coming

ON_BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)


@ON_BOTH
async def test_how_it_was_in_five_short_answers(bank: Bank, sms: TextPhone) -> None:
    meeting = await a_meeting(bank)
    await coming(bank, sms, meeting)
    await bank.until(3, 12, 15)
    sms.ignores_the_rest()
    await ticked(bank, meeting, [sms])
    await bank.until(3, 12, 17, 59)
    sms.reads_nothing()
    await bank.until(3, 12, 18)
    sms.reads(f"{HELLO}\n{HOW}")
    for answer, question in (
        ("it was brilliant", HEARD),
        ("yes", GOOD),
        ("meeting others", CHANGE),
        ("more tea", NEEDS),
        ("yes", LAST_WORDS),
    ):
        await sms.says(answer)
        sms.reads(question)
    assert await told(bank, meeting, sms) == {
        "q1": "5",
        "q2": "c1",
        "q3": "meeting others",
        "q4": "more tea",
        "q5": "yes",
    }
    row = await given(bank, meeting, sms)
    assert row is not None
    assert (row.finished, row.open_token, row.entered_by) == (True, None, None)
    assert await had_needs(bank, meeting, sms) == "yes"
    assert await asking(bank, meeting, sms) == "sent"
    assert await bank.kinds_of_tasks() == []
    await bank.is_in_order()


async def test_who_lacked_something_says_what_and_a_person_reads_it(bank: Bank, phone: Phone) -> None:
    meeting = await a_meeting(bank)
    await coming(bank, phone, meeting)
    await bank.until(3, 12, 16)
    phone.ignores_the_rest()
    await ticked(bank, meeting, [phone])
    await bank.until(3, 12, 18)
    for answer in ("4", "1", "skip", "SKIP"):
        await phone.says(answer)
    phone.ignores_the_rest()
    await phone.says("no")
    phone.reads(MISSING)
    await phone.says("the hearing loop was off")
    phone.reads(LAST_WORDS)
    assert await told(bank, meeting, phone) == {"q1": "4", "q2": "c1", "q5": "no"}
    assert await had_needs(bank, meeting, phone) == "no"
    ((kind, words),) = await bank.tasks()
    assert kind == "read"
    assert words == "They did not have what they needed at: Carers' space. the hearing loop was off"


async def test_somebody_who_was_not_there_is_asked_nothing(bank: Bank) -> None:
    there, away = bank.phone("sms"), bank.phone("sms")
    meeting = await a_meeting(bank)
    for one in (there, away):
        await coming(bank, one, meeting)
    await bank.until(3, 12, 16)
    await ticked(bank, meeting, [there], [away])
    for one in (there, away):
        one.ignores_the_rest()
    await bank.until(3, 12, 18)
    there.reads(f"{HELLO}\n{HOW}")
    away.reads_nothing()
    assert await asking(bank, meeting, away) == "not_there"


async def test_where_it_would_be_late_it_is_asked_the_next_morning(bank: Bank, sms: TextPhone) -> None:
    meeting = await a_meeting(bank, at_time="17:30")
    await coming(bank, sms, meeting)
    await bank.until(3, 12, 19, 30)
    sms.ignores_the_rest()
    await ticked(bank, meeting, [sms])
    await bank.until(4, 12, 8, 59)
    sms.reads_nothing()
    await bank.until(4, 12, 9)
    sms.reads(f"{HELLO}\n{HOW}")


async def test_a_late_tick_is_asked_at_once(bank: Bank, sms: TextPhone) -> None:
    meeting = await a_meeting(bank)
    await coming(bank, sms, meeting)
    await bank.until(3, 12, 20)
    sms.ignores_the_rest()
    await bank.until(7, 12, 11)
    sms.reads_nothing()
    await ticked(bank, meeting, [sms])
    await bank.keeps_up()
    sms.reads(f"{HELLO}\n{HOW}")


async def test_nobody_ticked_and_nobody_is_asked(bank: Bank, sms: TextPhone) -> None:
    meeting = await a_meeting(bank)
    await coming(bank, sms, meeting)
    await bank.until(3, 12, 16)
    sms.ignores_the_rest()
    await bank.until(14, 12, 12)
    sms.reads_nothing()
    assert await asking(bank, meeting, sms) == "unticked"


async def test_stop_in_the_middle_keeps_what_was_told(bank: Bank, phone: Phone) -> None:
    meeting = await a_meeting(bank)
    await coming(bank, phone, meeting)
    await bank.until(3, 12, 16)
    await ticked(bank, meeting, [phone])
    await bank.until(3, 12, 18)
    await phone.says("rubbish tbh")
    phone.ignores_the_rest()
    await phone.says("STOP")
    phone.reads(sayings.STOPPED)
    assert await told(bank, meeting, phone) == {"q1": "1"}
    row = await given(bank, meeting, phone)
    assert row is not None
    assert not row.finished
