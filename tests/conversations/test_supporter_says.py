"""Whoever helps a member writes, unasked, whether the member comes: asked back once, it is the member's answer."""

from __future__ import annotations

from storage import rsvps
from storage.schema import Record
from storage.supporters import Help
from storage.tasks import TaskKind
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.gathering import a_meeting, invites_to, stand
from tests.conversations.phones import Phone, TextPhone
from tests.conversations.reminded import asks_nothing_else, is_helped

ASKED = "For Dale. Carers' space: Thursday 3 December, 2pm. Can they come?\n1 Yes 2 No 3 Not sure"
COMES = (
    "Thank you. We have noted that Dale comes: Carers' space, Thursday 3 December, 2pm. If that changes, just text us."
)
NOT = "Thank you for telling us. We have noted that Dale can't come. If that changes, just text us."


async def invited(bank: Bank, sms: TextPhone, helper: Phone, does: Help = Help.BOTH, **meeting: object) -> Record:
    """Dale is invited, and Robin helps him so."""
    asks_nothing_else(bank)
    await sms.joins("Dale")
    await is_helped(bank, sms, helper, does)
    row = await a_meeting(bank, **meeting)
    await invites_to(bank, row)
    for phone in (sms, helper):
        phone.ignores_the_rest()
    return row


async def test_it_is_asked_back_and_says_who_gave_it(sms: TextPhone, bank: Bank) -> None:
    helper = bank.phone("sms")
    meeting = await invited(bank, sms, helper)
    await helper.says("Dale is coming")
    helper.reads(ASKED)
    assert await stand(bank, meeting, sms) == [None]
    await helper.says("yes")
    helper.reads(COMES)
    assert await stand(bank, meeting, sms) == ["coming"]
    person = await bank.member(sms)
    (answer,) = await bank.asks(lambda tx: rsvps.answers(tx, meeting.id, person.id))
    said = {one.id: one for one in await bank.heard(helper)}
    assert said[answer.message_id].supporter_id is not None, "it is theirs who helps, for him"
    sms.reads_nothing()
    await helper.says("Sorry, Dale can't come, he is poorly")
    helper.reads(ASKED)
    await helper.says("2")
    helper.reads(NOT)
    assert await stand(bank, meeting, sms) == ["not_coming"]


async def test_he_is_not_asked_any_more_what_was_answered_for_him(sms: TextPhone, bank: Bank) -> None:
    helper = bank.phone("sms")
    await invited(bank, sms, helper, guests=True)
    await sms.says("yes")
    sms.ignores_the_rest()
    await helper.says("he can't come on Thursday")
    await helper.says("no")
    helper.ignores_the_rest()
    await bank.until(4, 12, 12)
    assert not [one for one in sms.unread if "bring" in one.screen]
    sms.ignores_the_rest()


async def test_where_it_is_full_they_hear_that_he_is_in_line(sms: TextPhone, bank: Bank) -> None:
    helper = bank.phone("sms")
    meeting = await invited(bank, sms, helper, capacity=0)
    await helper.says("Dale is coming")
    await helper.says("1")
    helper.reads(
        ASKED,
        "Thank you. Carers' space, Thursday 3 December: it is full just now. Dale is in line. "
        "We will tell them of a place.",
    )
    assert await stand(bank, meeting, sms) == ["waiting"]


async def test_who_may_only_be_told_answers_nothing_and_a_person_reads_it(sms: TextPhone, bank: Bank) -> None:
    helper = bank.phone("sms")
    meeting = await invited(bank, sms, helper, Help.REMINDERS)
    await helper.says("Dale is coming")
    helper.reads(sayings.kept())
    assert await stand(bank, meeting, sms) == [None]
    assert await bank.kinds_of_tasks() == [TaskKind.READ]


async def test_once_the_help_is_over_the_question_is_closed(sms: TextPhone, bank: Bank) -> None:
    helper = bank.phone("sms")
    meeting = await invited(bank, sms, helper)
    await helper.says("Dale is coming")
    await helper.says("STOP")
    helper.ignores_the_rest()
    await helper.says("1")
    helper.ignores_the_rest()
    assert await stand(bank, meeting, sms) == [None]
