"""Whoever has answered to a meeting is not asked the same again by a question that they had left open."""

from __future__ import annotations

from bank import rsvps
from storage import conversations
from storage.invitations import Answer
from storage.schema import Record
from storage.staff import Role
from storage.told import How
from tests.conversations.answering_desk import hire
from tests.conversations.banks import Bank
from tests.conversations.gathering import a_meeting, coming, invites_to, said, stand
from tests.conversations.phones import Phone
from tests.conversations.reminded import asks_nothing_else
from tests.conversations.test_meeting_news import changes

AGAIN = (
    "Ashdale Council: you were not sure about this. Carers' space. Thursday 3 December, 4pm. Are you coming?\n"
    "1 Yes\n2 No\n3 Still not sure"
)


async def is_invited(bank: Bank, phone: Phone) -> Record:
    asks_nothing_else(bank)
    await phone.joins()
    meeting = await a_meeting(bank)
    await invites_to(bank, meeting)
    return meeting


async def is_unsure_and_asked_of_the_new_hour(bank: Bank, phone: Phone) -> Record:
    """They do not answer whether they can come at the new hour."""
    meeting = await is_invited(bank, phone)
    await phone.says("not sure")
    await phone.says("yes")
    meeting = await changes(bank, meeting, large=True, at_time="16:00")
    await bank.keeps_up()
    phone.ignores_the_rest()
    return meeting


async def asks(bank: Bank, phone: Phone, flow: str = "rsvp") -> list[str]:
    """The steps of what we still ask them about a meeting."""
    person = await bank.member(phone)
    return [row.step for row in await bank.asks(lambda tx: conversations.live_with(tx, person.id, flow))]


async def test_one_answer_is_for_both_questions(bank: Bank, sms: Phone) -> None:
    meeting = await is_unsure_and_asked_of_the_new_hour(bank, sms)
    await bank.until(30, 11, 10)
    sms.reads(AGAIN)
    await sms.says("sorry no")
    sms.reads(said("no"))
    assert await stand(bank, meeting, sms) == ["not_coming"]
    assert await asks(bank, sms) == []


async def test_once_it_has_begun_the_question_is_closed(bank: Bank, sms: Phone) -> None:
    await is_unsure_and_asked_of_the_new_hour(bank, sms)
    assert await asks(bank, sms) == ["ask"]
    await bank.until(3, 12, 16)
    sms.ignores_the_rest()
    assert await asks(bank, sms) == []


async def test_how_they_come_is_not_asked_once_it_has_begun(bank: Bank, sms: Phone) -> None:
    """They left "how many will you bring?" open, and begin something else after the meeting."""
    asks_nothing_else(bank)
    await sms.joins()
    await invites_to(bank, await a_meeting(bank, guests=True))
    await bank.until(2, 12, 12)
    sms.ignores_the_rest()
    await sms.says("yes")
    sms.reads(coming("how_many"))
    assert await asks(bank, sms, "coming") == ["how_many"]
    await bank.until(3, 12, 13, 59)
    assert await asks(bank, sms, "coming") == ["how_many"]
    await bank.until(3, 12, 14, 1)
    assert await asks(bank, sms, "coming") == []
    sms.ignores_the_rest()
    await sms.says("PAUSE")
    await sms.says("1")
    assert not [one for one in sms.unread if "bring" in one.screen]
    sms.ignores_the_rest()


async def test_what_a_colleague_enters_ends_it_too(bank: Bank, sms: Phone) -> None:
    meeting = await is_invited(bank, sms)
    await sms.says("will the money man come again?")
    sms.ignores_the_rest()
    assert await asks(bank, sms) == ["ask"]
    sam, person = await bank.does(lambda tx: hire(tx, Role.COORDINATOR)), await bank.member(sms)
    told = Answer.YES, How.PHONE, bank.now(), bank.organisation
    await bank.does(lambda tx: rsvps.enter(tx, sam, meeting, person, *told))
    assert await asks(bank, sms) == []
