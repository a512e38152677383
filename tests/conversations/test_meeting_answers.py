"""What people ask about a meeting is answered at once, from what is written of it; anything else is for a person."""

from __future__ import annotations

import pytest

from bank import meeting_news, rsvps, wall_time
from storage import meetings, questions
from storage.invitations import Answer
from storage.meetings import MeetingState, Way
from storage.schema import Record
from storage.store import Tx
from tests.conversations.banks import Bank
from tests.conversations.gathering import a_meeting, invites_to, rsvp, stand
from tests.conversations.phones import Phone, WhatsAppPhone

ON_BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
HEAD = "Carers' space, Thursday 3 December, 2pm to 4pm."
PLACE = f"{HEAD} It is at Oak Hall, Station Road, by Aldi."
PARKING = f"{HEAD} There is free parking behind the hall."
ACCESS = f"{HEAD} The hall has no steps. There is a hearing loop."
COMING = "Carers' space: Thursday 3 December, 2pm. Can you come?\n1 Yes 2 No 3 Not sure"
ASKED = "Thank you for asking. We will answer by Wednesday 25 November."


async def comes(bank: Bank, phone: Phone, *meetings: Record) -> None:
    await phone.joins()
    person, now, organisation = await bank.member(phone), bank.now(), bank.organisation
    for meeting in meetings:
        await bank.does(lambda tx, which=meeting: rsvps.answer(tx, which, person, Answer.YES, now, organisation))  # type: ignore[misc]  bound now, and not in the next round
    phone.ignores_the_rest()


@ON_BOTH
@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("where is it?", PLACE),
        ("MEETING WHERE", PLACE),
        ("what time", HEAD),
        ("when does it finish", HEAD),
        ("is there parking", PARKING),
        ("PARKING HAVE", PARKING),
        ("who else is coming", f"{HEAD} About 15 carers, and Dana Field from the council."),
        ("is it step free", ACCESS),
        ("is there a hearing loop", ACCESS),
        ("what shall I bring", f"{HEAD} Tea and talk. A guest tells us about money."),
        ("do you pay my bus fare", f"{HEAD} We pay your fares."),
        ("where is it and is there parking", f"{PLACE} There is free parking behind the hall."),
    ],
)
async def test_what_is_written_is_answered_at_once(phone: Phone, bank: Bank, said: str, answer: str) -> None:
    await comes(bank, phone, await a_meeting(bank))
    await phone.says(said)
    phone.reads(answer)
    assert await bank.questions() == []
    assert await bank.tasks() == []


@pytest.mark.parametrize(
    "said",
    [
        "is it still on?",
        "is Thursday still happening",
        "is the meeting still going ahead",
        "has it been cancelled?",
        "is the carers space still on this thursday",
    ],
)
async def test_whether_it_takes_place(phone: Phone, bank: Bank, said: str) -> None:
    meeting = await a_meeting(bank)
    await comes(bank, phone, meeting)
    await phone.says(said)
    phone.reads(f"{HEAD} It is on. It is at Oak Hall, Station Road, by Aldi.")
    canceled = {"state": MeetingState.CANCELED, "words": {**meeting.words, "why": {"en": "The hall has no heating."}}}
    await bank.does(lambda tx: meetings.change(tx, meeting.id, canceled))
    await phone.says(f"hello, {said}")
    phone.reads(f"{HEAD} Sorry, we have cancelled it. The hall has no heating.")
    assert await bank.questions() == []


async def test_whether_it_takes_place_after_a_change(phone: Phone, bank: Bank) -> None:
    before = await a_meeting(bank)
    await comes(bank, phone, before)
    later = {"at_time": "14:30", **wall_time.moments("2026-12-03", "14:30", "Europe/London", 120), "sequence": 1}

    def moves(tx: Tx) -> None:
        after = meetings.change(tx, before.id, later)
        meeting_news.changed(tx, before, after, large=False, now=bank.now(), organisation=bank.organisation)

    await bank.does(moves)
    await phone.says("is it still on")
    phone.reads(
        "Carers' space, Thursday 3 December, 2.30pm to 4.30pm. It is on. There was a change, and this is how it is "
        "now. It is at Oak Hall, Station Road, by Aldi."
    )


async def test_whether_it_takes_place_in_polish(phone: Phone, bank: Bank) -> None:
    await comes(bank, phone, await a_meeting(bank))
    await phone.says("po polsku")
    phone.ignores_the_rest()
    await phone.says("czy to się odbędzie?")
    assert phone.unread[-1].screen.startswith("Spotkanie opiekunów, czwartek 3 grudnia, 14.00")
    phone.ignores_the_rest()
    assert await bank.questions() == []


@pytest.mark.parametrize(
    "said", ["do I get paid", "can I bring my daughter", "is there a lift", "what's the link", "where is my form"]
)
async def test_what_is_not_written_is_for_a_person(phone: Phone, bank: Bank, said: str) -> None:
    await comes(bank, phone, await a_meeting(bank))
    await phone.says(said)
    phone.reads(ASKED)
    assert await bank.questions() == [said]


async def test_the_question_says_which_meeting_it_is_about(phone: Phone, bank: Bank) -> None:
    meeting = await a_meeting(bank)
    await comes(bank, phone, meeting)
    await phone.says("do I get paid?")
    await phone.says("where is my form?")
    phone.ignores_the_rest()
    assert [row.meeting_id for row in await bank.open_questions()] == [meeting.id, None]


async def test_what_was_answered_is_kept_with_the_meeting(phone: Phone, bank: Bank) -> None:
    meeting = await a_meeting(bank)
    await comes(bank, phone, meeting)
    await phone.says("where is it?")
    phone.reads(PLACE)
    row = await bank.asks(lambda tx: questions.get(tx, 1))
    assert (row.state, row.meeting_id, row.answered_by) == ("answered", meeting.id, None)


async def test_guests_are_welcome_where_the_meeting_has_them(phone: Phone, bank: Bank) -> None:
    await comes(bank, phone, await a_meeting(bank, guests=True))
    await phone.says("can I bring my daughter?")
    phone.reads(f"{HEAD} Yes, you may bring people.")


async def test_online_it_is_the_link(phone: Phone, bank: Bank) -> None:
    words = {"link": {"en": "meet.example/space"}, "dial_in": {"en": "03069 990100"}, "place": {}, "find": {}}
    await comes(bank, phone, await a_meeting(bank, way=Way.ONLINE, words=words))
    for said in ("where is it?", "what's the link", "i lost the link"):
        await phone.says(said)
        phone.reads(f"{HEAD} To join online, open meet.example/space To join by phone, ring 03069 990100")


async def test_a_question_in_the_middle_of_the_invitation_leaves_it_open(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    meeting = await a_meeting(bank)
    await invites_to(bank, meeting)
    phone.ignores_the_rest()
    await phone.says("where is it?")
    phone.reads(PLACE, COMING)
    await phone.says("is there parking")
    phone.reads(PARKING, COMING)
    await phone.says("yes")
    phone.ignores_the_rest()
    assert await stand(bank, meeting, phone) == ["coming"]


@pytest.mark.parametrize("said", ["yes, where is it?", "Yes I'll come. Is there parking?"])
async def test_a_yes_beside_the_question_is_not_lost(phone: Phone, bank: Bank, said: str) -> None:
    await phone.joins()
    meeting = await a_meeting(bank)
    await invites_to(bank, meeting)
    phone.ignores_the_rest()
    await phone.says(said)
    assert phone.unread[0].screen in {PLACE, PARKING}
    phone.ignores_the_rest()
    assert await stand(bank, meeting, phone) == ["coming"]
    assert await bank.questions() == []


async def test_an_open_question_about_something_else_comes_back(phone: Phone, bank: Bank) -> None:
    await comes(bank, phone, await a_meeting(bank))
    await bank.puts_question(phone, "looks_after")
    asked = phone.all[-1].screen
    await phone.says("where is the meeting on Thursday?")
    phone.reads(PLACE, asked)


async def test_of_two_the_day_tells_which(phone: Phone, bank: Bank) -> None:
    food = await a_meeting(bank, "Food workshop", on_day="2026-12-01")
    await comes(bank, phone, await a_meeting(bank), food)
    await phone.says("where is it on Thursday?")
    phone.reads(PLACE)
    await phone.says("where is the food workshop")
    phone.reads("Food workshop, Tuesday 1 December, 2pm to 4pm. It is at Oak Hall, Station Road, by Aldi.")
    await phone.says("where is it?")
    phone.reads(ASKED)


async def test_in_the_middle_of_one_invitation_another_meeting_may_be_asked_about(phone: Phone, bank: Bank) -> None:
    await comes(bank, phone, await a_meeting(bank, "Food workshop", on_day="2026-12-01"))
    meeting = await a_meeting(bank)
    await invites_to(bank, meeting)
    await phone.says("where is it?")
    phone.ignores_the_rest()
    await phone.says("where is the food workshop?")
    phone.reads("Food workshop, Tuesday 1 December, 2pm to 4pm. It is at Oak Hall, Station Road, by Aldi.", COMING)


async def test_a_stranger_is_told_nothing_of_it(phone: Phone, bank: Bank) -> None:
    await a_meeting(bank)
    await phone.says("where is the meeting?")
    assert "Oak Hall" not in phone.unread[-1].screen
    phone.ignores_the_rest()


async def test_where_a_person_of_ours_writes_no_machine_answers(phone: Phone, bank: Bank) -> None:
    await comes(bank, phone, await a_meeting(bank))
    await phone.says("my carer did not come and I have no food. where is it")
    assert all("Oak Hall" not in bubble.screen for bubble in phone.unread)
    phone.ignores_the_rest()


async def test_a_voice_of_an_asker_on_whatsapp_who_quotes(bank: Bank) -> None:
    phone = bank.phone("whatsapp")
    assert isinstance(phone, WhatsAppPhone)
    food = await a_meeting(bank, "Food workshop", on_day="2026-12-01", at_time="10:00")
    meeting = await a_meeting(bank)
    await phone.joins()
    await invites_to(bank, meeting)
    (asked,) = [row for row in await bank.said(phone) if row.broadcast_id is not None]
    await invites_to(bank, food)
    phone.ignores_the_rest()
    await phone.says("where is it?", OriginalRepliedMessageSid=asked.provider_id)
    phone.reads(PLACE, COMING)


async def test_in_polish(phone: Phone, bank: Bank) -> None:
    meeting = await a_meeting(bank)
    await comes(bank, phone, meeting)
    await phone.says("po polsku")
    phone.ignores_the_rest()
    await phone.says("gdzie to jest")
    (told,) = phone.unread
    assert "Spotkanie opiekunów" in told.screen
    assert "Oak Hall" in told.screen
    phone.ignores_the_rest()
    assert await rsvp(bank, meeting, phone) is not None
