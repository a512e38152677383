"""Reminders: what is planned for whom, and how a message stays short whatever it has to say."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest

from bank import meeting_news, reminder_defaults, reminder_lost, reminder_words, reminders, reminding
from bank.limits import Limits
from bank.reminder_plan import ALL, DAY, DEFAULTS, HOURS, THANKS, WEEK, Step, as_json, from_json, moment
from bank.reminder_words import Reader, Told
from channels.message import Channel
from flows.worst import worst
from language.sms import length
from storage import marks, meetings, outbox, people, reach, rsvps, tasks
from storage import reminders as kept
from storage.meetings import MeetingKind, MeetingState
from storage.outbox import OutState
from storage.reminders import ReminderState
from storage.reminders import Step as Name
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.store import Store, Tx
from tests import looking
from tests.bank.ashdale import ASHDALE, MORNING
from tests.bank.members import claimed, crowd
from tests.bank.several_ways import hired, instead_of, reached_by
from tests.bank.test_promise_19_reminders import a_meeting, put_on

WITHOUT = Limits(outside_window=False)
HOUR, DAYS = timedelta(hours=1), timedelta(days=1)
THURSDAY = date(2026, 12, 3)


def comes(tx: Tx, **meeting: Any) -> tuple[Record, Record, Record]:
    """A meeting on Thursday week at 2pm, one person, and their RSVP, reminders planned."""
    (address_id,) = crowd(tx, 1)
    (person,) = reach.people_at(tx, address_id)
    row, rsvp = put_on(tx, THURSDAY, time(14), person, MORNING, **meeting)
    reminders.plan(tx, row, rsvp, MORNING, ASHDALE)
    return row, person, rsvp


def planned(tx: Tx, meeting: Record) -> list[str]:
    return [row.step for row in looking.reminders_of(tx, meeting.id) if row.state == ReminderState.PLANNED]


async def test_an_answer_given_again_plans_nothing_twice(store: Store) -> None:
    def story(tx: Tx) -> list[str]:
        meeting, _person, rsvp = comes(tx)
        for _ in range(3):
            reminders.plan(tx, meeting, rsvp, MORNING, ASHDALE)
        return planned(tx, meeting)

    assert await store.write(story) == ["week", "day", "hours", "feedback"]


async def test_who_says_no_is_reminded_of_nothing_and_of_all_after_a_yes(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[str], list[str]]:
        meeting, _person, rsvp = comes(tx)
        no = rsvps.change(tx, rsvp.id, {"state": RsvpState.NOT_COMING})
        reminders.plan(tx, meeting, no, MORNING, ASHDALE)
        after_no = planned(tx, meeting)
        yes = rsvps.change(tx, rsvp.id, {"state": RsvpState.COMING})
        reminders.plan(tx, meeting, yes, MORNING, ASHDALE)
        return after_no, planned(tx, meeting)

    assert await store.write(story) == ([], ["week", "day", "hours", "feedback"])


async def test_what_was_said_once_is_not_said_again_but_of_a_moved_meeting(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[str], list[str]]:
        meeting, _person, rsvp = comes(tx)
        due = looking.reminders_of(tx, meeting.id)[0].due_at
        reminding.send(tx, due, ASHDALE, reminding.to_send(tx, due, ASHDALE, 1)[0])
        reminders.plan(tx, meeting, rsvp, due, ASHDALE)
        again = planned(tx, meeting)
        later = {"on_day": "2026-12-17", "starts_at": meeting.starts_at + 14 * DAYS}
        moved = meetings.change(tx, meeting.id, {**later, "ends_at": meeting.ends_at + 14 * DAYS})
        reminders.replan(tx, moved, due, ASHDALE)
        return again, planned(tx, meeting)

    assert await store.write(story) == (["day", "hours", "feedback"], ["week", "day", "hours", "feedback"])


async def test_whoever_came_without_a_yes_is_asked_how_it_was(store: Store) -> None:
    """Somebody walked in, and a colleague ticked it."""

    def story(tx: Tx) -> list[str]:
        meeting, _person, rsvp = comes(tx)
        over = meetings.change(tx, meeting.id, {"state": MeetingState.OVER})
        walked_in = rsvps.change(tx, rsvp.id, {"state": RsvpState.NOT_COMING, "came": True})
        reminders.plan(tx, over, walked_in, meeting.ends_at + HOUR, ASHDALE)
        return planned(tx, meeting)

    assert await store.write(story) == ["feedback"]


async def test_where_whatsapp_is_shut_and_has_no_template_it_goes_another_way(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[str], list[str]]:
        whatsapp, _sms = reached_by(tx, Channel.WHATSAPP, Channel.SMS)
        (person,) = reach.people_at(tx, whatsapp.here(tx).id)
        meeting, rsvp = put_on(tx, THURSDAY, time(14), person, MORNING)
        reminders.plan(tx, meeting, rsvp, MORNING, ASHDALE)
        due = looking.reminders_of(tx, meeting.id)[0].due_at
        reminding.send(tx, due, ASHDALE, reminding.to_send(tx, due, ASHDALE, 1)[0])
        (row,) = (one for one in whatsapp.heard(tx) if one.wording == "reminder.week.text")
        assert claimed(tx, due, own=WITHOUT, sender="whatsapp") == []
        other = [one.wording for one in instead_of(tx, row.id)]
        return other, [one.message.text for one in claimed(tx, due)]

    other, texts = await store.write(story)
    assert other == ["reminder.week.text"]
    assert len(texts) == 1
    assert texts[0].startswith("Ashdale Council: Carers' space is on Thursday 3 December")


async def test_a_reminder_is_never_counted_by_the_weekly_cap(store: Store) -> None:
    def story(tx: Tx) -> int:
        for _ in range(3):
            comes(tx)
        (address_id,) = crowd(tx, 1)
        (person,) = reach.people_at(tx, address_id)
        went = 0
        for hour in (9, 13, 17):
            meeting, rsvp = put_on(tx, date(2026, 12, 3), time(hour), person, MORNING, plan=_only_the_day_before(hour))
            reminders.plan(tx, meeting, rsvp, MORNING, ASHDALE)
        for row in kept.planned_of(tx, person.id, MORNING + 30 * DAYS):
            if row.step == Name.DAY:
                reminding.send(tx, row.due_at, ASHDALE, row.id)
                went += len(claimed(tx, row.due_at))
        return went

    assert await store.write(story) == 1  # the same step on the same day is one message


def _only_the_day_before(hour: int) -> list[dict[str, Any]]:
    return [{"step": "day", "days": 1, "at": f"{hour:02}:30"}]


async def test_a_news_row_survives_an_answer_that_plans_anew(store: Store) -> None:
    def story(tx: Tx) -> list[str]:
        meeting, _person, rsvp = comes(tx)
        meeting_news.changed(tx, meeting, meeting, large=False, now=MORNING, organisation=ASHDALE)
        reminders.plan(tx, meeting, rsvp, MORNING, ASHDALE)
        return planned(tx, meeting)

    assert sorted(await store.write(story)) == ["changed", "day", "feedback", "hours", "week"]


async def test_own_hours_that_change_move_what_is_planned(store: Store) -> None:
    def story(tx: Tx) -> list[str]:
        meeting, person, _rsvp = comes(tx)
        people.change(tx, person.id, {"text_from": 17 * 60})
        reminders.replan_person(tx, person.id, MORNING, ASHDALE)
        rows = kept.of(tx, meeting.id, person.id)
        return [f"{row.due_at.astimezone(ASHDALE.zone):%a %d %H:%M}" for row in rows]

    assert await store.write(story) == ["Wed 25 18:45", "Tue 01 18:45", "Wed 02 18:45", "Thu 03 18:00"]


async def test_what_their_new_hours_put_into_the_past_goes_at_once(store: Store) -> None:
    """It was planned and not said: half an hour before its time they tell us that they want texts in the evening."""

    def story(tx: Tx) -> list[str]:
        meeting, person, _rsvp = comes(tx)
        now = looking.reminders_of(tx, meeting.id)[0].due_at - HOUR / 2
        people.change(tx, person.id, {"text_from": 17 * 60})
        reminders.replan_person(tx, person.id, now, ASHDALE)
        first = kept.of(tx, meeting.id, person.id)[0]
        assert first.due_at == now
        reminding.send(tx, now, ASHDALE, first.id)
        return [f"{row.due_at.astimezone(ASHDALE.zone):%a %d %H:%M}" for row in kept.of(tx, meeting.id, person.id)[:1]]

    assert await store.write(story) == ["Thu 26 17:00"]


async def test_defaults_are_those_of_its_kind_until_the_team_changes_them(store: Store) -> None:
    def story(tx: Tx) -> tuple[int, int, int]:
        ada = hired(tx)
        meeting, _person, _rsvp = comes(tx, kind=MeetingKind.PANEL)
        before = len(reminder_defaults.plan_of(tx, meeting))
        reminder_defaults.keep(tx, ada.id, {MeetingKind.PANEL: (DAY,), MeetingKind.SPACE: ALL}, MORNING)
        after = len(reminder_defaults.plan_of(tx, meeting))
        own = meetings.change(tx, meeting.id, {"plan": as_json((WEEK, THANKS))})
        return before, after, len(reminder_defaults.plan_of(tx, own))

    assert await store.write(story) == (4, 1, 2)
    assert await store.read(lambda tx: marks.get(tx, "reminder_plans")) is not None


@pytest.mark.parametrize("plan", [(), ALL, (HOURS,), (Step(Name.DAY, days=0, at=time(8, 5)),)])
def test_a_plan_is_read_as_it_was_kept(plan: tuple[Step, ...]) -> None:
    assert from_json(as_json(plan)) == plan


def test_every_kind_of_meeting_has_a_plan() -> None:
    assert set(DEFAULTS) == set(MeetingKind)


def test_a_step_without_a_time_is_none() -> None:
    with pytest.raises(ValueError, match="no time"):
        moment(a_meeting(THURSDAY, time(14)), Step(Name.DAY))


@pytest.mark.parametrize("step", [Name.WEEK, Name.DAY, Name.HOURS])
@pytest.mark.parametrize(("language", "most"), [("en", 2), ("pl", 4)])
def test_the_whole_message_fits_at_its_longest(step: Name, language: str, most: int) -> None:
    """With a long title and place, and the two longest things that can be booked."""
    known = worst(language).values
    words = {"title": {language: str(known["meeting"])}, "place": {language: str(known["where"])}}
    row = a_meeting(date(2026, 9, 30), time(11, 30))
    row.words, row.way = words, "in_person"  # type: ignore[misc]  it stands for a row
    told = Told(step, row, "in_person", ("sitting", "large_print"))
    worded = reminder_words.reminder([told], Reader(language), MORNING, ASHDALE)
    assert length(worded.text).segments <= most, worded.text


def lost(tx: Tx, step: str) -> tuple[list[str], str, str | None]:
    """What a colleague is asked to do where this reminder reached nobody, and what became of it."""
    meeting, person, _rsvp = comes(tx)
    row = next(one for one in looking.reminders_of(tx, meeting.id) if one.step == step)
    reminding.send(tx, row.due_at, ASHDALE, row.id)
    said = kept.get(tx, row.id)
    assert reminder_lost.to_ring(tx, row.due_at, ASHDALE, 9) == []
    outbox.close(tx, [said.row_id], OutState.FAILED, row.due_at, problem="63016")
    for _ in range(2):
        for one in reminder_lost.to_ring(tx, row.due_at, ASHDALE, 9):
            reminder_lost.ring(tx, row.due_at, ASHDALE, one)
    after = kept.get(tx, row.id)
    return [task.words for task in tasks.open_of(tx, person.id)], after.state, after.why


async def test_where_the_reminder_of_the_day_before_reached_nobody_they_are_rung_once(store: Store) -> None:
    words, state, why = await store.write(lambda tx: lost(tx, Name.DAY))
    when = "Thursday 3 December, 2pm, Oak Hall"
    told = f"Our text did not reach them: Carers' space. It is on {when}. Ring them to say so."
    assert words == [told]
    assert (state, why) == (ReminderState.LEFT_OUT, reminder_lost.NOT_DELIVERED)


async def test_after_the_week_s_reminder_others_are_to_come(store: Store) -> None:
    words, state, why = await store.write(lambda tx: lost(tx, Name.WEEK))
    assert (words, state, why) == ([], ReminderState.LEFT_OUT, reminder_lost.NOT_DELIVERED)


async def test_what_went_another_way_is_not_lost(store: Store) -> None:
    def story(tx: Tx) -> list[int]:
        whatsapp, _sms = reached_by(tx, Channel.WHATSAPP, Channel.SMS)
        (person,) = reach.people_at(tx, whatsapp.here(tx).id)
        meeting, rsvp = put_on(tx, THURSDAY, time(14), person, MORNING)
        reminders.plan(tx, meeting, rsvp, MORNING, ASHDALE)
        due = looking.reminders_of(tx, meeting.id)[0].due_at
        reminding.send(tx, due, ASHDALE, reminding.to_send(tx, due, ASHDALE, 1)[0])
        claimed(tx, due, own=WITHOUT, sender="whatsapp")
        return list(reminder_lost.to_ring(tx, due, ASHDALE, 9))

    assert await store.write(story) == []


async def test_news_that_reached_nobody_is_told_by_a_call_and_only_the_newest(store: Store) -> None:
    def story(tx: Tx) -> list[str]:
        meeting, person, _rsvp = comes(tx)
        for minutes in (30, 60):
            now = MORNING + HOUR
            before = meetings.get(tx, meeting.id)
            moved = meetings.change(tx, meeting.id, {"starts_at": meeting.starts_at + timedelta(minutes=minutes)})
            meeting_news.changed(tx, before, moved, large=False, now=now, organisation=ASHDALE)
            (news,) = (one for one in reminding.to_send(tx, now, ASHDALE, 9) if kept.get(tx, one).step == Name.CHANGED)
            reminding.send(tx, now, ASHDALE, news)
            outbox.close(tx, [kept.get(tx, news).row_id], OutState.FAILED, now, problem="63016")
            for one in reminder_lost.to_ring(tx, now, ASHDALE, 9):
                reminder_lost.ring(tx, now, ASHDALE, one)
        return [task.words for task in tasks.open_of(tx, person.id)]

    (words,) = await store.write(story)
    assert "3pm" in words
