"""On the day somebody is late, lost or cannot come: whoever leads the meeting hears it at once, on their own phone."""

from __future__ import annotations

import pytest

from bank import question_rota, rsvps
from bank.colleague import Colleague
from bank.question_rota import Texts
from storage import meetings
from storage.invitations import Answer
from storage.meetings import Way
from storage.schema import Record
from storage.staff import Role
from tests.conversations import sayings
from tests.conversations.answering_desk import hire
from tests.conversations.banks import Bank
from tests.conversations.gathering import a_meeting, invites_to, noted, rsvp, stand
from tests.conversations.phones import Phone
from tests.conversations.reminded import asks_nothing_else

ON_BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
TOLD = "Thank you for telling us. We have told Sam Field."
LATE = "Heard: Carers' space, 2pm today. Somebody is late, and will come. See Today."
BACK = "Heard: Carers' space, 2pm today. Somebody who could not come is coming. See Today."
LOST = "Heard: Carers' space, 2pm today. Somebody cannot find it, or cannot get in. See Today."
NOT_ON = "Heard: Carers' space, 2pm today. Somebody cannot get in online. See Today."
AWAY = "Heard: Carers' space, 2pm today. Somebody cannot come after all. See Today."


async def colleague(bank: Bank, texts: Texts = Texts.NO_WORDS, **more: str) -> tuple[Colleague, Phone]:
    """Somebody of the team, with a phone of their own that has been in touch once."""
    phone = bank.phone("sms")
    await phone.says("hello")
    phone.ignores_the_rest()
    own = {"alert_channel": "sms", "alert_address": phone.address}
    who = await bank.does(lambda tx: hire(tx, Role.COORDINATOR, **own, **more))
    now = bank.now()
    await bank.does(lambda tx: question_rota.set_phone(tx, who, texts, now))
    return who, phone


async def comes(bank: Bank, phone: Phone, meeting: Record) -> None:
    await phone.joins()
    person, now, organisation = await bank.member(phone), bank.now(), bank.organisation
    await bank.does(lambda tx: rsvps.answer(tx, meeting, person, Answer.YES, now, organisation))


async def on_the_day(bank: Bank, phone: Phone, hour: int = 13, minute: int = 30) -> None:
    """It is the afternoon of the meeting, and all that we wrote before is read."""
    await bank.until(3, 12, hour, minute)
    for one in bank.phones:
        one.ignores_the_rest()


@pytest.fixture
async def meeting(bank: Bank) -> Record:
    return await a_meeting(bank)


@ON_BOTH
@pytest.mark.parametrize("said", ["running late", "stuck in traffic sorry", "the bus didn't come", "10 mins late"])
async def test_the_host_s_own_phone_knows_it_at_once(phone: Phone, bank: Bank, meeting: Record, said: str) -> None:
    host, own = await colleague(bank)
    await bank.does(lambda tx: meetings.change(tx, meeting.id, {"staff_chair": host.id}))
    await comes(bank, phone, meeting)
    await on_the_day(bank, phone)
    await phone.says(said)
    phone.reads(f"{TOLD} Come when you can.")
    own.reads(LATE)
    row = await rsvp(bank, meeting, phone)
    assert row is not None
    assert (row.state, row.late, row.note) == ("coming", True, said)
    assert await bank.tasks() == [("read", said)]


async def test_with_the_words_where_the_host_wants_them(phone: Phone, bank: Bank, meeting: Record) -> None:
    host, own = await colleague(bank, Texts.WORDS)
    await bank.does(lambda tx: meetings.change(tx, meeting.id, {"staff_chair": host.id}))
    await comes(bank, phone, meeting)
    await on_the_day(bank, phone)
    await phone.says("running late")
    own.reads(f"{LATE}\nThey say: running late")
    phone.ignores_the_rest()


async def test_without_a_host_every_coordinator_who_gets_question_texts(
    phone: Phone, bank: Bank, meeting: Record
) -> None:
    (_one, first), (_other, second) = await colleague(bank), await colleague(bank)
    _third, silent = await colleague(bank, Texts.NONE)
    await comes(bank, phone, meeting)
    await on_the_day(bank, phone)
    await phone.says("running late")
    phone.reads("Thank you for telling us. We have told our team. Come when you can.")
    first.reads(LATE)
    second.reads(LATE)
    silent.reads_nothing()


async def test_where_nobody_has_a_phone_for_it_today_shows_it(phone: Phone, bank: Bank, meeting: Record) -> None:
    await comes(bank, phone, meeting)
    await on_the_day(bank, phone)
    await phone.says("running late")
    phone.reads("Thank you for telling us. A person will read this by 5pm. Come when you can.")
    (item,) = await bank.open_tasks()
    assert item.due_at <= bank.now()
    assert item.meeting_id == meeting.id


async def test_who_is_lost_reads_where_it_is(phone: Phone, bank: Bank, meeting: Record) -> None:
    host, own = await colleague(bank)
    await bank.does(lambda tx: meetings.change(tx, meeting.id, {"staff_chair": host.id}))
    await comes(bank, phone, meeting)
    await on_the_day(bank, phone)
    for said in ("can't find it", "im lost", "nobody is here"):
        await phone.says(said)
        phone.reads(f"{TOLD} It is at Oak Hall, Station Road, by Aldi.")
        own.reads(LOST)


async def test_who_does_not_get_in_online_reads_the_link(phone: Phone, bank: Bank) -> None:
    host, own = await colleague(bank)
    words = {"link": {"en": "meet.example/space"}, "dial_in": {"en": "03069 990100"}, "place": {}, "find": {}}
    online = await a_meeting(bank, way=Way.ONLINE, words=words, staff_chair=host.id)
    await comes(bank, phone, online)
    await on_the_day(bank, phone, 14, 10)
    await phone.says("the link doesn't work")
    phone.reads(f"{TOLD} To join online, open meet.example/space To join by phone, ring 03069 990100")
    own.reads(NOT_ON)


@pytest.mark.parametrize(("hour", "said"), [(12, "can't now"), (13, "sorry I can't come"), (14, "cant make it")])
async def test_who_cannot_come_after_all_gives_the_place_back(
    phone: Phone, bank: Bank, meeting: Record, hour: int, said: str
) -> None:
    host, own = await colleague(bank)
    await bank.does(lambda tx: meetings.change(tx, meeting.id, {"staff_chair": host.id}))
    await comes(bank, phone, meeting)
    await on_the_day(bank, phone, hour)
    await phone.says(said)
    phone.reads(f"{TOLD} We have noted that you can't come this time: Carers' space.")
    own.reads(AWAY)
    assert await stand(bank, meeting, phone) == ["not_coming"]


@pytest.mark.parametrize("said", ["actually I can come", "I can come after all", "Actually I can make it now"])
async def test_who_said_no_can_come_while_it_goes_on(phone: Phone, bank: Bank, meeting: Record, said: str) -> None:
    host, own = await colleague(bank)
    await bank.does(lambda tx: meetings.change(tx, meeting.id, {"staff_chair": host.id, "capacity": 1}))
    await comes(bank, phone, meeting)
    await on_the_day(bank, phone, 14, 5)
    await phone.says("sorry I can't come")
    phone.ignores_the_rest()
    own.ignores_the_rest()
    await phone.says(said)
    phone.reads(
        "Thank you. We have noted that you come after all: Carers' space. It is at Oak Hall, Station Road, by Aldi."
    )
    own.reads(BACK)
    assert await stand(bank, meeting, phone) == ["coming"]


@pytest.mark.parametrize("said", ["I'll be there", "Yes I can come"])
async def test_a_bare_yes_is_to_what_was_asked_last(phone: Phone, bank: Bank, meeting: Record, said: str) -> None:
    asks_nothing_else(bank)
    await comes(bank, phone, meeting)
    await on_the_day(bank, phone, 10, 0)
    await phone.says("sorry I can't come")
    await on_the_day(bank, phone, 12, 0)
    workshop = await a_meeting(bank, "Food workshop", on_day="2026-12-10")
    await invites_to(bank, workshop)
    phone.ignores_the_rest()
    await on_the_day(bank, phone, 14, 5)
    await phone.says(said)
    phone.reads(noted(meeting="Food workshop", day="Thursday 10 December"))
    assert await stand(bank, workshop, phone) == ["coming"]
    assert await stand(bank, meeting, phone) == ["not_coming"]


async def test_before_it_begins_the_place_is_theirs_again(phone: Phone, bank: Bank, meeting: Record) -> None:
    await comes(bank, phone, meeting)
    await on_the_day(bank, phone)
    await phone.says("sorry I can't come")
    phone.ignores_the_rest()
    await phone.says("actually I can come")
    phone.ignores_the_rest()
    assert await stand(bank, meeting, phone) == ["coming"]


async def test_it_is_full_by_now(phone: Phone, bank: Bank, meeting: Record) -> None:
    await comes(bank, phone, meeting)
    await on_the_day(bank, phone, 14, 5)
    await phone.says("sorry I can't come")
    await bank.does(lambda tx: meetings.change(tx, meeting.id, {"capacity": 0}))
    phone.ignores_the_rest()
    await phone.says("actually I can come")
    phone.reads(
        "Sorry, there is no free place now: Carers' space. Thank you for telling us. To see what is on, text MEETINGS."
    )
    assert await stand(bank, meeting, phone) == ["not_coming"]


async def test_it_is_over_by_now(phone: Phone, bank: Bank, meeting: Record) -> None:
    await comes(bank, phone, meeting)
    await on_the_day(bank, phone, 14, 5)
    await phone.says("sorry I can't come")
    await on_the_day(bank, phone, 16, 20)
    await phone.says("actually I can come")
    phone.reads("Sorry, it is over now: Carers' space. Thank you for telling us. To see what is on, text MEETINGS.")
    assert await stand(bank, meeting, phone) == ["not_coming"]


@pytest.mark.parametrize(("hour", "minute"), [(10, 30), (16, 30)])
async def test_at_other_times_the_host_is_left_in_peace(
    phone: Phone, bank: Bank, meeting: Record, hour: int, minute: int
) -> None:
    host, own = await colleague(bank)
    await bank.does(lambda tx: meetings.change(tx, meeting.id, {"staff_chair": host.id}))
    await comes(bank, phone, meeting)
    await on_the_day(bank, phone, hour, minute)
    await phone.says("stuck in traffic")
    own.reads_nothing()
    phone.ignores_the_rest()


async def test_who_does_not_come_to_it_is_no_news_for_the_host(phone: Phone, bank: Bank, meeting: Record) -> None:
    host, own = await colleague(bank)
    await bank.does(lambda tx: meetings.change(tx, meeting.id, {"staff_chair": host.id}))
    await phone.joins()
    await on_the_day(bank, phone)
    await phone.says("stuck in traffic")
    own.reads_nothing()
    phone.ignores_the_rest()


async def test_danger_comes_first(phone: Phone, bank: Bank, meeting: Record) -> None:
    host, own = await colleague(bank)
    await bank.does(lambda tx: meetings.change(tx, meeting.id, {"staff_chair": host.id}))
    await comes(bank, phone, meeting)
    await on_the_day(bank, phone)
    await phone.says("running late, he hit me again and I am scared")
    assert "999" in phone.unread[0].screen
    phone.ignores_the_rest()
    own.reads_nothing()
    assert "safeguarding" in await bank.kinds_of_tasks()


async def test_the_open_question_is_not_answered_by_it(phone: Phone, bank: Bank, meeting: Record) -> None:
    await comes(bank, phone, meeting)
    await bank.until(2, 12, 12)
    await bank.puts_question(phone, "looks_after")
    await on_the_day(bank, phone)
    await phone.says("running late")
    phone.ignores_the_rest()
    await phone.says("yes")
    phone.reads(sayings.THANKS_ABOUT_YOU)


async def test_a_no_to_an_invitation_that_came_since_keeps_the_place(phone: Phone, bank: Bank, meeting: Record) -> None:
    """Both are open to doubt by the words alone: what we wrote last decides."""
    await comes(bank, phone, meeting)
    await on_the_day(bank, phone)
    food = await a_meeting(bank, "Food workshop", on_day="2026-12-15")
    await invites_to(bank, food)
    phone.ignores_the_rest()
    await phone.says("sorry I can't come")
    phone.ignores_the_rest()
    assert (await stand(bank, meeting, phone), await stand(bank, food, phone)) == (["coming"], ["not_coming"])
    await phone.says("running late")
    row = await rsvp(bank, meeting, phone)
    assert row is not None
    assert row.late
    phone.ignores_the_rest()


async def test_why_they_cannot_come_is_not_kept_with_the_answer(phone: Phone, bank: Bank, meeting: Record) -> None:
    await comes(bank, phone, meeting)
    await on_the_day(bank, phone)
    await phone.says("can't make it, I have been sick all night")
    phone.ignores_the_rest()
    row = await rsvp(bank, meeting, phone)
    assert row is not None
    assert (row.state, row.note) == ("not_coming", None)


async def test_in_polish(phone: Phone, bank: Bank, meeting: Record) -> None:
    host, own = await colleague(bank)
    await bank.does(lambda tx: meetings.change(tx, meeting.id, {"staff_chair": host.id}))
    await comes(bank, phone, meeting)
    await phone.says("po polsku")
    await on_the_day(bank, phone)
    await phone.says("stoję w korku, spóźnię się 10 minut")
    own.reads(LATE)
    assert "Sam Field" in phone.unread[0].screen
    phone.ignores_the_rest()
