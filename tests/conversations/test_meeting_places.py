"""Places in a meeting, told by text: the line, an offer and what comes of it, a maybe asked once more."""

from __future__ import annotations

from typing import Any

import pytest

from bank import outward, rsvp_today, rsvps, talk
from flows.coming import COMING
from flows.grammar import Flow
from flows.rsvp_places import RSVP_AGAIN, RSVP_NEWS, RSVP_OFFER
from storage import meetings, rsvp_line
from storage import rsvps as kept
from storage.invitations import Answer
from storage.meetings import MeetingState
from storage.schema import Record
from tests.conversations import sayings, telling
from tests.conversations.banks import Bank
from tests.conversations.colleagues import Somebody
from tests.conversations.gathering import TEXT, a_meeting, all_say, forget, invites_to, rsvp, so_many, stand
from tests.conversations.phones import Phone

ON_BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
ABOUT = {"meeting": "Carers' space", "day": "Thursday 3 December", "time": "2pm"}
BY = "Wednesday 25 November, 5pm"


def step(flow: Flow, name: str, **values: str) -> str:
    return telling.step(flow, name, **ABOUT, **values)


A_PLACE_IS_FREE = step(RSVP_OFFER, "ask", seat_by=BY)
GONE = step(RSVP_NEWS, "gone")


async def crowd(bank: Bank, number: int, **more: Any) -> tuple[Record, list[Phone]]:
    """So many members on phones, each invited to one meeting."""
    phones = await so_many(bank, number)
    meeting = await a_meeting(bank, **more)
    await invites_to(bank, meeting)
    forget(phones)
    return meeting, phones


async def full(bank: Bank, number: int, **more: Any) -> tuple[Record, list[Phone]]:
    """One place: the first has it, the others wait; all of them know."""
    meeting, phones = await crowd(bank, number, **({"capacity": 1} | more))
    await all_say(phones)
    forget(phones)
    return meeting, phones


async def test_who_comes_when_it_is_full_is_told_their_number(bank: Bank) -> None:
    meeting, phones = await crowd(bank, 3, capacity=1)
    await all_say(phones)
    phones[0].ignores_the_rest()
    phones[1].reads(step(COMING, "line", rsvp_number="1"))
    phones[2].reads(step(COMING, "line", rsvp_number="2"))
    assert await stand(bank, meeting, *phones) == ["coming", "waiting", "waiting"]


@ON_BOTH
async def test_a_place_given_back_is_offered_to_the_next(bank: Bank) -> None:
    meeting, phones = await full(bank, 3)
    await phones[0].says("sorry, cant make it")
    phones[0].ignores_the_rest()
    await bank.keeps_up()
    phones[1].reads(A_PLACE_IS_FREE)
    phones[2].reads_nothing()
    await phones[1].says("yes please")
    assert "We have noted that you come: Carers' space." in phones[1].unread[0].screen
    forget(phones)
    assert await stand(bank, meeting, *phones) == ["not_coming", "coming", "waiting"]


async def test_no_thanks_goes_on_to_the_one_after(bank: Bank) -> None:
    meeting, phones = await full(bank, 3)
    await phones[0].says("no")
    await bank.keeps_up()
    forget(phones)
    await phones[1].says("no thanks")
    phones[1].reads(step(RSVP_OFFER, "no"))
    await bank.keeps_up()
    phones[2].reads(A_PLACE_IS_FREE)
    forget(phones)
    assert await stand(bank, meeting, *phones) == ["not_coming", "not_coming", "waiting"]


async def test_who_does_not_answer_in_time_is_told_and_the_next_is_asked(bank: Bank) -> None:
    meeting, phones = await full(bank, 3)
    await phones[0].says("no")
    await bank.keeps_up()
    forget(phones)
    await bank.until(26, 11, 9, 30)
    phones[1].reads(GONE)
    (asked,) = phones[2].unread
    assert asked.screen.startswith("Ashdale Council: a place is free. Carers' space.")
    forget(phones)
    await phones[1].says("yes")
    forget(phones)
    assert await stand(bank, meeting, *phones) == ["not_coming", "waiting", "waiting"]


async def test_a_question_about_another_meeting_does_not_hold_the_line_up(bank: Bank) -> None:
    meeting, phones = await full(bank, 2)
    address, person = await bank.address(phones[1]), await bank.member(phones[1])

    def ask(tx: Any) -> None:
        visit = outward.visit(tx, bank.now(), bank.organisation, address, person.id)
        talk.open_flow(visit, "which_meeting", {"heard": "no"})

    await bank.does(ask)
    await phones[0].says("no")
    forget(phones)
    await bank.keeps_up()
    phones[1].reads(A_PLACE_IS_FREE)
    assert await stand(bank, meeting, *phones) == ["not_coming", "waiting"]


async def test_who_leaves_a_grave_question_open_is_rung_with_the_offer_the_next_day(bank: Bank) -> None:
    meeting, phones = await full(bank, 2)
    await phones[1].says("CALL")
    await phones[0].says("no")
    forget(phones)
    await bank.keeps_up()
    assert await bank.kinds_of_tasks() == ["call"]
    await bank.later(days=1, hours=2)
    words = [told or "" for _kind, told in await bank.tasks()]
    assert any(told.startswith("A place is free: Carers' space") for told in words)
    forget(phones)
    row = await rsvp(bank, meeting, phones[1])
    assert row is not None
    assert row.offered_until is not None


async def test_an_offer_waits_for_their_hours(bank: Bank) -> None:
    _meeting, phones = await full(bank, 2)
    await bank.until(23, 11, 20)
    await phones[0].says("no")
    phones[0].ignores_the_rest()
    await bank.keeps_up()
    phones[1].reads_nothing()
    await bank.until(24, 11, 9, 1)
    (asked,) = phones[1].unread
    assert asked.screen.startswith("Ashdale Council: a place is free.")
    forget(phones)


async def test_a_place_for_one_where_two_would_come(bank: Bank) -> None:
    meeting, phones = await full(bank, 2, capacity=1)
    person = await bank.member(phones[1])
    with_a_guest = {"guests": 1}
    await bank.does(lambda tx: rsvps.beside(tx, meeting, person.id, bank.now(), bank.organisation, **with_a_guest))
    await phones[0].says("no")
    phones[0].ignores_the_rest()
    await bank.keeps_up()
    phones[1].reads(step(RSVP_OFFER, "alone", seat_by=BY))
    await phones[1].says("yes")
    forget(phones)
    row = await rsvp(bank, meeting, phones[1])
    assert row is not None
    assert (row.state, row.guests) == ("coming", 0)


async def test_an_offer_of_what_was_canceled_is_no_place(bank: Bank) -> None:
    meeting, phones = await full(bank, 2)
    await phones[0].says("no")
    await bank.keeps_up()
    forget(phones)
    await bank.does(lambda tx: meetings.change(tx, meeting.id, {"state": MeetingState.CANCELED}))
    await phones[1].says("yes")
    (told,) = phones[1].unread
    assert "noted" not in told.screen
    forget(phones)
    assert await stand(bank, meeting, phones[1]) == ["waiting"]


@ON_BOTH
async def test_who_leaves_gives_their_place_on_and_comes_back_in_line(bank: Bank) -> None:
    meeting, phones = await full(bank, 2)
    person = await bank.member(phones[0])
    await phones[0].says("LEAVE")
    phones[0].reads(sayings.left())
    await bank.keeps_up()
    phones[1].reads(A_PLACE_IS_FREE)
    await phones[1].says("yes")
    forget(phones)
    await phones[0].says("START")
    phones[0].ignores_the_rest()
    await bank.keeps_up()
    phones[0].reads(step(RSVP_NEWS, "waits", rsvp_number="1"))
    row = await bank.asks(lambda tx: kept.of(tx, meeting.id, person.id))
    assert row is not None
    assert row.state == "waiting"


async def test_who_comes_back_while_there_is_room_has_their_place(bank: Bank) -> None:
    meeting, (phone,) = await full(bank, 1, capacity=5)
    await phone.says("LEAVE")
    await bank.keeps_up()
    await phone.says("START")
    phone.ignores_the_rest()
    await bank.keeps_up()
    phone.reads(step(RSVP_NEWS, "back"))
    assert await stand(bank, meeting, phone) == ["coming"]


async def test_who_stops_our_texts_is_rung_about_their_place(bank: Bank) -> None:
    meeting, phones = await full(bank, 2)
    await phones[0].says("STOP")
    phones[0].reads(sayings.STOPPED)
    await bank.keeps_up()
    phones[1].reads_nothing()
    words = (
        "They stopped our texts, and have a place: Carers' space, Thursday 3 December, 2pm. "
        "Ask whether they still come."
    )
    assert await bank.tasks() == [("call", words)]
    assert await stand(bank, meeting, *phones) == ["coming", "waiting"]


async def test_whoever_cannot_be_texted_is_rung_with_the_offer(bank: Bank) -> None:
    meeting, phones = await full(bank, 2)
    await phones[1].says("STOP")
    await phones[0].says("no")
    forget(phones)
    await bank.keeps_up()
    words = [told or "" for _kind, told in await bank.tasks()]
    assert any(told.startswith("A place is free: Carers' space, Thursday 3 December, 2pm.") for told in words)
    row = await rsvp(bank, meeting, phones[1])
    assert row is not None
    assert row.offered_until is not None


async def not_sure(bank: Bank, phone: Phone, **more: Any) -> Record:
    """They are not sure, and are to be asked again on Thursday 26 November at 10am."""
    await phone.joins()
    meeting = await a_meeting(bank, **more)
    person = await bank.member(phone)
    at = bank.now.until(26, 11, 10)

    def work(tx: Any) -> None:
        maybe = rsvps.answer(tx, meeting, person, Answer.MAYBE, bank.now(), bank.organisation)
        rsvps.ask_again_at(tx, maybe.rsvp, bank.now() + at)

    await bank.does(work)
    return meeting


AGAIN = step(RSVP_AGAIN, "ask")


@ON_BOTH
async def test_a_maybe_is_asked_once_more(bank: Bank) -> None:
    phone = bank.phone("sms")
    meeting = await not_sure(bank, phone)
    await bank.until(26, 11, 9, 30)
    phone.ignores_the_rest()
    await bank.until(26, 11, 10, 1)
    phone.reads(AGAIN)
    await phone.says("yes I can")
    assert "We have noted that you come: Carers' space." in phone.unread[0].screen
    forget([phone])
    assert await stand(bank, meeting, phone) == ["coming"]


@pytest.mark.parametrize(("said", "answer", "state"), [("2", "no", "not_coming"), ("3", "maybe", "maybe")])
async def test_a_no_or_still_not_sure_ends_it(bank: Bank, said: str, answer: str, state: str) -> None:
    phone = bank.phone("sms")
    meeting = await not_sure(bank, phone)
    await bank.until(26, 11, 10, 1)
    phone.ignores_the_rest()
    await phone.says(said)
    phone.reads(step(RSVP_AGAIN, answer))
    assert await stand(bank, meeting, phone) == [state]
    assert await bank.asks(lambda tx: rsvp_line.to_ask_again(tx, bank.now(), 10)) == []


async def test_who_paused_our_texts_is_not_asked_again(bank: Bank) -> None:
    phone = bank.phone("sms")
    await not_sure(bank, phone)
    await phone.says("PAUSE")
    await phone.says("two months")
    phone.ignores_the_rest()
    await bank.until(27, 11, 12)
    phone.reads_nothing()


async def test_on_a_shared_phone_it_is_said_whose_place_it_is(bank: Bank) -> None:
    """Asha and Ben share a phone, and both wait."""
    first, shared = bank.phone("sms"), bank.phone("sms")
    await first.joins("Cara")
    await shared.joins("Asha")
    for reply in ("JOIN", "yes", "somebody else", "yes", "Ben"):
        await shared.says(reply)
    meeting = await a_meeting(bank, capacity=1)
    everyone = [*await bank.members(first), *await bank.members(shared)]
    assert [one.name for one in everyone] == ["Cara", "Asha", "Ben"]

    def answer(tx: Any, who: Record, said: Answer = Answer.YES) -> None:
        rsvps.answer(tx, meeting, who, said, bank.now(), bank.organisation)

    for one in everyone:
        await bank.does(lambda tx, who=one: answer(tx, who))  # type: ignore[misc]  bound now, and not in the next round
    forget([first, shared])
    await bank.does(lambda tx: answer(tx, everyone[0], Answer.NO))
    await bank.keeps_up()
    shared.reads(f"For Asha.\n{A_PLACE_IS_FREE}")
    await shared.says("yes")
    forget([first, shared])
    rows = await bank.asks(lambda tx: kept.in_meeting(tx, meeting.id))
    assert [(row.person_id, row.state) for row in rows if row.state != "not_coming"] == [
        (everyone[1].id, "coming"),
        (everyone[2].id, "waiting"),
    ]


async def test_today_tells_a_coordinator(bank: Bank) -> None:
    meeting, (phone,) = await full(bank, 1)
    robin = (await Somebody.at(bank)).known
    await phone.says("sorry I can't come")
    phone.ignores_the_rest()
    rows = await bank.asks(lambda tx: rsvp_today.rows(tx, robin, bank.now(), bank.organisation))
    assert [(row.todo, row.href) for row in rows] == [
        ("A place is free again: Carers' space", f"/meetings/{meeting.token}")
    ]


async def test_po_polsku(bank: Bank) -> None:
    phones = [bank.phone("sms") for _ in range(2)]
    for phone in phones:
        await phone.joins()
    await phones[1].says("polski")
    meeting = await a_meeting(bank, capacity=1)
    await invites_to(bank, meeting, {"en": TEXT, "pl": TEXT})
    await phones[0].says("yes")
    await phones[1].says("tak")
    await phones[0].says("no")
    forget(phones)
    await bank.keeps_up()
    phones[1].reads(
        "Ashdale Council: jest wolne miejsce. Spotkanie opiekunów, czwartek 3 grudnia, 14.00. "
        "Odpowiedz do: środa 25 listopada, 17.00. Czy przyjdziesz?\n1 Tak\n2 Nie"
    )
    await phones[1].says("tak, chętnie")
    forget(phones)
    assert await stand(bank, meeting, *phones) == ["not_coming", "coming"]
