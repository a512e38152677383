"""News of a meeting: a small change is told, a large one is asked about, and who would have come to a canceled one is
told why.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from bank import meeting_news, reminders, wall_time
from storage import meetings, people, tasks
from storage.invitations import Answer
from storage.meetings import MeetingState, Way
from storage.schema import Record
from storage.store import Tx
from tests import looking
from tests.conversations.banks import Bank
from tests.conversations.gathering import a_meeting, stand
from tests.conversations.phones import Phone
from tests.conversations.reminded import became, coming, is_helped, says

ELM = {"place": {"en": "Elm House, Mill Lane"}, "find": {"en": "by the post office"}}
CLOSING = "If you can't come, just text us."
CHANGED = (
    "Ashdale Council: a change. Carers' space is on Thursday 3 December at 2.30pm, Oak Hall, Station Road, by Aldi. "
    f"{CLOSING}"
)
MOVED = (
    "Ashdale Council: a change. Carers' space is now on Thursday 10 December at 2pm, Oak Hall, Station Road, by Aldi. "
    "Can you come?\n1 Yes 2 No 3 Not sure"
)
CANCELED = (
    "Ashdale Council: sorry, we have cancelled Carers' space on Thursday 3 December. Our guest is ill. "
    "Thank you for your answer. To see what else is on, text MEETINGS."
)
ON_BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)


async def changes(
    bank: Bank, meeting: Record, *, large: bool, words: Mapping[str, Any] | None = None, **when: Any
) -> Record:
    """The meeting is so from now on, and those whom it concerns are to hear of it."""

    def work(tx: Tx) -> Record:
        before = meetings.get(tx, meeting.id)
        wall = {name: getattr(before, name) for name in ("on_day", "at_time", "zone", "minutes")} | when
        way = wall.pop("way", before.way)
        made = wall_time.moments(wall["on_day"], wall["at_time"], wall["zone"], wall["minutes"])
        after = meetings.change(
            tx, meeting.id, {**wall, **made, "way": way, "words": {**before.words, **(words or {})}}
        )
        meeting_news.changed(tx, before, after, large=large, now=bank.now(), organisation=bank.organisation)
        return after

    return await bank.does(work)


async def cancels(bank: Bank, meeting: Record, why: Mapping[str, str] | None = None) -> None:
    def work(tx: Tx) -> None:
        words = {**meeting.words, "why": why or {"en": "Our guest is ill", "pl": "Nasz gość jest chory"}}
        row = meetings.change(tx, meeting.id, {"state": MeetingState.CANCELED, "words": words})
        meeting_news.canceled(tx, row, bank.now(), bank.organisation)

    await bank.does(work)


async def four(bank: Bank, meeting: Record) -> list[Phone]:
    """Who comes, waits for a place, may come, and does not."""
    phones = [bank.phone("sms") for _ in range(4)]
    for phone, answer in zip(phones, (Answer.YES, Answer.YES, Answer.MAYBE, Answer.NO), strict=True):
        await coming(bank, phone)
        await says(bank, phone, meeting, answer)
    return phones


@ON_BOTH
async def test_a_small_change_is_told_to_everybody_whom_it_concerns(bank: Bank) -> None:
    meeting = await a_meeting(bank, capacity=1)
    comes, waits, maybe, not_coming = await four(bank, meeting)
    await changes(bank, meeting, large=False, at_time="14:30")
    await bank.keeps_up()
    for phone in (comes, waits, maybe):
        phone.reads(CHANGED)
    not_coming.reads_nothing()
    assert await stand(bank, meeting, comes, waits, maybe) == ["coming", "waiting", "maybe"]


@ON_BOTH
async def test_after_a_large_change_they_are_asked_again_and_who_waits_is_told(bank: Bank) -> None:
    meeting = await a_meeting(bank, capacity=1)
    comes, waits, maybe, not_coming = await four(bank, meeting)
    await changes(bank, meeting, large=True, on_day="2026-12-10")
    await bank.keeps_up()
    comes.reads(MOVED)
    maybe.reads(MOVED)
    waits.reads(CHANGED.replace("3 December at 2.30pm", "10 December at 2pm"))
    not_coming.reads_nothing()
    await comes.says("no sorry")
    await maybe.says("1")
    for phone in (comes, maybe, waits):
        phone.ignores_the_rest()
    assert (await stand(bank, meeting, comes, maybe))[0] == "not_coming"
    assert (await stand(bank, meeting, maybe))[0] in {"coming", "waiting"}
    await bank.keeps_up()
    for phone in (comes, maybe, waits):
        phone.ignores_the_rest()


async def test_who_says_yes_again_keeps_their_place_and_is_reminded_on_the_new_day(bank: Bank, sms: Phone) -> None:
    meeting = await a_meeting(bank)
    await coming(bank, sms, meeting)
    await changes(bank, meeting, large=True, on_day="2026-12-10")
    await bank.keeps_up()
    sms.reads(MOVED)
    await sms.says("yes but i will be late")
    sms.ignores_the_rest()
    assert await stand(bank, meeting, sms) == ["coming"]
    await bank.until(3, 12, 9, 59)
    sms.reads_nothing()
    await bank.until(3, 12, 10)
    (read,) = sms.unread
    assert "is on Thursday 10 December at 2pm" in read.screen
    sms.ignores_the_rest()


async def test_who_says_nothing_keeps_their_place(bank: Bank, sms: Phone) -> None:
    meeting = await a_meeting(bank)
    await coming(bank, sms, meeting)
    await changes(bank, meeting, large=True, on_day="2026-12-10")
    await bank.until(2, 12, 18)
    sms.reads(MOVED)
    assert await stand(bank, meeting, sms) == ["coming"]


async def test_a_meeting_that_goes_online_asks_whether_they_can_join(bank: Bank, sms: Phone) -> None:
    meeting = await a_meeting(bank)
    await coming(bank, sms, meeting)
    await changes(bank, meeting, large=True, way=Way.ONLINE, words={"link": {"en": "meet.ashdale.example/space"}})
    await bank.keeps_up()
    sms.reads(
        "Ashdale Council: a change. Carers' space is now online, on Thursday 3 December at 2pm. Can you join?\n"
        "1 Yes 2 No 3 Not sure"
    )


async def test_two_changes_in_one_night_are_one_message_in_the_morning(bank: Bank, sms: Phone) -> None:
    meeting = await a_meeting(bank)
    await coming(bank, sms, meeting)
    await bank.until(23, 11, 20)
    await changes(bank, meeting, large=True, on_day="2026-12-10")
    await bank.keeps_up()
    await changes(bank, meeting, large=False, words=ELM)
    await bank.until(24, 11, 8, 59)
    sms.reads_nothing()
    await bank.until(24, 11, 9)
    sms.reads(MOVED.replace("Oak Hall, Station Road, by Aldi", "Elm House, Mill Lane, by the post office"))


async def test_news_waits_for_somebody_s_own_hours(bank: Bank, sms: Phone) -> None:
    meeting = await a_meeting(bank)
    await coming(bank, sms, meeting, text_from=17 * 60)
    await changes(bank, meeting, large=False, at_time="14:30")
    await bank.until(23, 11, 16, 59)
    sms.reads_nothing()
    await bank.until(23, 11, 17)
    sms.reads(CHANGED)


async def test_where_a_text_would_come_too_late_somebody_rings_them(bank: Bank, sms: Phone) -> None:
    """At seven in the morning of the day itself no text may go, and at nine they are on their way."""
    meeting = await a_meeting(bank, at_time="10:00")
    await coming(bank, sms)
    await bank.until(3, 12, 7)
    await says(bank, sms, meeting)
    await cancels(bank, meeting)
    await bank.keeps_up()
    sms.reads_nothing()
    ring = (
        "This is cancelled: Carers' space, Thursday 3 December, 10am. Our guest is ill. "
        "Ring them, so that they do not set out for nothing."
    )
    assert await bank.tasks() == [("call", ring)]
    await bank.until(3, 12, 13)
    sms.reads_nothing()


async def test_on_the_day_itself_it_is_told_at_once_while_texts_may_go(bank: Bank, sms: Phone) -> None:
    meeting = await a_meeting(bank)
    await coming(bank, sms)
    await bank.until(3, 12, 13)
    await says(bank, sms, meeting)
    await cancels(bank, meeting)
    await bank.keeps_up()
    sms.reads(CANCELED)


@ON_BOTH
async def test_a_canceled_meeting_says_why_and_reminds_nobody(bank: Bank) -> None:
    meeting = await a_meeting(bank, capacity=1)
    comes, waits, maybe, not_coming = await four(bank, meeting)
    await cancels(bank, meeting)
    await bank.keeps_up()
    for phone in (comes, waits, maybe):
        phone.reads(CANCELED)
    not_coming.reads_nothing()
    await bank.until(3, 12, 16)
    for phone in (comes, waits, maybe, not_coming):
        phone.reads_nothing()
    assert set(await became(bank, meeting)) == {"canceled sent"}


async def test_in_polish(bank: Bank, sms: Phone) -> None:
    meeting = await a_meeting(bank)
    await coming(bank, sms, meeting)
    await sms.says("polski")
    sms.ignores_the_rest()
    await changes(bank, meeting, large=True, on_day="2026-12-10")
    await bank.keeps_up()
    sms.reads(
        "Ashdale Council: zmiana. Spotkanie opiekunów: czwartek 10 grudnia, godz. 14.00, "
        "Oak Hall, Station Road, by Aldi. Możesz przyjść?\n1 Tak 2 Nie 3 Nie wiem"
    )
    await sms.says("tak")
    sms.ignores_the_rest()
    assert await stand(bank, meeting, sms) == ["coming"]
    await cancels(bank, await bank.asks(lambda tx: meetings.get(tx, meeting.id)))
    await bank.keeps_up()
    sms.reads(
        "Ashdale Council: przepraszamy, odwołaliśmy spotkanie: Spotkanie opiekunów, czwartek 10 grudnia. "
        "Nasz gość jest chory. Dziękujemy za odpowiedź. Aby zobaczyć inne spotkania, wyślij SPOTKANIA."
    )


@pytest.mark.parametrize("large", [True, False])
async def test_who_cannot_be_texted_is_rung(bank: Bank, sms: Phone, *, large: bool) -> None:
    meeting = await a_meeting(bank)
    await coming(bank, sms, meeting)
    await sms.says("STOP")
    sms.ignores_the_rest()
    known = {task.id for task in await bank.open_tasks()}
    await changes(bank, meeting, large=large, on_day="2026-12-10")
    await bank.keeps_up()
    sms.reads_nothing()
    (task,) = (task for task in await bank.open_tasks() if task.id not in known)
    words = "This has changed: Carers' space. It is on Thursday 10 December, 2pm, Oak Hall, Station Road, by Aldi. "
    asks = "Ring them to say so, and ask whether they can come." if large else "Ring them to say so."
    assert (task.kind, task.words, task.meeting_id) == ("call", words + asks, meeting.id)


async def test_who_paused_our_texts_is_rung(bank: Bank, sms: Phone) -> None:
    meeting = await a_meeting(bank)
    await coming(bank, sms, meeting, paused_until=bank.now() + timedelta(days=60))
    await cancels(bank, meeting)
    await bank.keeps_up()
    sms.reads_nothing()
    assert await bank.kinds_of_tasks() == ["call"]
    assert await became(bank, meeting) == ["canceled paused"]


async def test_who_helps_them_hears_of_it_too_and_is_asked_nothing(bank: Bank) -> None:
    sms, helper = bank.phone("sms"), bank.phone("sms")
    meeting = await a_meeting(bank)
    await coming(bank, sms, meeting)
    await is_helped(bank, sms, helper)
    moved = await changes(bank, meeting, large=True, on_day="2026-12-10")
    await bank.keeps_up()
    sms.reads(MOVED)
    helper.reads(
        "Ashdale Council: Carers' space, for Asha, is now on Thursday 10 December at 2pm, Oak Hall, Station Road, "
        "by Aldi. You need not reply. To end these texts, send STOP."
    )
    await cancels(bank, moved)
    await bank.keeps_up()
    sms.reads(CANCELED.replace("3 December", "10 December"))
    helper.reads(
        "Ashdale Council: we have cancelled Carers' space on Thursday 10 December. This is about Asha. "
        "To end this, send STOP."
    )


async def test_nobody_rings_about_a_meeting_that_is_canceled(bank: Bank, sms: Phone) -> None:
    meeting = await a_meeting(bank)
    await coming(bank, sms, meeting)
    person = await bank.member(sms)
    call = {"kind": "call", "person_id": person.id, "meeting_id": meeting.id, "words": "Ask whether they come."}
    when = {"opened_at": bank.now(), "due_at": bank.now()}
    await bank.does(lambda tx: tasks.add(tx, token="a" * 16, **call, **when))
    await cancels(bank, meeting)
    assert await bank.tasks() == []
    await bank.keeps_up()
    sms.reads(CANCELED)


async def test_while_something_that_may_not_wait_is_open_they_are_told_and_not_asked(bank: Bank, sms: Phone) -> None:
    meeting = await a_meeting(bank)
    await coming(bank, sms, meeting)
    await sms.says("PAUSE")
    sms.ignores_the_rest()
    await changes(bank, meeting, large=True, on_day="2026-12-10")
    await bank.keeps_up()
    sms.reads(CHANGED.replace("3 December at 2.30pm", "10 December at 2pm"))


async def test_who_says_no_before_they_hear_of_it_is_told_nothing(bank: Bank, sms: Phone) -> None:
    meeting = await a_meeting(bank)
    await coming(bank, sms, meeting)
    await bank.until(23, 11, 20)
    await changes(bank, meeting, large=False, at_time="14:30")
    await says(bank, sms, meeting, Answer.NO)
    await bank.until(24, 11, 10)
    sms.reads_nothing()


async def test_who_has_left_is_told_nothing(bank: Bank, sms: Phone) -> None:
    meeting = await a_meeting(bank)
    await coming(bank, sms, meeting)
    await bank.until(23, 11, 20)
    await cancels(bank, meeting)
    await sms.says("LEAVE")
    sms.ignores_the_rest()
    await bank.until(24, 11, 10)
    sms.reads_nothing()
    assert await bank.tasks() == []


async def test_a_reminder_that_would_follow_the_news_within_hours_is_left_out(bank: Bank, sms: Phone) -> None:
    meeting = await a_meeting(bank)
    await coming(bank, sms, meeting)
    await bank.until(2, 12, 8)
    sms.ignores_the_rest()
    await changes(bank, meeting, large=False, at_time="14:30")
    await bank.until(2, 12, 18)
    sms.reads(CHANGED)
    steps = await bank.asks(
        lambda tx: [row.step for row in looking.reminders_of(tx, meeting.id) if row.state == "planned"]
    )
    assert steps == ["hours", "feedback"]
    person = await bank.member(sms)
    await bank.does(lambda tx: people.change(tx, person.id, {"text_until": 12 * 60}))
    await bank.does(lambda tx: reminders.replan_person(tx, person.id, bank.now(), bank.organisation))
    await bank.until(3, 12, 11, 45)
    (read,) = sms.unread
    assert read.screen.startswith("Ashdale Council: see you today at 2.30pm")
    sms.ignores_the_rest()
