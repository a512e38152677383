"""Meetings: written, checked before they open, changed, canceled, and over; who hears of what."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from bank import meeting_change, meeting_figures, meeting_today, meetings, project_team, upkeep
from bank.clock_change import Odd, oddity
from bank.lacking import NotReady
from bank.meeting_check import lacks
from bank.meetings import Details, WrongState
from storage import arrangements, people, staff
from storage import audit as audit_rows
from storage import meetings as kept
from storage.arrangements import ArrangementKind, ArrangementState
from storage.meetings import MeetingState, Way
from storage.people import PersonState
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.staff import Role, StaffState
from storage.store import Store, Tx
from tests import looking
from tests.bank import leaflet, space
from tests.bank.ashdale import ASHDALE, MORNING
from tests.bank.space import SPACE, but

NEWS = frozenset({"changed", "moved", "canceled"})


def news_of(tx: Tx, meeting: Record) -> list[str]:
    """What those who come are owed, and have not been told."""
    return sorted(row.step for row in looking.reminders_of(tx, meeting.id) if row.step in NEWS)


async def test_a_meeting_goes_from_draft_to_over_on_record(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[str], list[tuple[str, int | None]]]:
        sam = leaflet.hired(tx, "Sam")
        row = space.draft(tx, sam)
        states = [row.state]
        row = meetings.open_(tx, sam, row, MORNING)
        states.append(row.state)
        states.append(meetings.over(tx, row, row.starts_at).state)
        upkeep.run(tx, row.ends_at, ASHDALE)
        states.append(kept.get(tx, row.id).state)
        about = [(one.act, one.staff_id) for one in audit_rows.everything(tx) if one.about == row.token]
        return states, about

    states, acts = await store.write(story)
    assert states == ["draft", "open", "open", "over"]
    assert [act for act, _by in acts] == ["meeting_added", "meeting_changed", "meeting_changed"]
    assert acts[-1][1] is None  # the clock did it


async def test_the_moments_are_those_of_the_wall(lite_store: Store) -> None:
    def story(tx: Tx) -> Record:
        return space.draft(tx, leaflet.hired(tx, "Sam"))

    row = await lite_store.write(story)
    assert (row.on_day, row.at_time, row.zone, row.minutes) == ("2026-12-03", "14:00", "Europe/London", 120)
    assert row.starts_at.isoformat() == "2026-12-03T14:00:00+00:00"
    assert row.ends_at - row.starts_at == timedelta(hours=2)
    assert (row.rule_from, row.first_id, row.sequence) == ("2026-12-03", None, 0)


@pytest.mark.parametrize(
    ("details", "field", "says"),
    [
        (but(title={"pl": "Spotkanie"}), "title-en", "Enter a title"),
        (but(place={}), "place-en", "Enter where it is"),
        (but(way=Way.ONLINE, place={}), "link-en", "Enter the link"),
        (but(way=Way.HYBRID), "link-en", "Enter the link"),
        (but(on_day=date(2026, 11, 20)), "on_day", "that are to come"),
    ],
)
async def test_what_is_missing_is_said_by_the_field(lite_store: Store, details: Details, field: str, says: str) -> None:
    def story(tx: Tx) -> dict[str, str]:
        sam = leaflet.hired(tx, "Sam")
        with pytest.raises(NotReady) as refused:
            space.opened(tx, sam, details)
        return dict(refused.value.lacks)

    missing = await lite_store.write(story)
    assert set(missing) == {field}
    assert says in missing[field]


async def test_a_number_to_ring_is_as_good_as_a_link(lite_store: Store) -> None:
    def story(tx: Tx) -> dict[str, str]:
        details = but(way=Way.ONLINE, place={}, dial_in={"en": "Ring 07700 900123"})
        return lacks(space.draft(tx, leaflet.hired(tx, "Sam"), details), MORNING)

    assert await lite_store.write(story) == {}


async def test_who_and_what_it_belongs_to_must_be_there(lite_store: Store) -> None:
    def story(tx: Tx) -> list[set[str]]:
        sam, asha = leaflet.hired(tx, "Sam"), leaflet.member(tx)
        gone = leaflet.hired(tx, "Olu")
        staff.change(tx, gone.id, {"state": StaffState.CLOSED})
        found = []
        for other in ({"project": "none"}, {"staff_chair": gone.token}, {"member_chair": "nobody"}):
            with pytest.raises(NotReady) as refused:
                space.draft(tx, sam, but(**other))
            found.append(set(refused.value.lacks))
        row = space.draft(tx, sam, but(staff_chair=sam.token, member_chair=asha.token))
        assert (row.staff_chair, row.member_chair) == (sam.id, asha.id)
        return found

    assert await lite_store.write(story) == [{"project"}, {"staff_chair"}, {"member_chair"}]


@pytest.mark.parametrize(
    ("other", "told", "asks"),
    [
        ({}, False, False),
        ({"agenda": {"en": "Tea."}}, False, False),
        ({"minutes": 90}, False, False),
        ({"place": {"en": "oak hall, Station Road."}}, False, False),  # commas and capitals are no other place
        ({"place": {"en": "Oak Hall, Station Road", "pl": "Oak Hall"}}, False, False),
        ({"find": {"en": "by Lidl"}}, True, False),
        ({"at_time": time(15)}, True, False),  # an hour is small
        ({"at_time": time(15, 30)}, True, True),
        ({"at_time": time(12, 30)}, True, True),
        ({"on_day": date(2026, 12, 4)}, True, True),
        ({"place": {"en": "Elm House, Mill Lane"}}, True, True),
        ({"way": Way.ONLINE, "link": {"en": "https://meet.example/oak"}}, True, True),
        ({"way": Way.HYBRID, "link": {"en": "https://meet.example/oak"}}, True, False),  # nobody has to come otherwise
    ],
)
async def test_who_comes_is_told_of_another_time_or_place_and_asked_again_where_it_is_large(
    lite_store: Store, other: dict[str, Any], told: bool, asks: bool
) -> None:
    def story(tx: Tx) -> tuple[bool, list[str], int, str]:
        sam, asha = leaflet.hired(tx, "Sam"), leaflet.member(tx)
        row = space.opened(tx, sam)
        space.stands(tx, row, asha, RsvpState.COMING)
        row = kept.change(tx, row.id, {"state": MeetingState.READY, "ready_by": sam.id, "ready_at": MORNING})
        would = meeting_change.would_tell(tx, row, but(**other))
        after = meeting_change.change(tx, sam, row, but(**other), MORNING, ASHDALE)
        assert (would.asks if would else False) == asks
        return would is not None, news_of(tx, row), after.sequence, after.state

    would, owed, sequence, state = await lite_store.write(story)
    assert would == told
    assert owed == ([] if not told else ["moved"] if asks else ["changed"])
    assert (sequence == 1) == (told or "minutes" in other)
    assert state == ("open" if asks else "ready")  # what was arranged was for another day, or another place


async def test_what_was_booked_for_another_time_has_to_be_booked_again(lite_store: Store) -> None:
    """An hour later is a small change to those who come, and another booking for their interpreter."""

    def story(tx: Tx) -> list[tuple[str, str]]:
        sam, asha = leaflet.hired(tx, "Sam"), leaflet.member(tx)
        row = space.opened(tx, sam)
        space.stands(tx, row, asha, RsvpState.COMING)
        by = {"kind": ArrangementKind.BSL, "words": "BSL", "at": MORNING, "changed_at": MORNING, "due_on": "2026-11-26"}
        arrangements.add(tx, token="bsl", meeting_id=row.id, person_id=asha.id, state=ArrangementState.BOOKED, **by)
        row = kept.change(tx, row.id, {"state": MeetingState.READY})

        def stand() -> tuple[str, str]:
            (one,) = arrangements.of(tx, row.id, asha.id)
            return one.state, kept.get(tx, row.id).state

        row = meeting_change.change(tx, sam, row, but(agenda={"en": "Tea."}), MORNING, ASHDALE)
        told = [stand()]
        meeting_change.change(tx, sam, row, but(at_time=time(15)), MORNING, ASHDALE)
        return [*told, stand()]

    assert await lite_store.write(story) == [("booked", "ready"), ("to_do", "open")]


async def test_everybody_who_said_yes_or_maybe_or_waits_hears_of_it_and_nobody_else(store: Store) -> None:
    def story(tx: Tx) -> list[str]:
        sam = leaflet.hired(tx, "Sam")
        row = space.opened(tx, sam)
        names = {}
        for number, state in enumerate(RsvpState, 1):
            person = leaflet.member(tx, state.value)
            names[person.id] = state.value
            space.stands(tx, row, person, state, number)
        meeting_change.change(tx, sam, row, but(at_time=time(14, 30)), MORNING, ASHDALE)
        rows = looking.reminders_of(tx, row.id)
        return sorted(names[one.person_id] for one in rows if one.step in NEWS)

    assert await store.write(story) == ["coming", "maybe", "waiting"]


async def test_a_slip_put_right_need_not_be_told_but_another_day_always_is(lite_store: Store) -> None:
    def story(tx: Tx) -> tuple[list[str], list[str]]:
        sam, asha = leaflet.hired(tx, "Sam"), leaflet.member(tx)
        row = space.opened(tx, sam)
        space.stands(tx, row, asha, RsvpState.COMING)
        slip = but(place={"en": "Oak Hall, Station Rd"})
        row = meeting_change.change(tx, sam, row, slip, MORNING, ASHDALE, tell=False)
        first = news_of(tx, row)
        meeting_change.change(tx, sam, row, but(on_day=date(2026, 12, 10)), MORNING, ASHDALE, tell=False)
        return first, news_of(tx, row)

    assert await lite_store.write(story) == ([], ["moved"])


async def test_a_draft_is_changed_without_a_word_and_what_is_open_stays_fit_for_people(lite_store: Store) -> None:
    def story(tx: Tx) -> Record:
        sam, asha = leaflet.hired(tx, "Sam"), leaflet.member(tx)
        row = space.draft(tx, sam)
        space.stands(tx, row, asha, RsvpState.COMING)
        row = meeting_change.change(tx, sam, row, but(place={}, on_day=date(2026, 12, 10)), MORNING, ASHDALE)
        assert news_of(tx, row) == []
        row = meetings.open_(tx, sam, meeting_change.change(tx, sam, row, SPACE, MORNING, ASHDALE), MORNING)
        with pytest.raises(NotReady):
            meeting_change.change(tx, sam, row, but(on_day=date(2026, 11, 1)), MORNING, ASHDALE)
        with pytest.raises(NotReady):
            meeting_change.change(tx, sam, row, but(place={}), MORNING, ASHDALE)
        return row

    await lite_store.write(story)


async def test_reminders_move_with_the_plan(lite_store: Store) -> None:
    """The plan of this meeting says otherwise: what is planned for those who come is planned anew."""

    def story(tx: Tx) -> list[tuple[str, datetime]]:
        sam, asha = leaflet.hired(tx, "Sam"), leaflet.member(tx)
        row = space.opened(tx, sam)
        space.stands(tx, row, asha, RsvpState.COMING)
        plan = [{"step": "day", "days": 2, "at": "16:00"}]
        meeting_change.change(tx, sam, row, but(plan=plan), MORNING, ASHDALE)
        return [(one.step, one.due_at) for one in looking.reminders_of(tx, row.id)]

    (planned,) = await lite_store.write(story)
    assert planned[0] == "day"
    assert planned[1].isoformat() == "2026-12-01T16:00:00+00:00"


async def test_it_is_canceled_with_a_reason_and_everybody_whom_it_concerns_is_told(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[str], Record]:
        sam, asha = leaflet.hired(tx, "Sam"), leaflet.member(tx)
        row = space.opened(tx, sam)
        space.stands(tx, row, asha, RsvpState.MAYBE)
        with pytest.raises(NotReady) as refused:
            meeting_change.cancel(tx, sam, row, {"en": " "}, MORNING, ASHDALE)
        assert set(refused.value.lacks) == {"why-en"}
        why = {"en": "The hall is closed.", "pl": ""}
        row = meeting_change.cancel(tx, sam, row, why, MORNING, ASHDALE)
        with pytest.raises(WrongState):
            meeting_change.cancel(tx, sam, row, why, MORNING, ASHDALE)
        with pytest.raises(WrongState):
            meeting_change.change(tx, sam, row, SPACE, MORNING, ASHDALE)
        return news_of(tx, row), row

    owed, row = await store.write(story)
    assert owed == ["canceled"]
    assert (row.state, row.words["why"], row.sequence) == ("canceled", {"en": "The hall is closed."}, 1)


async def test_nobody_is_told_of_a_draft_that_is_canceled(lite_store: Store) -> None:
    def story(tx: Tx) -> tuple[str, list[str]]:
        sam = leaflet.hired(tx, "Sam")
        row = meeting_change.cancel(tx, sam, space.draft(tx, sam), {}, MORNING, ASHDALE)
        return row.state, news_of(tx, row)

    assert await lite_store.write(story) == ("canceled", [])


async def test_figures_count_people_and_their_guests(store: Store) -> None:
    def story(tx: Tx) -> list[meeting_figures.Figures]:
        sam = leaflet.hired(tx, "Sam")
        row, empty = space.opened(tx, sam), space.opened(tx, sam)
        for number, state in enumerate((RsvpState.COMING, RsvpState.COMING, RsvpState.WAITING, RsvpState.MAYBE), 1):
            space.stands(tx, row, leaflet.member(tx, f"P{number}"), state, number, guests=1)
        found = meeting_figures.of(tx, [row, empty])
        return [found[row.id], found[empty.id]]

    full, empty = await store.write(story)
    assert (full.coming, full.guests, full.places, full.waiting, full.maybe) == (2, 2, 4, 1, 1)
    assert full.to_tell == 4
    assert empty == meeting_figures.Figures()


async def test_today_tells_of_drafts_whose_day_comes_near_and_of_a_co_chair_who_left(store: Store) -> None:
    def story(tx: Tx) -> list[list[tuple[str, bool]]]:
        sam, viv, asha = leaflet.hired(tx, "Sam"), leaflet.hired(tx, "Viv", Role.VIEWER), leaflet.member(tx)
        row = space.draft(tx, sam, but(on_day=date(2026, 12, 17), member_chair=asha.token))
        far = space.draft(tx, sam, but(on_day=date(2027, 2, 18)))

        def todo(who: Any = sam, days: int = 0) -> list[tuple[str, bool]]:
            found = meeting_today.rows(tx, who, MORNING + timedelta(days=days), ASHDALE)
            assert all(one.href != f"/meetings/{far.token}" for one in found)
            return [(one.todo, one.overdue) for one in found]

        told = [todo(), todo(viv), todo(days=20), todo(days=25), todo(days=45)]
        meetings.open_(tx, sam, row, MORNING)
        told.append(todo())
        people.change(tx, asha.id, {"state": PersonState.LEFT})
        return [*told, todo()]

    look = "Look at this meeting, and open it"
    gone_by = "This meeting was never opened, and its day has gone by: move it, or cancel it"
    left = "The member who leads this meeting has left: name another"
    assert await store.write(story) == [
        [(look, False)],
        [],
        [(look, True)],
        [(gone_by, True)],
        [],
        [],
        [(left, False)],
    ]


async def test_a_co_chair_of_its_project_sees_it_on_today_and_nobody_of_another(lite_store: Store) -> None:
    def story(tx: Tx) -> list[int]:
        sam, asha = leaflet.hired(tx, "Sam"), leaflet.member(tx)
        olu, ann = leaflet.hired(tx, "Olu", Role.VIEWER), leaflet.hired(tx, "Ann", Role.VIEWER)
        mine, other = leaflet.led(tx, sam, asha), leaflet.led(tx, sam, asha)
        for project, who in ((mine, olu), (other, ann)):
            assert project_team.name_chairs(tx, sam, project, who.token, asha.token, "", MORNING) is None
        space.draft(tx, sam, but(project=mine.token))
        both = (leaflet.again(tx, one.id) for one in (olu, ann))
        return [len(meeting_today.rows(tx, one, MORNING, ASHDALE)) for one in both]

    assert await lite_store.write(story) == [1, 0]


@pytest.mark.parametrize(
    ("on_day", "at_time", "what", "starts", "ends"),
    [
        (date(2027, 3, 28), time(1, 30), Odd.MISSING, time(2, 30), time(4, 30)),
        (date(2027, 3, 28), time(0, 30), Odd.DURING, time(0, 30), time(3, 30)),
        (date(2027, 10, 31), time(1, 30), Odd.TWICE, time(1, 30), time(2, 30)),
        (date(2027, 10, 31), time(0, 30), Odd.DURING, time(0, 30), time(1, 30)),
    ],
)
def test_an_hour_that_is_missing_or_comes_twice_is_known(
    on_day: date, at_time: time, what: Odd, starts: time, ends: time
) -> None:
    found = oddity(on_day, at_time, ASHDALE.zone, 120)
    assert found is not None
    assert (found.what, found.starts, found.ends) == (what, starts, ends)


def test_nothing_is_odd_about_an_afternoon_of_such_a_day() -> None:
    assert oddity(date(2027, 3, 28), time(14), ASHDALE.zone, 120) is None
    assert oddity(date(2027, 10, 31), time(14), ASHDALE.zone, 120) is None
