"""Reminders over two years, everybody's hours and a person's own: none goes outside, none too late, none later than
it was planned for.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bank import reminder_plan, reminders, reminding, wall_time
from bank.quiet import Own
from bank.reminder_plan import ALL, HOURS, MARGIN, Plan, Step, due_times, moment
from bank.tokens import token
from storage import meetings, reach, rsvps
from storage.meetings import MeetingKind, MeetingState, Way
from storage.reminders import Step as Name
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.store import Store, Tx
from tests import looking
from tests.bank.ashdale import ASHDALE
from tests.bank.members import claimed, crowd
from tests.bank.test_promise_19_quiet_hours import is_quiet
from tests.bank.test_promise_19_rota import CLOCK_CHANGES, END, HOLIDAYS, LONDON, START

FIRST, YEARS = START.date(), (END - START).days
MINUTE, QUARTER, DAY = timedelta(minutes=1), timedelta(minutes=15), timedelta(days=1)
# Weekends in which the clocks change, and days around bank holidays, are tried as often as all other days together.
SPECIAL = sorted({day + ahead * DAY for day in (*CLOCK_CHANGES, *HOLIDAYS) for ahead in range(-1, 9)})

days = st.one_of(st.integers(0, YEARS - 1).map(lambda number: FIRST + number * DAY), st.sampled_from(SPECIAL))
quarters = st.integers(0, 95).map(lambda number: time(number // 4, number % 4 * 15))
hours = st.one_of(
    st.just((None, None)),
    st.tuples(st.integers(0, 24 * 4), st.integers(0, 24 * 4)).map(lambda two: (two[0] * 15, two[1] * 15)),
)
steps = st.fixed_dictionaries(
    {},
    optional={
        Name.WEEK: st.builds(lambda ahead, at: Step(Name.WEEK, days=ahead, at=at), st.integers(2, 30), quarters),
        Name.DAY: st.builds(lambda ahead, at: Step(Name.DAY, days=ahead, at=at), st.integers(0, 1), quarters),
        Name.HOURS: st.builds(lambda minutes: Step(Name.HOURS, minutes=minutes), st.integers(1, 1440)),
        Name.THANKS: st.builds(lambda after, at: Step(Name.THANKS, days=-after, at=at), st.integers(1, 3), quarters),
    },
).map(lambda found: tuple(found.values()))


def a_meeting(on_day: date, at: time, zone: str = "Europe/London", minutes: int = 120) -> Record:
    when = {"on_day": on_day.isoformat(), "at_time": f"{at:%H:%M}", "zone": zone, "minutes": minutes}
    made = wall_time.moments(on_day.isoformat(), f"{at:%H:%M}", zone, minutes)
    return cast("Record", SimpleNamespace(**when, **made))


def holds(meeting: Record, plan: Plan, text_from: int | None, text_until: int | None) -> None:
    own = Own.of(text_from, text_until)
    found = due_times(meeting, plan, own, ASHDALE)
    by_name = {step.name: step for step in plan}
    for name, due in found.items():
        planned = moment(meeting, by_name[name])
        assert not is_quiet(due, own.begins, own.ends), (name, due)
        if by_name[name].is_after:
            assert due >= meeting.ends_at
        else:
            assert due <= planned
            assert due < meeting.starts_at
    dropped = [step for step in plan if step.name not in found]
    assert all(moment(meeting, step) > meeting.starts_at - MARGIN for step in dropped)


@settings(max_examples=600)
@given(days, quarters, hours, steps)
def test_promise_19_no_reminder_is_due_outside_the_hours_or_later_than_planned_or_after_the_start(
    on_day: date, at: time, own: tuple[int | None, int | None], plan: Plan
) -> None:
    holds(a_meeting(on_day, at), plan, *own)


@pytest.mark.parametrize("own", [(None, None), (600, 750), (1035, None)])
def test_promise_19_every_day_of_two_years_at_any_hour(own: tuple[int | None, int | None]) -> None:
    for number in range(YEARS):
        for hour in (0, 9, 14, 20):
            holds(a_meeting(FIRST + number * DAY, time(hour, 30)), ALL, *own)


@settings(max_examples=250)
@given(days, quarters, hours)
def test_promise_19_none_is_moved_further_than_it_must(
    on_day: date, at: time, own: tuple[int | None, int | None]
) -> None:
    """Between when it is due and when the plan has it, there is no quarter of an hour in which it might have gone."""
    meeting, theirs = a_meeting(on_day, at), Own.of(*own)
    for step in (reminder_plan.WEEK, reminder_plan.DAY, HOURS):
        due = due_times(meeting, (step,), theirs, ASHDALE)[step.name]
        later = due + QUARTER
        while later <= moment(meeting, step):
            assert is_quiet(later, theirs.begins, theirs.ends), (due, later)
            later += QUARTER


@pytest.mark.parametrize("day", CLOCK_CHANGES)
@pytest.mark.parametrize("ahead", range(-1, 9))
def test_promise_19_ten_o_clock_is_that_on_the_wall_on_both_sides_of_a_clock_change(day: date, ahead: int) -> None:
    meeting = a_meeting(day + ahead * DAY, time(15))
    for name, due in due_times(meeting, ALL, Own(), ASHDALE).items():
        wall = due.astimezone(LONDON)
        if name is not Name.HOURS:
            assert (wall.hour, wall.minute) in {(10, 0), (18, 45), (9, 0)}


def test_promise_19_two_hours_are_two_hours_in_the_night_in_which_the_clocks_change() -> None:
    """At 1am the clocks go forward: two hours before 3am it was midnight."""
    meeting = a_meeting(date(2026, 3, 29), time(3))
    assert moment(meeting, HOURS).astimezone(LONDON).time() == time(0)
    found = due_times(meeting, (HOURS,), Own(), ASHDALE)[Name.HOURS]
    assert found.astimezone(LONDON) == datetime(2026, 3, 28, 18, 45, tzinfo=LONDON)


def test_promise_19_the_plan_s_times_are_those_of_the_meeting_s_own_place() -> None:
    meeting = a_meeting(date(2026, 6, 4), time(15), zone="Europe/Warsaw")
    found = due_times(meeting, ALL, Own(), ASHDALE)
    assert found[Name.DAY].astimezone(ZoneInfo("Europe/Warsaw")).time() == time(10)
    assert found[Name.DAY].astimezone(LONDON).time() == time(9)


MOVED = [
    pytest.param(date(2026, 12, 3), time(9), Name.HOURS, (2026, 12, 2, 18, 45), id="9am: the evening before"),
    pytest.param(date(2026, 12, 7), time(10), Name.DAY, (2026, 12, 5, 18, 45), id="Monday: on Saturday"),
    pytest.param(date(2026, 12, 6), time(15), Name.HOURS, (2026, 12, 5, 18, 45), id="Sunday: on Saturday"),
    pytest.param(date(2026, 4, 7), time(10), Name.DAY, (2026, 4, 4, 18, 45), id="after Easter Monday"),
    pytest.param(
        date(2026, 12, 29), time(10), Name.DAY, (2026, 12, 26, 18, 45), id="after the Monday kept for Boxing Day"
    ),
]


@pytest.mark.parametrize(("on_day", "at", "name", "expected"), MOVED)
def test_promise_19_what_falls_in_quiet_hours_goes_earlier(
    on_day: date, at: time, name: Name, expected: tuple[int, int, int, int, int]
) -> None:
    found = due_times(a_meeting(on_day, at), ALL, Own(), ASHDALE)
    assert found[name] == datetime(*expected, tzinfo=LONDON)


async def test_promise_19_what_is_planned_is_claimed_on_its_minute_and_never_outside(store: Store) -> None:
    """All the way to the sender, around clock changes, Easter and Christmas, for people with hours of their own."""
    for day in (*CLOCK_CHANGES[:2], date(2027, 3, 29), date(2026, 12, 28)):
        for number, (text_from, text_until) in enumerate(((None, None), (600, 750), (1035, None))):
            meeting_day = day + (1 + number) * DAY
            went = await store.write(
                lambda tx, on=meeting_day, own=(text_from, text_until): _all_of_it(tx, on, own)  # type: ignore[misc]  bound now, and not in the next round
            )
            theirs = Own.of(text_from, text_until)
            assert went
            for at in went:
                assert not is_quiet(at, theirs.begins, theirs.ends), at
                assert at < datetime.combine(meeting_day, time(10), LONDON)


def _all_of_it(tx: Tx, on_day: date, own: tuple[int | None, int | None]) -> list[datetime]:
    """When each reminder of a meeting at 10am was claimed, looking each quarter of an hour from ten days before."""
    now = datetime.combine(on_day - 10 * DAY, time(11), LONDON).astimezone(UTC)
    (address_id,) = crowd(tx, 1, text_from=own[0], text_until=own[1])
    (person,) = reach.people_at(tx, address_id)
    meeting, rsvp = put_on(tx, on_day, time(10), person, now)
    reminders.plan(tx, meeting, rsvp, now, ASHDALE)
    went = []
    while now < meeting.ends_at:
        for id_ in reminding.to_send(tx, now, ASHDALE, 100):
            reminding.send(tx, now, ASHDALE, id_)
        went += [now for _one in claimed(tx, now)]
        now += QUARTER
    assert {row.due_at for row in looking.reminders_of(tx, meeting.id) if row.state == "sent"} >= set(went)
    return went


def put_on(tx: Tx, on_day: date, at: time, person: Record, now: datetime, **more: Any) -> tuple[Record, Record]:
    """A meeting then, and that this person comes to it."""
    when = {"on_day": on_day.isoformat(), "at_time": f"{at:%H:%M}", "zone": "Europe/London", "minutes": 120}
    made = wall_time.moments(on_day.isoformat(), f"{at:%H:%M}", "Europe/London", 120)
    about = {"kind": MeetingKind.SPACE, "state": MeetingState.OPEN, "way": Way.IN_PERSON, "created_at": now}
    words = {"title": {"en": "Carers' space"}, "place": {"en": "Oak Hall"}}
    values = {**about, "words": words, "changed_at": now, **when, **made, **more}
    meeting = meetings.add(tx, token=token(), **values)
    stands = {"state": RsvpState.COMING, "turn": 1, "at": now, "changed_at": now}
    return meeting, rsvps.add(tx, token=token(), meeting_id=meeting.id, person_id=person.id, **stands)
