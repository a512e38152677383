"""Feedback goes the ways that people go: back, away, silent for a day, in Polish, two on one phone, in trouble."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bank import attendance, erasure, merging
from bank.reminder_plan import FEEDBACK, as_json
from flows import engine_words
from storage import conversations, feedback
from storage import people as people_kept
from storage.schema import Record
from storage.store import Tx
from tests import looking
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.gathering import a_meeting, invites_to, stand
from tests.conversations.looking_back import (
    CHANGE,
    GOOD,
    HEARD,
    HELLO,
    HOW,
    LAST_WORDS,
    NEEDS,
    asking,
    colleague,
    given,
    had_needs,
    ticked,
    told,
)
from tests.conversations.phones import Phone
from tests.conversations.reminded import asks_nothing_else, coming, is_helped, says

ON_BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
# Nothing but how it was.
PLAN = as_json((FEEDBACK,))
GROUP = "Ashdale Council: thank you for coming to Reading group. SKIP leaves a question out. STOP ends texts."
NUDGE = "Ashdale Council: one question is still open. Answer it or not, as you like. STOP ends texts."
HINT = sayings._words(engine_words.HINT_RATING)


async def asked(bank: Bank, phone: Phone, *meetings: Record) -> Record:
    """Whoever has this phone came to the carers' space, and has just been asked how it was."""
    meeting = meetings[0] if meetings else await a_meeting(bank, plan=PLAN)
    await coming(bank, phone, meeting)
    await bank.until(3, 12, 16)
    await ticked(bank, meeting, [phone])
    await bank.until(3, 12, 18)
    phone.reads(f"{HELLO}\n{HOW}")
    return meeting


async def given_by(bank: Bank, meeting: Record, person: Record) -> Record | None:
    """What this person told of it, whoever has which phone by now."""

    def look(tx: Tx) -> Record | None:
        round_ = feedback.of_meeting(tx, meeting.id)
        return feedback.of_person(tx, round_.id, person.id) if round_ is not None else None

    return await bank.asks(look)


async def test_in_polish(bank: Bank, sms: Phone) -> None:
    meeting = await a_meeting(bank, plan=PLAN)
    asks_nothing_else(bank)
    await sms.says("DOŁĄCZ")
    for reply in ("1", "1", "Ania"):
        await sms.says(reply)
    sms.ignores_the_rest()
    await says(bank, sms, meeting)
    await bank.until(3, 12, 16)
    await ticked(bank, meeting, [sms])
    await bank.until(3, 12, 18)
    (first,) = (bubble.screen for bubble in sms.unread)
    assert "Spotkanie opiekunów" in first
    assert "POMIŃ" in first
    sms.ignores_the_rest()
    for answer in ("było super", "trochę", "herbata i ludzie", "pomiń", "tak"):
        await sms.says(answer)
    assert sms.unread[-1].screen.startswith("Dziękujemy")
    sms.ignores_the_rest()
    assert await told(bank, meeting, sms) == {"q1": "5", "q2": "c2", "q3": "herbata i ludzie", "q5": "yes"}


async def test_back_puts_an_answer_right(bank: Bank, phone: Phone) -> None:
    meeting = await asked(bank, phone)
    await phone.says("2")
    phone.reads(HEARD)
    await phone.says("BACK")
    phone.reads(HOW)
    await phone.says("4")
    phone.reads(HEARD)
    assert await told(bank, meeting, phone) == {"q1": "4"}


async def test_what_is_no_rating_is_asked_once_more_and_then_read_by_a_person(bank: Bank, phone: Phone) -> None:
    await asked(bank, phone)
    await phone.says("we talked about parking")
    phone.reads(HINT)
    await phone.says("and about buses")
    assert phone.unread[-1].screen.startswith("Thank you. A person will read what you wrote by")
    phone.ignores_the_rest()
    assert await bank.kinds_of_tasks() == ["read"]
    await phone.says("skip")
    phone.reads(HEARD)


async def test_words_beside_the_rating_are_kept_too(bank: Bank, phone: Phone) -> None:
    meeting = await asked(bank, phone)
    await phone.says("It was good but the room was freezing")
    phone.reads(HEARD)
    kept = await told(bank, meeting, phone)
    assert kept is not None
    assert kept["q1_said"] == "It was good but the room was freezing"


async def test_what_should_change_is_no_wish_to_stop_our_texts(bank: Bank, phone: Phone) -> None:
    meeting = await asked(bank, phone)
    for answer in ("3", "no", "skip", "stop talking over us"):
        await phone.says(answer)
    phone.reads(HEARD, GOOD, CHANGE, NEEDS)
    assert await told(bank, meeting, phone) == {"q1": "3", "q2": "c3", "q4": "stop talking over us"}


async def test_a_yes_that_was_only_guessed_is_asked_back(bank: Bank, phone: Phone) -> None:
    meeting = await asked(bank, phone)
    for answer in ("3", "yes", "skip", "skip", "the lift was broken"):
        await phone.says(answer)
    assert phone.unread[-1].screen == sayings.check("No")
    assert await had_needs(bank, meeting, phone) is None
    phone.ignores_the_rest()


async def test_a_question_beside_the_answer_loses_neither(bank: Bank, phone: Phone) -> None:
    meeting = await asked(bank, phone)
    await phone.says("5! When is the next one?")
    assert phone.unread[-1].screen.endswith(HEARD)
    phone.ignores_the_rest()
    assert (await told(bank, meeting, phone) or {})["q1"] == "5"
    assert await bank.questions() == ["5! When is the next one?"]


async def test_one_nudge_and_no_more_and_it_counts_as_far_as_it_went(bank: Bank, sms: Phone) -> None:
    meeting = await asked(bank, sms)
    await sms.says("4")
    sms.reads(HEARD)
    await bank.until(4, 12, 19)
    sms.reads(f"{NUDGE}\n{HEARD}")
    await bank.until(14, 12, 12)
    sms.reads_nothing()
    here = await bank.address(sms)
    assert await bank.asks(lambda tx: conversations.open_at(tx, here.id)) is None
    row = await given(bank, meeting, sms)
    assert row is not None
    assert (row.finished, await told(bank, meeting, sms)) == (False, {"q1": "4"})


async def test_danger_in_the_middle_is_danger(bank: Bank, phone: Phone) -> None:
    meeting = await asked(bank, phone)
    await phone.says("4")
    phone.reads(HEARD)
    await phone.says("I want to kill myself")
    assert "safeguarding" in await bank.kinds_of_tasks()
    phone.ignores_the_rest()
    await phone.says("yes")
    phone.ignores_the_rest()
    assert await told(bank, meeting, phone) == {"q1": "4"}


async def test_who_paused_is_not_asked(bank: Bank, sms: Phone) -> None:
    meeting = await a_meeting(bank, plan=PLAN)
    await coming(bank, sms, meeting)
    await bank.until(3, 12, 16)
    person = await bank.member(sms)
    until = bank.now() + timedelta(days=30)
    await bank.does(lambda tx: people_kept.change(tx, person.id, {"paused_until": until}))
    await ticked(bank, meeting, [sms])
    await bank.until(3, 12, 18)
    sms.reads_nothing()
    assert await asking(bank, meeting, sms) == "paused"


async def test_two_meetings_on_one_day_are_asked_about_one_after_the_other(bank: Bank, sms: Phone) -> None:
    first = await a_meeting(bank, "Reading group", at_time="10:00", plan=PLAN)
    second = await a_meeting(bank, at_time="11:00", minutes=60, plan=PLAN)
    await coming(bank, sms, first, second)
    await bank.until(3, 12, 12, 30)
    for meeting in (first, second):
        await ticked(bank, meeting, [sms])
    await bank.until(3, 12, 14)
    sms.reads(f"{GROUP}\n{HOW}")
    for answer in ("5", "yes", "skip", "skip", "yes"):
        await sms.says(answer)
    assert sms.unread[-1].screen == LAST_WORDS
    sms.ignores_the_rest()
    await bank.until(3, 12, 15, 30)
    sms.reads(f"{HELLO}\n{HOW}")
    await sms.says("1")
    sms.reads(HEARD)
    assert (await told(bank, second, sms), (await told(bank, first, sms) or {})["q1"]) == ({"q1": "1"}, "5")


async def test_an_invitation_in_the_middle_is_answered_and_feedback_goes_on(bank: Bank, sms: Phone) -> None:
    meeting = await asked(bank, sms)
    other = await a_meeting(bank, "Reading group", on_day="2026-12-17", plan=[])
    await bank.until(4, 12, 10)
    await invites_to(bank, other)
    sms.ignores_the_rest()
    await sms.says("yes I'll come to the reading group")
    sms.ignores_the_rest()
    await sms.says("5")
    sms.ignores_the_rest()
    assert (await told(bank, meeting, sms) or {}).get("q1") == "5"
    await bank.is_in_order()


async def test_of_two_on_one_phone_each_tells_for_themselves(bank: Bank, sms: Phone) -> None:
    meeting = await a_meeting(bank, plan=PLAN)
    await coming(bank, sms, meeting)
    for reply in ("JOIN", "yes", "somebody else", "yes", "Ben"):
        await sms.says(reply)
    sms.ignores_the_rest()
    asha, ben = sorted(await bank.members(sms), key=lambda one: str(one.name))
    sam = await colleague(bank)
    await bank.until(3, 12, 16)
    await bank.does(lambda tx: attendance.walk_in(tx, sam, meeting, asha, bank.now(), bank.organisation))
    await bank.until(3, 12, 18)
    assert sms.unread[-1].screen.endswith(HOW)
    await sms.says("5")
    sms.ignores_the_rest()

    def gave(tx: Tx) -> list[int]:
        asked = feedback.of_meeting(tx, meeting.id)
        return [row.person_id for row in looking.responses(tx, [asked.id])] if asked is not None else []

    assert await bank.asks(gave) == [asha.id]
    assert ben.name == "Ben"


async def test_nobody_who_helps_is_asked_or_told(bank: Bank, sms: Phone) -> None:
    """How it was is the member's own to say."""
    meeting = await a_meeting(bank, plan=PLAN)
    helper = bank.phone("sms")
    await coming(bank, sms, meeting)
    await is_helped(bank, sms, helper)
    await bank.until(3, 12, 16)
    await ticked(bank, meeting, [sms])
    await bank.until(3, 12, 18)
    sms.reads(f"{HELLO}\n{HOW}")
    helper.reads_nothing()


@ON_BOTH
async def test_what_they_told_goes_when_they_are_erased(bank: Bank, sms: Phone) -> None:
    meeting = await asked(bank, sms)
    for answer in ("4", "yes", "the secret garden"):
        await sms.says(answer)
    sms.ignores_the_rest()
    person, now = await bank.member(sms), bank.now()
    assert await bank.does(lambda tx: erasure.erase_person(tx, person.id, now))
    assert await bank.remembers("secret garden") == []
    assert (await given_by(bank, meeting, person)) is None


@ON_BOTH
async def test_of_two_who_are_one_what_was_told_to_the_end_stays(bank: Bank) -> None:
    meeting = await a_meeting(bank, plan=PLAN)
    phones = [bank.phone("sms"), bank.phone("sms")]
    for phone in phones:
        await coming(bank, phone, meeting)
    await bank.until(3, 12, 16)
    await ticked(bank, meeting, phones)
    await bank.until(3, 12, 18)
    first, second = phones
    await first.says("2")
    for answer in ("5", "yes", "skip", "skip", "yes"):
        await second.says(answer)
    for phone in phones:
        phone.ignores_the_rest()
    [keep, gone] = [await bank.member(phone) for phone in phones]
    sam, now = await colleague(bank), bank.now()
    await bank.does(lambda tx: merging.merge(tx, sam, keep, gone, "the same", now, bank.organisation))
    row = await given_by(bank, meeting, keep)
    assert row is not None
    assert (row.finished, (await bank.asks(lambda tx: feedback.answers_of(tx, row.id)))["q1"]) == (True, "5")


async def test_a_late_yes_to_an_invitation_is_no_answer_to_how_it_was(bank: Bank, sms: Phone) -> None:
    meeting = await a_meeting(bank, plan=PLAN)
    other = await a_meeting(bank, "Reading group", on_day="2026-12-17", plan=[])
    await coming(bank, sms, meeting)
    await bank.until(3, 12, 10)
    await invites_to(bank, other)
    sms.ignores_the_rest()
    await bank.until(3, 12, 16)
    await ticked(bank, meeting, [sms])
    await bank.until(3, 12, 18)
    sms.reads(f"{HELLO}\n{HOW}")
    await sms.says("yes please")
    assert (await stand(bank, other, sms)) == ["coming"]
    assert sms.unread[-1].screen == HOW
    sms.ignores_the_rest()
    await sms.says("5")
    sms.reads(HEARD)
    assert await told(bank, meeting, sms) == {"q1": "5"}
