"""FEEDBACK: whoever wants to tell us how it was need not wait until we ask."""

from __future__ import annotations

import pytest

from flows.feedback_sets import STANDARDS
from flows.feedback_which import FEEDBACK
from storage import feedback
from storage.schema import Record
from storage.store import Tx
from tests import looking
from tests.conversations.banks import Bank
from tests.conversations.gathering import a_meeting
from tests.conversations.looking_back import HEARD, HOW, LAST_WORDS, ticked, told
from tests.conversations.phones import Phone
from tests.conversations.reminded import asks_nothing_else, coming
from tests.conversations.telling import step

ABOUT_IT = "Good that you tell us about {}. SKIP leaves a question out."
SPACE = ABOUT_IT.format("Carers' space, Thursday 3 December")
GROUP = ABOUT_IT.format("Reading group, Wednesday 2 December")
ANYTIME = "Good that you tell us. SKIP leaves a question out.\nWhat would you like to tell us?"
WHAT_TO_DO = "What should we do about it?"
A_PERSON = "Thank you. A person will read this. We will tell you what we do because of it."
WHICH = (
    "What would you like to tell us about?\n1 Carers' space, Thursday 3 December\n"
    "2 Reading group, Wednesday 2 December\n3 Something else"
)


async def came_to_it(bank: Bank, phone: Phone) -> Record:
    """To the carers' space, without being asked how it was."""
    meeting = await a_meeting(bank, plan=[])
    await coming(bank, phone, meeting)
    await bank.until(3, 12, 17)
    await ticked(bank, meeting, [phone])
    phone.ignores_the_rest()
    return meeting


@pytest.mark.parametrize(
    "text",
    [
        "FEEDBACK",
        "I'd like to give feedback",
        "can I say how Thursday went?",
        "Can I tell you how it was",
        "I want to tell you what I thought of the meeting",
    ],
)
async def test_of_the_meeting_they_came_to(bank: Bank, sms: Phone, text: str) -> None:
    meeting = await came_to_it(bank, sms)
    await sms.says(text)
    sms.reads(f"{SPACE}\n{HOW}")
    await sms.says("4")
    sms.reads(HEARD)
    for answer in ("in part", "skip", "skip", "yes"):
        await sms.says(answer)
    assert sms.unread[-1].screen == LAST_WORDS
    sms.ignores_the_rest()
    assert await told(bank, meeting, sms) == {"q1": "4", "q2": "c2", "q5": "yes"}


async def two_meetings(bank: Bank, phone: Phone) -> tuple[Record, Record]:
    first = await a_meeting(bank, "Reading group", on_day="2026-12-02", plan=[])
    second = await a_meeting(bank, plan=[])
    await coming(bank, phone, first, second)
    await bank.until(3, 12, 17)
    for meeting in (first, second):
        await ticked(bank, meeting, [phone])
    phone.ignores_the_rest()
    return first, second


async def test_of_several_they_say_which(bank: Bank, phone: Phone) -> None:
    first, second = await two_meetings(bank, phone)
    await phone.says("feedback")
    phone.reads(WHICH)
    await phone.says("the reading group")
    phone.reads(f"{GROUP}\n{HOW}")
    await phone.says("3")
    phone.reads(HEARD)
    assert await told(bank, first, phone) == {"q1": "3"}
    assert await told(bank, second, phone) is None


async def test_a_day_that_they_name_says_which(bank: Bank, phone: Phone) -> None:
    first, _second = await two_meetings(bank, phone)
    await phone.says("can I say how Wednesday went")
    phone.reads(f"{GROUP}\n{HOW}")
    await phone.says("brilliant")
    phone.reads(HEARD)
    assert await told(bank, first, phone) == {"q1": "5"}


async def test_something_else_reaches_a_person(bank: Bank, phone: Phone) -> None:
    await two_meetings(bank, phone)
    await phone.says("feedback")
    await phone.says("3")
    phone.reads(WHICH, ANYTIME)
    await phone.says("your letters are hard to read")
    phone.reads(WHAT_TO_DO)
    await phone.says("bigger letters")
    phone.reads(A_PERSON)
    assert await bank.tasks() == [("read", "They tell us: your letters are hard to read\nbigger letters")]
    assert await of_the_bank(bank) == [("anytime", {"q1": "your letters are hard to read", "q2": "bigger letters"})]


async def of_the_bank(bank: Bank) -> list[tuple[str, dict[str, object]]]:
    """What was told of no meeting: a round with its answers each."""

    def look(tx: Tx) -> list[tuple[str, dict[str, object]]]:
        from_all = [row for row in _rounds(tx) if row.about == "bank"]
        given = [one for row in from_all for one in looking.responses(tx, [row.id])]
        return [("anytime", feedback.answers_of(tx, one.id)) for one in given]

    return await bank.asks(look)


def _rounds(tx: Tx) -> list[Record]:
    return list(tx.execute(feedback.feedback_rounds.select().order_by(feedback.feedback_rounds.c.id)))


async def test_who_came_to_nothing_tells_anything_and_more_than_once(bank: Bank, phone: Phone) -> None:
    asks_nothing_else(bank)
    await phone.joins()
    for words in ("more buses please", "and thank you for the call"):
        await phone.says("FEEDBACK")
        phone.reads(ANYTIME)
        await phone.says(words)
        phone.reads(WHAT_TO_DO)
        await phone.says("skip")
        phone.reads(A_PERSON)
    assert [said["q1"] for _set, said in await of_the_bank(bank)] == [
        "more buses please",
        "and thank you for the call",
    ]


async def test_a_stranger_is_answered_by_a_person(bank: Bank, phone: Phone) -> None:
    await phone.says("feedback")
    phone.ignores_the_rest()
    assert await bank.kinds_of_tasks() == ["read"]
    assert await bank.nobody_is_known()


async def test_the_word_again_asks_the_question_again(bank: Bank, sms: Phone) -> None:
    await came_to_it(bank, sms)
    await sms.says("FEEDBACK")
    sms.ignores_the_rest()
    await sms.says("FEEDBACK")
    sms.reads(HOW)


async def test_which_may_be_left(bank: Bank, phone: Phone) -> None:
    await two_meetings(bank, phone)
    await phone.says("feedback")
    phone.reads(WHICH)
    await phone.says("skip")
    phone.reads(step(FEEDBACK, "left"))
    assert list(STANDARDS) == ["meeting", "listening", "training", "panel", "project", "values", "anytime"]
