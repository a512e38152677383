"""Meetings that come again: the days of each rule, both clock-change weekends, and the next one drafted in time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import islice

import pytest

from bank import meeting_change, meeting_repeat, meetings, projects, upkeep, wall_time
from storage import meetings as kept
from storage import people
from storage.meetings import MeetingState, Repeats
from storage.people import PersonState
from storage.schema import Record
from storage.store import Store, Tx
from tests.bank import leaflet, space
from tests.bank.ashdale import ASHDALE, MORNING
from tests.bank.space import SPACE, but


def first(rule: Repeats, day: date, number: int) -> list[str]:
    return [one.isoformat() for one in islice(meeting_repeat.days(rule, day), number)]


def again(tx: Tx, row: Record, times: int) -> list[Record]:
    """Draft so many after this one; all of them, itself first."""
    rows = [row]
    for _ in range(times):
        rows.append(meeting_repeat.like(tx, None, rows[-1], MORNING))
    return rows


@pytest.mark.parametrize(
    ("rule", "day", "days"),
    [
        (Repeats.WEEKLY, date(2026, 12, 24), ["2026-12-24", "2026-12-31", "2027-01-07"]),
        (Repeats.FORTNIGHTLY, date(2026, 12, 24), ["2026-12-24", "2027-01-07", "2027-01-21"]),
        (Repeats.MONTHLY_WEEKDAY, date(2026, 12, 1), ["2026-12-01", "2027-01-05", "2027-02-02", "2027-03-02"]),
        (Repeats.MONTHLY_WEEKDAY, date(2026, 12, 29), ["2026-12-29", "2027-01-26", "2027-02-23", "2027-03-30"]),
        (Repeats.MONTHLY_WEEKDAY, date(2026, 12, 22), ["2026-12-22", "2027-01-26", "2027-02-23", "2027-03-23"]),
        (Repeats.MONTHLY_DATE, date(2027, 1, 31), ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]),
        (Repeats.MONTHLY_DATE, date(2028, 1, 30), ["2028-01-30", "2028-02-29", "2028-03-30"]),
    ],
)
def test_each_rule_makes_its_days(rule: Repeats, day: date, days: list[str]) -> None:
    assert first(rule, day, len(days)) == days


@pytest.mark.parametrize(
    ("rule", "day", "times"),
    [
        (Repeats.WEEKLY, date(2027, 3, 21), 2),  # Sundays, over the spring weekend
        (Repeats.WEEKLY, date(2027, 10, 24), 2),  # and the autumn one
        (Repeats.MONTHLY_WEEKDAY, date(2027, 2, 28), 2),
        (Repeats.MONTHLY_DATE, date(2027, 9, 30), 2),
    ],
)
async def test_a_repeated_meeting_stays_at_2pm_on_the_wall_on_both_clock_change_weekends(
    store: Store, rule: Repeats, day: date, times: int
) -> None:
    def story(tx: Tx) -> list[Record]:
        return again(tx, space.draft(tx, leaflet.hired(tx, "Sam"), but(on_day=day, repeats=rule)), times)

    rows = await store.write(story)
    assert [wall_time.here(row).time() for row in rows] == [time(14)] * len(rows)
    assert [wall_time.ends_here(row).time() for row in rows] == [time(16)] * len(rows)
    assert len({row.starts_at.time() for row in rows}) == 2  # in UTC it is another hour


async def test_the_hour_of_the_very_night_is_kept_for_those_after_it(lite_store: Store) -> None:
    """A meeting at 1.30am: in the night without that hour it is at 2.30am, and the week after at 1.30am again."""

    def story(tx: Tx) -> list[str]:
        row = space.draft(
            tx, leaflet.hired(tx, "Sam"), but(on_day=date(2027, 3, 21), at_time=time(1, 30), repeats=Repeats.WEEKLY)
        )
        return [f"{wall_time.here(one):%d %H:%M}" for one in again(tx, row, 2)]

    assert await lite_store.write(story) == ["21 01:30", "28 02:30", "04 01:30"]


async def test_one_like_it_is_a_draft_for_the_next_day_of_its_series(store: Store) -> None:
    def story(tx: Tx) -> list[Record]:
        sam, asha = leaflet.hired(tx, "Sam"), leaflet.member(tx)
        row = space.opened(tx, sam, but(staff_chair=sam.token, member_chair=asha.token, capacity=12, guests=True))
        return [row, meeting_repeat.like(tx, sam, row, MORNING), meeting_repeat.like(tx, sam, row, MORNING)]

    first, second, third = await store.write(story)
    assert (second.state, second.on_day, third.on_day) == ("draft", "2027-01-07", "2027-02-04")
    assert (second.first_id, third.first_id) == (first.id, first.id)
    for name in ("words", "kind", "at_time", "capacity", "guests", "staff_chair", "member_chair", "repeats"):
        assert getattr(second, name) == getattr(first, name)
    assert second.token != first.token


async def test_what_does_not_come_again_has_one_like_it_four_weeks_later_and_never_in_the_past(
    lite_store: Store,
) -> None:
    def story(tx: Tx) -> list[str]:
        sam = leaflet.hired(tx, "Sam")
        row = space.draft(tx, sam, but(repeats=None))
        later = datetime.fromisoformat("2027-06-01T10:00+00:00")
        rows = [meeting_repeat.like(tx, sam, row, MORNING), meeting_repeat.like(tx, sam, row, later)]
        return [one.on_day for one in rows]

    assert await lite_store.write(story) == ["2026-12-31", "2027-06-17"]


async def test_why_it_was_canceled_and_who_has_left_are_not_carried_on(lite_store: Store) -> None:
    def story(tx: Tx) -> Record:
        sam, asha = leaflet.hired(tx, "Sam"), leaflet.member(tx)
        row = space.opened(tx, sam, but(member_chair=asha.token))
        row = meeting_change.cancel(tx, sam, row, {"en": "The hall is closed."}, MORNING, ASHDALE)
        people.change(tx, asha.id, {"state": PersonState.LEFT})
        return meeting_repeat.like(tx, sam, row, MORNING)

    row = await lite_store.write(story)
    assert (row.member_chair, "why" in row.words, row.on_day) == (None, False, "2027-01-07")


@pytest.mark.parametrize(
    ("moved_to", "for_all", "after"),
    [
        (date(2026, 12, 10), False, "2027-01-07"),  # only this one: the first Thursday again
        (date(2026, 11, 26), False, "2027-01-07"),
        (date(2026, 12, 10), True, "2027-01-14"),  # from now on the second Thursday
        (date(2026, 12, 9), True, "2027-01-13"),
    ],
)
async def test_where_only_one_is_moved_those_after_it_stay(
    lite_store: Store, moved_to: date, for_all: bool, after: str
) -> None:
    def story(tx: Tx) -> str:
        sam = leaflet.hired(tx, "Sam")
        row = space.opened(tx, sam)
        row = meeting_change.change(tx, sam, row, but(on_day=moved_to, for_all=for_all), MORNING, ASHDALE)
        return str(meeting_repeat.like(tx, sam, row, MORNING).on_day)

    assert await lite_store.write(story) == after


async def test_the_next_one_is_drafted_four_weeks_before_it_and_only_once(store: Store) -> None:
    def story(tx: Tx) -> list[list[tuple[str, str]]]:
        space.opened(tx, leaflet.hired(tx, "Sam"))

        def stand(day: str) -> list[tuple[str, str]]:
            now = datetime.fromisoformat(f"{day}T00:30+00:00")
            for _ in range(3):
                upkeep.run(tx, now, ASHDALE)
            rows = kept.in_states(tx, list(MeetingState))
            return [(row.on_day, row.state) for row in rows]

        return [stand("2026-12-09"), stand("2026-12-10"), stand("2027-01-02"), stand("2027-01-14")]

    first, drafted, waits, goes_on = await store.write(story)
    assert first == [("2026-12-03", "over")]
    assert drafted == [("2026-12-03", "over"), ("2027-01-07", "draft")]
    assert waits == drafted
    # Nobody opened it, and its day is gone: the next one stands there all the same.
    assert goes_on == [*drafted, ("2027-02-04", "draft")]


async def test_a_weekly_one_waits_until_the_last_draft_was_looked_at(lite_store: Store) -> None:
    def story(tx: Tx) -> list[list[str]]:
        sam = leaflet.hired(tx, "Sam")
        space.opened(tx, sam, but(repeats=Repeats.WEEKLY))

        def days() -> list[str]:
            for _ in range(3):
                upkeep.run(tx, MORNING, ASHDALE)
            return [row.on_day for row in kept.in_states(tx, list(MeetingState))]

        told = [days()]
        for row in kept.in_states(tx, [MeetingState.DRAFT]):
            meetings.open_(tx, sam, row, MORNING)
        return [*told, days()]

    assert await lite_store.write(story) == [
        ["2026-12-03", "2026-12-10"],
        ["2026-12-03", "2026-12-10", "2026-12-17"],
    ]


async def test_one_that_is_canceled_is_skipped_and_one_that_ends_does_not_come_again(lite_store: Store) -> None:
    def story(tx: Tx) -> list[list[str]]:
        sam = leaflet.hired(tx, "Sam")
        why, now = {"en": "The hall is closed."}, MORNING + timedelta(days=17)
        skipped, ended = space.opened(tx, sam), space.opened(tx, sam)
        meeting_change.cancel(tx, sam, skipped, why, MORNING, ASHDALE)
        meeting_change.cancel(tx, sam, ended, why, MORNING, ASHDALE, ends=True)
        upkeep.run(tx, now, ASHDALE)
        return [[row.on_day for row in kept.series(tx, one)] for one in (skipped, ended)]

    assert await lite_store.write(story) == [["2026-12-03", "2027-01-07"], ["2026-12-03"]]


async def test_nothing_is_drafted_of_a_project_that_is_finished(lite_store: Store) -> None:
    def story(tx: Tx) -> list[str]:
        sam, asha = leaflet.hired(tx, "Sam"), leaflet.member(tx)
        project = leaflet.opened(tx, sam, asha)
        row = space.opened(tx, sam, but(project=project.token))
        projects.finish(tx, sam, project, MORNING, "Nobody could come")
        upkeep.run(tx, MORNING + timedelta(days=20), ASHDALE)
        return [one.on_day for one in kept.series(tx, row)]

    assert await lite_store.write(story) == ["2026-12-03"]


async def test_it_stands_on_today_in_time_for_its_first_reminder(lite_store: Store) -> None:
    """Drafted by the clock at the latest four weeks before: three weeks to open it before people are reminded."""

    def story(tx: Tx) -> timedelta:
        space.opened(tx, leaflet.hired(tx, "Sam"), SPACE)
        upkeep.run(tx, datetime.fromisoformat("2026-12-10T00:00+00:00"), ASHDALE)
        (row,) = kept.in_states(tx, [MeetingState.DRAFT])
        lasts: timedelta = row.starts_at - row.created_at
        return lasts

    assert await lite_store.write(story) >= timedelta(days=28)
