"""RSVP: whether somebody comes to a meeting, by number, button or words."""

from __future__ import annotations

import pytest

from storage import invitations, rsvps
from storage.meetings import MeetingState, Way
from storage.schema import Record
from storage.store import Tx
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.gathering import INVITATION, a_meeting, changed, coming, invites_to, noted, rsvp, said, stand
from tests.conversations.phones import Phone, TelegramPhone

ON_BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)


async def is_asked(phone: Phone, bank: Bank, **meeting: object) -> Record:
    await phone.joins()
    row = await a_meeting(bank, **meeting)
    await invites_to(bank, row)
    asked = INVITATION.replace("Thursday 3 December", "Thursday 14 January") if "on_day" in meeting else INVITATION
    phone.reads(sayings.numbered(asked, ["Yes", "No", "Not sure"]))
    return row


async def answer_of(bank: Bank, meeting: Record, phone: Phone) -> str | None:
    person = await bank.member(phone)

    def look(tx: Tx) -> str | None:
        (row,) = invitations.all_to_meeting(tx, meeting.id, person.id)
        return str(row.answer) if row.answer is not None else None

    return await bank.asks(look)


@ON_BOTH
@pytest.mark.parametrize("said", ["1", "yes please", "count me in", "tak"])
async def test_a_yes_is_noted_with_where_and_when(phone: Phone, bank: Bank, said: str) -> None:
    meeting = await is_asked(phone, bank)
    await phone.says(said)
    if said == "tak":  # a yes in another language is asked back
        phone.reads(sayings.check("Yes"))
        await phone.says("yes")
    phone.reads(noted())
    assert await stand(bank, meeting, phone) == ["coming"]
    assert await answer_of(bank, meeting, phone) == "yes"


@pytest.mark.parametrize("reply", ["2", "no", "sorry can't", "pass", "I'm out"])
async def test_a_no_is_noted(phone: Phone, bank: Bank, reply: str) -> None:
    meeting = await is_asked(phone, bank)
    await phone.says(reply)
    phone.reads(said("no"))
    assert await stand(bank, meeting, phone) == ["not_coming"]
    assert await answer_of(bank, meeting, phone) == "no"


async def test_a_button_answers(telegram: TelegramPhone, bank: Bank) -> None:
    meeting = await is_asked(telegram, bank)
    await telegram.presses("Yes")
    telegram.reads(noted())
    await telegram.presses("No")
    telegram.reads(said("no"))
    assert await stand(bank, meeting, telegram) == ["not_coming"]


@pytest.mark.parametrize("later", ["sorry no", "actually I can't come", "cant make it now sorry", "cancel my place"])
async def test_the_latest_clear_answer_wins(phone: Phone, bank: Bank, later: str) -> None:
    meeting = await is_asked(phone, bank)
    await phone.says("yes")
    phone.ignores_the_rest()
    await phone.says(later)
    phone.reads(said("no"))
    assert await stand(bank, meeting, phone) == ["not_coming"]
    person = await bank.member(phone)
    before = await bank.asks(lambda tx: [row.answer for row in rsvps.answers(tx, meeting.id, person.id)])
    assert before == ["yes", "no"]


async def test_until_it_starts_they_may_change_their_mind(phone: Phone, bank: Bank) -> None:
    meeting = await is_asked(phone, bank, on_day="2027-01-14")
    await phone.says("yes")
    await bank.later(days=40)
    await phone.says("SKIP")  # what we asked them about themselves since
    phone.ignores_the_rest()
    await phone.says("sorry no")
    phone.reads(said("no"))
    assert await stand(bank, meeting, phone) == ["not_coming"]


async def test_a_no_that_becomes_a_yes(phone: Phone, bank: Bank) -> None:
    meeting = await is_asked(phone, bank)
    await phone.says("no")
    phone.ignores_the_rest()
    await phone.says("I can come after all")
    phone.reads(noted())
    assert await stand(bank, meeting, phone) == ["coming"]


async def test_a_full_meeting_has_a_line_and_tells_them_their_number(phone: Phone, bank: Bank) -> None:
    other = bank.phone("sms")
    await other.joins("Ben")
    meeting = await is_asked(phone, bank, capacity=1)
    other.ignores_the_rest()
    await other.says("yes")
    await phone.says("yes")
    phone.reads(coming("line", rsvp_number="1"))
    assert await stand(bank, meeting, phone, other) == ["waiting", "coming"]
    other.ignores_the_rest()


async def test_a_place_that_others_wait_for_goes_to_the_next(phone: Phone, bank: Bank) -> None:
    other = bank.phone("sms")
    await other.joins("Ben")
    meeting = await is_asked(phone, bank, capacity=1)
    await phone.says("yes")
    await other.says("yes")
    phone.ignores_the_rest()
    await phone.says("can't come sorry")
    phone.reads(said("given_back"))
    assert await stand(bank, meeting, phone) == ["not_coming"]
    other.ignores_the_rest()


async def test_in_person_or_online_is_asked_where_one_may_choose(phone: Phone, bank: Bank) -> None:
    meeting = await is_asked(phone, bank, way=Way.HYBRID, words={"link": {"en": "meet.example/ashdale"}})
    await phone.says("yes")
    phone.reads(coming("which_way"))
    await phone.says("online please")
    phone.reads(noted("by_link", link="meet.example/ashdale"))
    row = await rsvp(bank, meeting, phone)
    assert row is not None
    assert row.way == Way.ONLINE


async def test_guests_are_asked_for_where_people_may_bring_some(phone: Phone, bank: Bank) -> None:
    meeting = await is_asked(phone, bank, guests=True)
    await phone.says("yes")
    phone.reads(coming("how_many"))
    await phone.says("2")
    phone.reads(noted(), "2 guests come with you.")
    row = await rsvp(bank, meeting, phone)
    assert row is not None
    assert row.guests == 2


async def test_more_guests_than_there_is_room_for(phone: Phone, bank: Bank) -> None:
    meeting = await is_asked(phone, bank, guests=True, capacity=2)
    await phone.says("yes")
    await phone.says("3")
    phone.reads(coming("how_many"), said("too_many"), noted(), "One guest comes with you.")
    assert await stand(bank, meeting, phone) == ["coming"]


async def test_midway_they_find_that_they_cannot_come(phone: Phone, bank: Bank) -> None:
    meeting = await is_asked(phone, bank, guests=True)
    await phone.says("yes")
    phone.ignores_the_rest()
    await phone.says("actually no sorry")
    phone.reads(said("no"))
    assert await stand(bank, meeting, phone) == ["not_coming"]


async def test_what_is_canceled_takes_no_answer(phone: Phone, bank: Bank) -> None:
    meeting = await is_asked(phone, bank)
    await changed(bank, meeting, state=MeetingState.CANCELED)
    await phone.says("yes")
    phone.reads(said("closed"))
    assert await stand(bank, meeting, phone) == [None]


async def test_after_it_an_answer_is_too_late_and_told_so_kindly(telegram: TelegramPhone, bank: Bank) -> None:
    meeting = await is_asked(telegram, bank)
    await bank.until(3, 12, 15)
    await telegram.says("SKIP")  # what we asked them about themselves since
    telegram.ignores_the_rest()
    await telegram.presses("Yes", on=1)  # the first was that of joining
    telegram.reads(said("closed"))
    assert await stand(bank, meeting, telegram) == [None]


async def test_an_ok_is_asked_back(phone: Phone, bank: Bank) -> None:
    meeting = await is_asked(phone, bank)
    await phone.says("ok")
    phone.reads(sayings.check("Yes"))
    await phone.says("yes")
    phone.reads(noted())
    assert await stand(bank, meeting, phone) == ["coming"]


async def test_another_day_than_that_of_the_meeting_is_asked_back(phone: Phone, bank: Bank) -> None:
    meeting = await is_asked(phone, bank)
    await phone.says("no, I can't do Monday")
    phone.reads(sayings.check("No"))
    assert await stand(bank, meeting, phone) == [None]


async def test_who_paused_our_texts_is_told_that_we_do_not_remind_them(phone: Phone, bank: Bank) -> None:
    await is_asked(phone, bank)
    await phone.says("PAUSE")
    await phone.says("1")
    phone.ignores_the_rest()
    await phone.says("yes")
    phone.reads(noted(rsvp_next="See you there."), "You paused our texts, so we will not remind you.")


async def test_their_name_is_for_the_member_who_leads_it_once_they_agreed(phone: Phone, bank: Bank) -> None:
    chair = bank.phone("sms")
    await chair.joins("Ben")
    led_by = await bank.member(chair)
    meeting = await is_asked(phone, bank, member_chair=led_by.id)
    await phone.says("yes")
    phone.reads(coming("may_see"))
    await phone.says("yes")
    phone.reads(noted())
    row = await rsvp(bank, meeting, phone)
    assert row is not None
    assert row.named
    another = await a_meeting(bank, "Care panel", on_day="2026-12-10", member_chair=led_by.id)
    await invites_to(bank, another)
    phone.ignores_the_rest()
    await phone.says("yes")
    phone.reads(noted(meeting="Care panel", day="Thursday 10 December"))
    row = await rsvp(bank, another, phone)
    assert row is not None
    assert row.named
    chair.ignores_the_rest()


@pytest.mark.parametrize("said", ["just me", "me and my mum", "I will bring my sister"])
async def test_who_comes_along_is_no_yes_to_their_name_being_seen(phone: Phone, bank: Bank, said: str) -> None:
    """It answers what we asked a moment ago, or what they thought we asked."""
    chair = bank.phone("sms")
    await chair.joins("Ben")
    led_by = await bank.member(chair)
    meeting = await is_asked(phone, bank, member_chair=led_by.id)
    await phone.says("yes")
    phone.reads(coming("may_see"))
    await phone.says(said)
    row = await rsvp(bank, meeting, phone)
    assert row is not None
    assert not row.named
    phone.ignores_the_rest()
    chair.ignores_the_rest()


async def test_a_shared_phone_asks_who_it_is(phone: Phone, bank: Bank) -> None:
    await phone.joins("Asha")
    for reply in ("JOIN", "yes", "somebody else", "yes", "Ben"):
        await phone.says(reply)
    phone.ignores_the_rest()
    meeting = await a_meeting(bank)
    await invites_to(bank, meeting)
    phone.ignores_the_rest()
    await phone.says("yes but I'll be late")
    phone.reads(sayings.who(sayings.WHO_ARE_YOU, "Asha", "Ben"))
    await phone.says("Ben")
    phone.reads(noted(), "You come late.")
    asha, ben = await bank.members(phone)
    rows = await bank.asks(lambda tx: {row.person_id: row for row in rsvps.in_meeting(tx, meeting.id)})
    assert (rows[ben.id].state, rows[ben.id].late) == ("coming", True)
    assert asha.id not in rows


@pytest.mark.parametrize("words", ["I'll come in person instead", "my husband will come instead", "I am bringing cake"])
async def test_what_is_no_clear_answer_does_not_change_one(phone: Phone, bank: Bank, words: str) -> None:
    meeting = await is_asked(phone, bank)
    await phone.says("yes")
    phone.ignores_the_rest()
    await phone.says(words)
    phone.ignores_the_rest()
    assert await stand(bank, meeting, phone) == ["coming"]
    assert await bank.kinds_of_tasks() == ["read"]
