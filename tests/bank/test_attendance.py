"""Attendance: who came is ticked on the day or after, by several colleagues too, and walk-ins are added."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bank import attendance, attendance_list, attendance_today
from bank.attendance import TooEarly
from bank.colleague import Colleague
from storage import audit, meetings, people, rsvps
from storage.meetings import MeetingState
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.staff import Role
from storage.store import Store, Tx
from tests import looking
from tests.bank import leaflet, well_attended
from tests.bank.ashdale import ASHDALE, MORNING
from tests.bank.well_attended import AT_THREE, DAY_AFTER


def _came(tx: Tx, row: Record) -> dict[str, bool | None]:
    return {str(people.get(tx, one.person_id).name): one.came for one in rsvps.in_meeting(tx, row.id)}


def _ticks(tx: Tx, sam: Colleague, row: Record, *names: str, before: tuple[str, ...] = (), now: datetime) -> int:
    """Sam ticks these of all whom the page shows; when it was opened, those `before` were ticked."""
    shown = {one.name: one.token for one in attendance_list.look(tx, sam, row, now).people}
    were, are = [shown[name] for name in before], [shown[name] for name in names]
    return attendance.tick(tx, sam, row, list(shown.values()), were, are, now, ASHDALE)


def _three(tx: Tx) -> Record:
    row = well_attended.meeting(tx)
    for name in ("Asha", "Ben", "Carys"):
        well_attended.comes(tx, row, name)
    return row


async def test_who_is_ticked_came_and_afterwards_the_others_did_not(store: Store) -> None:
    def story(tx: Tx) -> tuple[dict[str, bool | None], dict[str, bool | None], list[str]]:
        sam, row = leaflet.hired(tx, "Sam"), _three(tx)
        _ticks(tx, sam, row, "Asha", now=AT_THREE)
        during = _came(tx, row)
        _ticks(tx, sam, row, "Asha", "Ben", before=("Asha",), now=DAY_AFTER)
        came = [str(people.get(tx, one.person_id).name) for one in rsvps.in_meeting(tx, row.id) if one.came]
        assert {one.came_by for one in rsvps.in_meeting(tx, row.id)} == {sam.id}
        return during, _came(tx, row), came

    during, after, came = await store.write(story)
    assert during == {"Asha": True, "Ben": None, "Carys": None}, "it goes on: others may still come"
    assert after == {"Asha": True, "Ben": True, "Carys": False}
    assert came == ["Asha", "Ben"]


async def test_a_tick_can_be_taken_back_later(store: Store) -> None:
    def story(tx: Tx) -> dict[str, bool | None]:
        sam, row = leaflet.hired(tx, "Sam"), _three(tx)
        _ticks(tx, sam, row, "Asha", "Ben", now=DAY_AFTER)
        later = DAY_AFTER + timedelta(days=9)
        assert _ticks(tx, sam, row, "Asha", "Carys", before=("Asha", "Ben"), now=later) == 2
        return _came(tx, row)

    assert await store.write(story) == {"Asha": True, "Ben": False, "Carys": True}


async def test_what_another_ticked_in_the_meantime_stays(store: Store) -> None:
    def story(tx: Tx) -> dict[str, bool | None]:
        sam, priya, row = leaflet.hired(tx, "Sam"), leaflet.hired(tx, "Priya"), _three(tx)
        _ticks(tx, priya, row, "Ben", now=DAY_AFTER)
        _ticks(tx, sam, row, "Asha", now=DAY_AFTER)
        return _came(tx, row)

    assert await store.write(story) == {"Asha": True, "Ben": True, "Carys": False}


@pytest.mark.parametrize(
    ("now", "may"),
    [
        (datetime(2026, 12, 2, 23, 59, tzinfo=UTC), False),
        (datetime(2026, 12, 3, 0, 1, tzinfo=UTC), True),
        (DAY_AFTER, True),
    ],
)
async def test_it_is_ticked_from_the_morning_of_its_day_on(store: Store, now: datetime, may: bool) -> None:
    row = await store.write(well_attended.meeting)
    assert attendance.may_be_ticked(row, now) is may


@pytest.mark.parametrize("state", [MeetingState.DRAFT, MeetingState.CANCELED])
async def test_nobody_came_to_what_did_not_take_place(store: Store, state: MeetingState) -> None:
    def story(tx: Tx) -> None:
        sam, row = leaflet.hired(tx, "Sam"), well_attended.meeting(tx, state=state)
        with pytest.raises(TooEarly):
            attendance.tick(tx, sam, row, [], [], [], DAY_AFTER, ASHDALE)
        with pytest.raises(TooEarly):
            attendance.walk_in(tx, sam, row, leaflet.member(tx), DAY_AFTER, ASHDALE)

    await store.write(story)


async def test_who_walks_in_is_added_and_who_said_no_and_came_counts_too(store: Store) -> None:
    def story(tx: Tx) -> tuple[attendance_list.Figures, list[tuple[str, bool]]]:
        sam, row = leaflet.hired(tx, "Sam"), _three(tx)
        femi = well_attended.comes(tx, row, "Femi", RsvpState.NOT_COMING)
        _ticks(tx, sam, row, "Asha", "Ben", now=AT_THREE)
        attendance.walk_in(tx, sam, row, femi, AT_THREE, ASHDALE)
        walked_in = attendance.walk_in(tx, sam, row, leaflet.member(tx, "Ivy"), AT_THREE, ASHDALE)
        assert (walked_in.state, walked_in.turn, walked_in.how) == (RsvpState.COMING, 5, "in_person")
        attendance.walk_in(tx, sam, row, well_attended.named(tx, "Ivy"), AT_THREE, ASHDALE)
        found = attendance_list.look(tx, sam, row, DAY_AFTER)
        return found.figures, [(one.name, one.walked_in) for one in found.people]

    figures, shown = await store.write(story)
    assert (figures.yes, figures.came, figures.walked_in, figures.unknown) == (3, 4, 1, 1)
    assert shown == [("Asha", False), ("Ben", False), ("Carys", False), ("Femi", False), ("Ivy", True)]


async def test_who_came_and_had_not_said_yes_is_asked_how_it_was_too(store: Store) -> None:
    def story(tx: Tx) -> list[tuple[str, str]]:
        sam, row = leaflet.hired(tx, "Sam"), well_attended.meeting(tx)
        well_attended.comes(tx, row, "Erin", RsvpState.MAYBE)
        well_attended.comes(tx, row, "Dawid", RsvpState.WAITING)
        _ticks(tx, sam, row, "Erin", now=DAY_AFTER)
        attendance.walk_in(tx, sam, row, leaflet.member(tx, "Ivy"), DAY_AFTER, ASHDALE)
        planned = looking.reminders_of(tx, row.id)
        return sorted((str(people.get(tx, one.person_id).name), one.step) for one in planned)

    assert await store.write(story) == [("Erin", "feedback"), ("Ivy", "feedback")]


async def test_first_timers_and_who_had_what_they_needed_are_counted_of_those_who_came(store: Store) -> None:
    def story(tx: Tx) -> attendance_list.Figures:
        sam = leaflet.hired(tx, "Sam")
        row = well_attended.carers_space(tx, sam)
        _ticks(tx, sam, row, "Asha Begum", "Ben", now=DAY_AFTER)
        for name, had in (("Asha Begum", "yes"), ("Ben", "no"), ("Carys", "no")):
            found = rsvps.of(tx, row.id, well_attended.named(tx, name).id)
            assert found is not None
            rsvps.change(tx, found.id, {"had_needs": had})
        return attendance_list.look(tx, sam, row, DAY_AFTER).figures

    told = await store.write(story)
    assert (told.came, told.did_not, told.first, told.had_needs, told.lacked) == (2, 1, 1, 1, 1)


async def test_nobody_ticks_for_somebody_whom_they_may_not_see(store: Store) -> None:
    def story(tx: Tx) -> tuple[dict[str, bool | None], int]:
        sam, row = leaflet.hired(tx, "Sam"), _three(tx)
        ben = well_attended.named(tx, "Ben")
        people.change(tx, ben.id, {"held": "danger"})
        everybody = [people.get(tx, one.person_id).token for one in rsvps.in_meeting(tx, row.id)]
        attendance.tick(tx, sam, row, everybody, [], everybody, DAY_AFTER, ASHDALE)
        return _came(tx, row), attendance_list.look(tx, sam, row, DAY_AFTER).hidden

    came, hidden = await store.write(story)
    assert came == {"Asha": True, "Ben": None, "Carys": True}
    assert hidden == 1


async def test_today_asks_for_it_the_day_after_until_it_is_done(store: Store) -> None:
    def story(tx: Tx) -> list[list[str]]:
        sam, row = leaflet.hired(tx, "Sam"), _three(tx)
        meetings.change(tx, row.id, {"state": MeetingState.OVER})

        def told(by: Colleague, now: datetime) -> list[str]:
            return [one.todo for one in attendance_today.rows(tx, by, now, ASHDALE)]

        chair = leaflet.hired(tx, "Vic", Role.VIEWER)
        seen = [told(sam, AT_THREE + timedelta(hours=6)), told(sam, DAY_AFTER), told(chair, DAY_AFTER)]
        (today,) = attendance_today.rows(tx, sam, DAY_AFTER + timedelta(hours=8), ASHDALE)
        assert (today.href, today.who, today.overdue) == (f"/meetings/{row.token}/attend", "Carers' space", True)
        _ticks(tx, sam, row, "Asha", now=DAY_AFTER)
        return [*seen, told(sam, DAY_AFTER)]

    assert await store.write(story) == [[], ["Tick who came to this meeting"], [], []]


async def test_who_may_not_be_seen_does_not_keep_it_on_today(store: Store) -> None:
    def story(tx: Tx) -> tuple[int, int]:
        sam, row = leaflet.hired(tx, "Sam"), well_attended.meeting(tx)
        well_attended.comes(tx, row, "Ben", held="danger")
        lead = leaflet.hired(tx, "Lee", Role.SAFEGUARDING_LEAD, Role.COORDINATOR)
        of_sam, of_lead = (attendance_today.rows(tx, by, DAY_AFTER, ASHDALE) for by in (sam, lead))
        return len(of_sam), len(of_lead)

    assert await store.write(story) == (0, 1)


async def test_each_look_and_each_tick_is_on_record(store: Store) -> None:
    def story(tx: Tx) -> list[tuple[str, object]]:
        sam, row = leaflet.hired(tx, "Sam"), _three(tx)
        _ticks(tx, sam, row, "Asha", now=DAY_AFTER)
        attendance.walk_in(tx, sam, row, leaflet.member(tx, "Ivy"), DAY_AFTER, ASHDALE)
        return [(one.act, audit.opened(tx, one.details)) for one in audit.everything(tx)]

    assert await store.write(story) == [
        ("saw_meeting", {"what": "attendance", "people": 3}),
        ("attendance_ticked", {"came": 1, "changed": 3}),
        ("attendance_ticked", {"walked_in": True}),
    ]


async def test_it_is_ticked_on_the_wall_of_the_meeting(store: Store) -> None:
    """At a quarter past midnight in London, in summer, it is the day before in UTC."""
    row = await store.write(lambda tx: well_attended.meeting(tx, on_day="2027-06-10"))
    assert attendance.may_be_ticked(row, datetime(2027, 6, 9, 23, 15, tzinfo=UTC))
    assert not attendance.may_be_ticked(row, MORNING)
