"""What is arranged for people: booked, or not to be had and what then; whether they had it, and whether it is right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from itertools import count

import pytest

from bank import arrangement_change, outward, rsvps, talk
from flows.arranged import AFTER, ARRANGED, NEEDS_REVIEW
from flows.arranged_words import COULD_NOT
from flows.grammar import Choose, Say
from storage import arrangements as kept
from storage import needs, people
from storage import rsvps as kept_rsvps
from storage.invitations import Answer
from storage.meetings import Way
from storage.outbox import Priority
from storage.schema import Record
from storage.store import Tx
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.colleagues import Somebody
from tests.conversations.gathering import a_meeting
from tests.conversations.phones import Phone
from tests.conversations.telling import step

BSL_BOOKED = (
    "Ashdale Council: Your BSL interpreter is booked. Carers' space, Thursday 3 December. "
    "If that is wrong, just text us."
)
ASKED = {"meeting": "Carers' space", "day": "Thursday 3 December"}
NUMBERS = count(1)
ON_BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)


async def comes(bank: Bank, phone: Phone, meeting: Record, *needed: str) -> None:
    """Whoever has this phone needs these, in their words, and says yes."""
    person = await bank.member(phone)

    def work(tx: Tx) -> None:
        for words in needed:
            needs.add(tx, person_id=person.id, words=words, at=bank.now())
        rsvps.answer(tx, meeting, people.get(tx, person.id), Answer.YES, bank.now(), bank.organisation)

    await bank.does(work)
    phone.ignores_the_rest()


async def theirs(bank: Bank, phone: Phone, meeting: Record) -> list[Record]:
    person = await bank.member(phone)
    return await bank.asks(lambda tx: kept.of(tx, meeting.id, person.id))


async def states(bank: Bank, phone: Phone, meeting: Record) -> dict[str, str]:
    return {row.kind: row.state for row in await theirs(bank, phone, meeting)}


async def stands(bank: Bank, phone: Phone, meeting: Record, change: Callable[..., object], note: str = "") -> None:
    """A colleague presses it for all that is to be done for whoever has this phone."""
    sam = await Somebody.at(bank, f"Sam{next(NUMBERS)}")

    def work(tx: Tx) -> None:
        for row in kept.of(tx, meeting.id, person.id):
            change(tx, sam.known, row, note, bank.now())

    person = await bank.member(phone)
    await bank.does(work)
    await bank.keeps_up()


def could_not(kind: str) -> str:
    """What they read where that is all that could not be had."""
    return step(ARRANGED, "ask", not_arranged=COULD_NOT[kind].text, **ASKED)


@ON_BOTH
async def test_booked(bank: Bank) -> None:
    phone = bank.phone("sms")
    await phone.joins()
    meeting = await a_meeting(bank)
    await comes(bank, phone, meeting, "BSL interpreter please")
    assert await states(bank, phone, meeting) == {"bsl": "to_do"}
    await stands(bank, phone, meeting, arrangement_change.book)
    phone.reads(BSL_BOOKED)


async def test_what_is_booked_together_is_one_message_with_the_note(bank: Bank) -> None:
    phone = bank.phone("sms")
    await phone.joins()
    meeting = await a_meeting(bank)
    await comes(bank, phone, meeting, "a taxi and big print")
    await stands(bank, phone, meeting, arrangement_change.book, "It is Blue Cabs, at 1pm")
    phone.reads(
        "Ashdale Council: Your transport is booked. It is Blue Cabs, at 1pm. You will get large print. "
        "Carers' space, Thursday 3 December. If that is wrong, just text us."
    )


async def test_nobody_is_told_twice_nor_who_does_not_come(bank: Bank) -> None:
    phone = bank.phone("sms")
    await phone.joins()
    meeting = await a_meeting(bank)
    await comes(bank, phone, meeting, "taxi")
    await stands(bank, phone, meeting, arrangement_change.book)
    phone.ignores_the_rest()
    await bank.later(days=1)
    phone.reads_nothing()
    person = await bank.member(phone)
    no = partial(rsvps.answer, meeting=meeting, person=person, answer=Answer.NO)
    await bank.does(lambda tx: no(tx, now=bank.now(), organisation=bank.organisation))
    assert await states(bank, phone, meeting) == {"transport": "booked"}, "a colleague has to cancel it"


async def test_news_wait_for_their_hours(bank: Bank) -> None:
    phone = bank.phone("sms")
    await phone.joins()
    person = await bank.member(phone)
    await bank.does(lambda tx: people.change(tx, person.id, {"text_from": 16 * 60, "text_until": 18 * 60}))
    meeting = await a_meeting(bank)
    await comes(bank, phone, meeting, "taxi")
    await stands(bank, phone, meeting, arrangement_change.book)
    phone.reads_nothing()
    await bank.until(23, 11, 16, 5)
    phone.reads(
        "Ashdale Council: Your transport is booked. Carers' space, Thursday 3 December. If that is wrong, just text us."
    )


@ON_BOTH
async def test_could_not_and_they_come_without_it(bank: Bank) -> None:
    phone = bank.phone("sms")
    await phone.joins()
    meeting = await a_meeting(bank)
    await comes(bank, phone, meeting, "BSL interpreter")
    await stands(bank, phone, meeting, arrangement_change.could_not)
    phone.reads(could_not("bsl"))
    await phone.says("1")
    phone.reads(step(ARRANGED, "without"))
    assert await states(bank, phone, meeting) == {"bsl": "talked"}
    assert await bank.open_tasks() == []


async def test_could_not_and_they_want_to_talk_is_not_settled(bank: Bank) -> None:
    phone = bank.phone("sms")
    await phone.joins()
    meeting = await a_meeting(bank)
    await comes(bank, phone, meeting, "BSL interpreter")
    await stands(bank, phone, meeting, arrangement_change.could_not, "All of them are at work that day")
    phone.reads(
        "Ashdale Council: sorry, we could not book a BSL interpreter. All of them are at work that day. "
        "Carers' space, Thursday 3 December. What shall we do?\n1 I come without it\n2 Talk about it first"
    )
    await phone.says("can we talk about it")
    phone.reads(step(ARRANGED, "call"))
    assert await states(bank, phone, meeting) == {"bsl": "could_not"}
    (task,) = await bank.open_tasks()
    assert (task.kind, task.meeting_id) == ("call", meeting.id)
    assert "BSL interpreter. Carers' space" in task.words


async def test_online_settles_only_what_belongs_to_the_room(bank: Bank) -> None:
    phone = bank.phone("sms")
    await phone.joins()
    meeting = await a_meeting(bank, way=Way.HYBRID)
    await comes(bank, phone, meeting, "a taxi, a BSL interpreter")
    await stands(bank, phone, meeting, arrangement_change.could_not)
    words = "we could not book transport. We could not book a BSL interpreter."
    phone.reads(step(ARRANGED, "ask_online", not_arranged=words, **ASKED))
    await phone.says("I will join online")
    phone.reads(step(ARRANGED, "joins_and_call"))
    assert await states(bank, phone, meeting) == {"transport": "talked", "bsl": "could_not"}
    person = await bank.member(phone)
    rsvp = await bank.asks(lambda tx: kept_rsvps.of(tx, meeting.id, person.id))
    assert rsvp is not None
    assert rsvp.way == Way.ONLINE
    assert await bank.kinds_of_tasks() == ["call"]


async def test_online_is_enough_where_only_a_taxi_was_missing(bank: Bank) -> None:
    phone = bank.phone("sms")
    await phone.joins()
    meeting = await a_meeting(bank, way=Way.HYBRID)
    await comes(bank, phone, meeting, "taxi")
    await stands(bank, phone, meeting, arrangement_change.could_not)
    phone.ignores_the_rest()
    await phone.says("2")
    phone.reads(step(ARRANGED, "joins"))
    assert await states(bank, phone, meeting) == {"transport": "talked"}


@ON_BOTH
async def test_who_may_be_in_danger_is_neither_told_nor_rung(bank: Bank) -> None:
    phone = bank.phone("sms")
    await phone.joins()
    meeting = await a_meeting(bank)
    await comes(bank, phone, meeting, "taxi")
    await phone.says("he hits me")
    phone.ignores_the_rest()
    await stands(bank, phone, meeting, arrangement_change.could_not)
    phone.reads_nothing()
    assert await bank.kinds_of_tasks() == ["safeguarding"]
    assert [row.told for row in await theirs(bank, phone, meeting)] == [False]


async def test_who_would_be_asked_too_late_is_rung(bank: Bank) -> None:
    phone = bank.phone("sms")
    await phone.joins()
    meeting = await a_meeting(bank, on_day="2026-11-24", at_time="09:30")
    await comes(bank, phone, meeting, "taxi")
    await bank.until(23, 11, 21)
    phone.ignores_the_rest()
    await stands(bank, phone, meeting, arrangement_change.could_not)
    phone.reads_nothing()
    ((kind, words),) = await bank.tasks()
    assert (kind, (words or "").partition(":")[0]) == ("call", "We could not book this for them")


async def test_who_is_paused_or_cannot_be_texted_is_rung(bank: Bank) -> None:
    paused, stopped = bank.phone("sms"), bank.phone("sms")
    meeting = await a_meeting(bank)
    for phone in (paused, stopped):
        await phone.joins()
        await comes(bank, phone, meeting, "taxi")
    await stopped.says("STOP")
    person = await bank.member(paused)
    until = bank.now().replace(month=12, day=20)
    await bank.does(lambda tx: people.change(tx, person.id, {"paused_until": until}))
    for phone in (paused, stopped):
        phone.ignores_the_rest()
        await stands(bank, phone, meeting, arrangement_change.could_not)
        phone.reads_nothing()
    mine = [task for task in await bank.open_tasks() if "We could not book this for them: Transport" in task.words]
    assert len(mine) == 2


async def after(bank: Bank, phone: Phone, meeting: Record) -> None:
    """They came, and are asked afterwards."""
    person = await bank.member(phone)

    def work(tx: Tx) -> None:
        there = outward.address_of(tx, person, bank.now())
        assert there is not None
        visit = outward.visit(tx, bank.now(), bank.organisation, there, person.id)
        talk.open_flow(visit, AFTER.name, {"meeting": meeting.token}, Priority.REMINDER)

    await bank.does(work)
    await bank.drains()
    phone.reads(step(AFTER, "ask", meeting="Carers' space"))


async def had(bank: Bank, phone: Phone, meeting: Record) -> str | None:
    person = await bank.member(phone)
    rsvp = await bank.asks(lambda tx: kept_rsvps.of(tx, meeting.id, person.id))
    return rsvp.had_needs if rsvp is not None else None


async def test_they_had_what_they_needed(bank: Bank) -> None:
    phone = bank.phone("sms")
    await phone.joins()
    meeting = await a_meeting(bank)
    await comes(bank, phone, meeting, "taxi")
    await after(bank, phone, meeting)
    await phone.says("yes thanks")
    phone.reads(step(AFTER, "yes"))
    assert await had(bank, phone, meeting) == "yes"
    assert await bank.open_tasks() == []


@ON_BOTH
async def test_a_no_goes_to_a_person_with_what_was_missing(bank: Bank) -> None:
    phone = bank.phone("sms")
    await phone.joins()
    meeting = await a_meeting(bank)
    await comes(bank, phone, meeting, "taxi")
    await after(bank, phone, meeting)
    await phone.says("no")
    phone.reads(step(AFTER, "missing"))
    assert await had(bank, phone, meeting) == "no"
    assert await bank.tasks() == [("read", "They did not have what they needed at: Carers' space.")]
    await phone.says("the loop was broken")
    phone.reads(step(AFTER, "noted"))
    assert await bank.tasks() == [("read", "They did not have what they needed at: Carers' space. the loop was broken")]


async def needs_of_old(bank: Bank, phone: Phone, *words: str) -> Record:
    """They told us more than a year ago."""
    person = await bank.member(phone)
    long_ago = bank.now() - timedelta(days=400)

    def work(tx: Tx) -> None:
        for one in words:
            needs.add(tx, person_id=person.id, words=one, at=long_ago)
        people.change(tx, person.id, {"asked_at": bank.now() - timedelta(days=30)})

    await bank.does(work)
    return person


REVIEW = step(NEEDS_REVIEW, "ask", known_needs="large print, no steps")


@ON_BOTH
async def test_needs_are_reviewed_once_a_year(bank: Bank) -> None:
    phone = bank.phone("sms")
    await phone.joins()
    await needs_of_old(bank, phone, "big print as my eyes are bad", "ground floor")
    await bank.keeps_up()
    phone.reads(REVIEW)
    await phone.says("yes")
    phone.reads(step(NEEDS_REVIEW, "yes"))
    person = await bank.member(phone)
    assert person.needs_checked_at is not None
    await bank.later(days=60)
    assert not any("For meetings, we have for you" in bubble.screen for bubble in phone.unread), "not again this year"
    phone.ignores_the_rest()


async def test_what_is_different_is_kept_and_what_is_unclear_is_looked_at(bank: Bank) -> None:
    phone = bank.phone("sms")
    await phone.joins()
    meeting = await a_meeting(bank)
    await needs_of_old(bank, phone, "big print", "ground floor")
    await comes(bank, phone, meeting)
    await bank.keeps_up()
    phone.reads(REVIEW)
    await phone.says("no")
    phone.reads(step(NEEDS_REVIEW, "what"))
    await phone.says("I need a taxi too because of my knee")
    phone.reads(step(NEEDS_REVIEW, "noted"))
    assert await states(bank, phone, meeting) == {"large_print": "to_do", "step_free": "to_do", "transport": "to_do"}
    assert await bank.remembers("knee") in ([], ["messages_in"]), "why is not kept"
    assert await bank.kinds_of_tasks() == []


async def test_what_they_do_not_need_any_more_goes_to_a_person(bank: Bank) -> None:
    phone = bank.phone("sms")
    await phone.joins()
    await needs_of_old(bank, phone, "big print", "ground floor")
    await bank.keeps_up()
    phone.ignores_the_rest()
    await phone.says("no")
    phone.ignores_the_rest()
    await phone.says("I dont need big print")
    phone.reads(step(NEEDS_REVIEW, "noted"))
    ((kind, words),) = await bank.tasks()
    assert kind == "read"
    assert "I dont need big print" in (words or "")


async def test_the_review_takes_its_place_in_the_week(bank: Bank) -> None:
    phone = bank.phone("sms")
    await phone.joins()
    person = await needs_of_old(bank, phone, "big print", "ground floor")
    await bank.does(lambda tx: people.change(tx, person.id, {"paused_until": bank.now() + timedelta(days=90)}))
    await bank.later(days=30)
    phone.reads_nothing()


async def test_what_a_member_tells_between_is_arranged_where_they_come_already(bank: Bank) -> None:
    phone = bank.phone("sms")
    await phone.joins()
    meeting = await a_meeting(bank)
    await comes(bank, phone, meeting)
    await bank.tells(phone, needs="a sign language interpreter")
    assert await states(bank, phone, meeting) == {"bsl": "to_do"}


async def test_in_polish(bank: Bank) -> None:
    phone = bank.phone("sms")
    for reply in ("POLSKI", "DOŁĄCZ", "1", "1", "Ola"):
        await phone.says(reply)
    phone.ignores_the_rest()
    meeting = await a_meeting(bank, way=Way.HYBRID)
    await comes(bank, phone, meeting, "tłumacz języka migowego", "taksówka")
    render = partial(bank.organisation.catalogs.render, language="pl")
    sorry = ARRANGED.steps["ask_online"]
    assert isinstance(sorry, Choose)
    assert isinstance(sorry.choices, tuple)
    await stands(bank, phone, meeting, arrangement_change.could_not)
    first, second = render(COULD_NOT["bsl"], values={}), render(COULD_NOT["transport"], values={})
    about = {"meeting": "Spotkanie opiekunów", "day": "czwartek 3 grudnia", "council": "Ashdale Council"}
    text = render(sorry.text, values={"not_arranged": f"{first} {second[0].upper()}{second[1:]}", **about})
    labels = [render(one.label, values={}) for one in sorry.choices if one.label is not None]
    phone.reads(sayings.numbered(text, labels))
    await phone.says("1")
    without = ARRANGED.steps["without"]
    assert isinstance(without, Say)
    phone.reads(render(without.text, values={}))
    assert await states(bank, phone, meeting) == {"bsl": "talked", "transport": "talked"}
