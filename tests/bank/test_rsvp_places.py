"""A free place in a meeting goes to the next in line, in time; a colleague hears of what they should know."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bank import arrangements, erasure, merging, rsvp_places, rsvp_today, rsvps, upkeep
from bank.invitations import By
from bank.tokens import token
from storage import arrangements as arrangements_kept
from storage import meetings, moving, people, reminders, rsvp_line
from storage import rsvps as kept
from storage.arrangements import ArrangementKind, ArrangementState
from storage.invitations import Answer
from storage.people import PersonState
from storage.reminders import ReminderState
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.store import Store, Tx
from tests import looking
from tests.bank import leaflet
from tests.bank.ashdale import ASHDALE, MORNING
from tests.bank.rsvp_space import STARTS, a_space, everybody, says, stand

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def full(tx: Tx, number: int, **more: Any) -> tuple[Record, list[Record]]:
    """One place: the first has it, the others wait."""
    meeting, all_ = a_space(tx, **({"capacity": 1} | more)), everybody(tx, number)
    for one in all_:
        says(tx, meeting, one)
    return meeting, all_


def tick(tx: Tx, now: datetime = MORNING) -> None:
    upkeep.run(tx, now, ASHDALE)


def offered(tx: Tx, meeting: Record, all_: list[Record]) -> list[datetime | None]:
    rows = [kept.of(tx, meeting.id, one.id) for one in all_]
    return [row.offered_until if row is not None else None for row in rows]


async def test_a_place_given_back_is_kept_for_the_next_for_two_working_days(store: Store) -> None:
    def story(tx: Tx) -> list[datetime | None]:
        meeting, all_ = full(tx, 3)
        says(tx, meeting, all_[0], Answer.NO)
        tick(tx)
        return offered(tx, meeting, all_)

    assert await store.write(story) == [None, datetime(2026, 11, 25, 17, tzinfo=UTC), None]


@pytest.mark.parametrize(
    ("left", "kept_for"),
    [
        (timedelta(days=10), timedelta(days=2, hours=6)),  # Wednesday at 5pm, when we close
        (timedelta(days=4), timedelta(days=2)),
        (timedelta(hours=20), timedelta(hours=10)),
        (timedelta(hours=7), timedelta(hours=3, minutes=30)),
        (timedelta(hours=7, minutes=20), timedelta(hours=3, minutes=30)),
        (timedelta(hours=3), timedelta(hours=2)),
        (timedelta(minutes=90), timedelta(minutes=90)),
    ],
)
async def test_a_place_is_kept_for_no_more_than_half_of_the_time_that_is_left(
    lite_store: Store, left: timedelta, kept_for: timedelta
) -> None:
    def story(tx: Tx) -> timedelta:
        meeting = a_space(tx, starts_at=MORNING + left)
        return rsvp_places.until(meeting, MORNING, ASHDALE) - MORNING

    assert await lite_store.write(story) == kept_for


async def test_a_larger_room_is_offered_to_as_many_as_it_holds(store: Store) -> None:
    def story(tx: Tx) -> list[bool]:
        meeting, all_ = full(tx, 4)
        meetings.change(tx, meeting.id, {"capacity": 3})
        tick(tx)
        tick(tx)
        return [until is not None for until in offered(tx, meeting, all_)]

    assert await store.write(story) == [False, True, True, False]


async def test_without_a_limit_everybody_who_waits_is_offered_a_place(store: Store) -> None:
    def story(tx: Tx) -> list[bool]:
        meeting, all_ = full(tx, 3)
        meetings.change(tx, meeting.id, {"capacity": None})
        tick(tx)
        return [until is not None for until in offered(tx, meeting, all_)]

    assert await store.write(story) == [False, True, True]


async def test_who_may_be_in_danger_keeps_their_turn_and_the_next_is_asked(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[bool], list[str | None]]:
        meeting, all_ = full(tx, 3)
        people.change(tx, all_[1].id, {"held": "danger"})
        says(tx, meeting, all_[0], Answer.NO)
        tick(tx)
        return [until is not None for until in offered(tx, meeting, all_)], stand(tx, meeting, all_)

    assert await store.write(story) == ([False, False, True], ["not_coming", "waiting", "waiting"])


async def test_an_offer_without_an_answer_goes_on_and_nobody_is_offered_it_twice(store: Store) -> None:
    def story(tx: Tx) -> list[tuple[list[str | None], list[bool]]]:
        meeting, all_ = full(tx, 3)
        says(tx, meeting, all_[0], Answer.NO)
        found = []
        for days in (0, 3, 7):
            tick(tx, MORNING + days * DAY)
            found.append((stand(tx, meeting, all_), [until is not None for until in offered(tx, meeting, all_)]))
        return found

    assert await store.write(story) == [
        (["not_coming", "waiting", "waiting"], [False, True, False]),
        (["not_coming", "not_coming", "waiting"], [False, False, True]),
        (["not_coming", "not_coming", "not_coming"], [False, False, False]),
    ]


async def test_an_offered_place_that_is_gone_is_not_taken(lite_store: Store) -> None:
    def story(tx: Tx) -> RsvpState:
        meeting, all_ = full(tx, 3, capacity=2)
        says(tx, meeting, all_[0], Answer.NO)
        tick(tx)
        meetings.change(tx, meeting.id, {"capacity": 1})
        return says(tx, meeting, all_[2]).state

    assert await lite_store.write(story) == RsvpState.WAITING


async def test_nothing_is_offered_once_it_has_begun(store: Store) -> None:
    def story(tx: Tx) -> list[int]:
        meeting, all_ = full(tx, 2)
        says(tx, meeting, all_[0], Answer.NO)
        return rsvp_line.next_in_line(tx, STARTS, 10)

    assert await store.write(story) == []


async def test_in_the_last_hours_people_are_rung_even_early_in_the_day(store: Store) -> None:
    def story(tx: Tx) -> list[tuple[str, str | None, int]]:
        early = datetime(2026, 12, 3, 8, tzinfo=UTC)
        meeting, all_ = full(tx, 2, at_time="10:00", starts_at=early + 2 * HOUR, ends_at=early + 4 * HOUR)
        says(tx, meeting, all_[0], Answer.NO, early)
        tick(tx, early)
        return [(row.kind, row.words, row.meeting_id - meeting.id) for row in looking.open_tasks(tx)]

    words = (
        "A place is free: Carers' space, Thursday 3 December, 10am. Ask whether they can come. "
        "It is kept for them until this is due."
    )
    assert await store.write(story) == [("call", words, 0)]


async def test_a_call_about_a_place_that_went_on_is_closed(lite_store: Store) -> None:
    def story(tx: Tx) -> tuple[int, int, bool]:
        now = STARTS - 2 * HOUR
        meeting, all_ = full(tx, 2)
        says(tx, meeting, all_[0], Answer.NO, now)
        tick(tx, now)
        first = len(looking.open_tasks(tx))
        row = kept.of(tx, meeting.id, all_[1].id)
        assert row is not None
        tick(tx, row.offered_until)
        return first, len(looking.open_tasks(tx)), kept.get(tx, row.id).told

    assert await lite_store.write(story) == (1, 0, True)


async def test_an_answer_by_phone_closes_the_call(lite_store: Store) -> None:
    def story(tx: Tx) -> tuple[int, list[str | None]]:
        now = STARTS - 2 * HOUR
        meeting, all_ = full(tx, 2)
        says(tx, meeting, all_[0], Answer.NO, now)
        tick(tx, now)
        says(tx, meeting, all_[1], Answer.YES, now)
        return len(looking.open_tasks(tx)), stand(tx, meeting, all_)

    assert await lite_store.write(story) == (0, ["not_coming", "coming"])


async def test_who_leaves_gives_their_place_on_and_has_their_turn_when_they_come_back(store: Store) -> None:
    def story(tx: Tx) -> list[list[str | None]]:
        meeting, all_ = full(tx, 3)
        people.change(tx, all_[0].id, {"state": PersonState.LEFT})
        tick(tx)
        found = [stand(tx, meeting, all_)]
        says(tx, meeting, all_[1])
        people.change(tx, all_[0].id, {"state": PersonState.MEMBER})
        tick(tx)
        found.append(stand(tx, meeting, all_))
        return found

    assert await store.write(story) == [
        ["not_coming", "waiting", "waiting"],
        ["waiting", "coming", "waiting"],
    ]


async def test_who_comes_back_to_a_meeting_with_room_has_their_place(lite_store: Store) -> None:
    def story(tx: Tx) -> tuple[list[str | None], int]:
        meeting, all_ = full(tx, 1, capacity=None)
        people.change(tx, all_[0].id, {"state": PersonState.LEFT})
        tick(tx)
        people.change(tx, all_[0].id, {"state": PersonState.MEMBER})
        tick(tx)
        return stand(tx, meeting, all_), len(reminders.of(tx, meeting.id, all_[0].id))

    states, planned = await lite_store.write(story)
    assert states == ["coming"]
    assert planned > 0


async def test_erasing_somebody_leaves_nothing_of_what_they_answered(store: Store) -> None:
    def story(tx: Tx) -> tuple[int, int, int]:
        meeting, all_ = full(tx, 2)
        gone = people.change(tx, all_[0].id, {"state": PersonState.LEFT, "erase_at": MORNING})
        assert erasure.erase_person(tx, gone.id, MORNING)
        told = len(kept.answers(tx, meeting.id, gone.id)), len(reminders.of(tx, meeting.id, gone.id))
        return (len(kept.of_person(tx, gone.id)), *told)

    assert await store.write(story) == (0, 0, 0)


def shown(tx: Tx, now: datetime = MORNING) -> list[tuple[str, str]]:
    robin = leaflet.hired(tx, token())
    return [(row.todo, row.who) for row in rsvp_today.rows(tx, robin, now, ASHDALE)]


async def test_today_shows_a_place_that_nobody_waits_for(store: Store) -> None:
    def story(tx: Tx) -> list[list[tuple[str, str]]]:
        meeting, (asha, ben) = full(tx, 2)
        found = [shown(tx)]
        says(tx, meeting, asha, Answer.NO)
        found.append(shown(tx))
        says(tx, meeting, ben, Answer.NO)
        found.append(shown(tx))
        says(tx, meeting, ben)
        return [*found, shown(tx)]

    assert await store.write(story) == [[], [], [("A place is free again: Carers' space", "")], []]


async def test_today_shows_who_does_not_come_after_all_the_day_before(store: Store) -> None:
    def story(tx: Tx) -> list[list[tuple[str, str]]]:
        meeting, all_ = full(tx, 3, capacity=None)
        for one, name in zip(all_, ("Asha", "Ben", "Cara"), strict=True):
            people.change(tx, one.id, {"name": name})
        says(tx, meeting, all_[0], Answer.NO, STARTS - 25 * HOUR)
        says(tx, meeting, all_[1], Answer.NO, STARTS - 23 * HOUR)
        says(tx, meeting, all_[2], Answer.MAYBE, STARTS - 22 * HOUR)
        return [shown(tx, STARTS - 21 * HOUR), shown(tx, STARTS + HOUR)]

    late = [
        ("They do not come after all: Carers' space", "Ben"),
        ("They are not sure any more: Carers' space", "Cara"),
    ]
    assert await store.write(story) == [late, []]


async def test_today_shows_that_somebody_with_a_place_left(store: Store) -> None:
    def story(tx: Tx) -> list[tuple[str, str]]:
        _meeting, all_ = full(tx, 2)
        people.change(tx, all_[0].id, {"state": PersonState.LEFT})
        tick(tx)
        return shown(tx)

    assert await store.write(story) == [("Somebody who had said yes has left the bank: Carers' space", "")]


async def test_who_may_not_change_meetings_is_shown_none_of_it(lite_store: Store) -> None:
    def story(tx: Tx) -> list[Any]:
        meeting, all_ = full(tx, 1)
        says(tx, meeting, all_[0], Answer.NO)
        viewer = leaflet.hired(tx, "Vera", leaflet.Role.VIEWER)
        return rsvp_today.rows(tx, viewer, MORNING, ASHDALE)

    assert await lite_store.write(story) == []


def both(tx: Tx, meeting: Record, *answers: Answer) -> tuple[Record, Record]:
    """Two on our list who are one, and what each answered, an hour apart."""
    asha, twin = everybody(tx, 2)
    for number, (who, answer) in enumerate(zip((asha, twin), answers, strict=True)):
        says(tx, meeting, who, answer, MORNING + number * HOUR)
    return asha, twin


def merged(tx: Tx, keep: Record, gone: Record) -> None:
    merging.merge(tx, leaflet.hired(tx, token()), keep, gone, "The same", MORNING + DAY, ASHDALE)


@pytest.mark.parametrize(
    ("answers", "stands"),
    [
        ((Answer.YES, Answer.NO), "not_coming"),
        ((Answer.NO, Answer.YES), "coming"),
        ((Answer.YES, Answer.YES), "coming"),
        ((Answer.MAYBE, Answer.NO), "not_coming"),
    ],
)
async def test_of_two_who_are_one_the_newer_answer_counts(
    store: Store, answers: tuple[Answer, Answer], stands: str
) -> None:
    def story(tx: Tx) -> tuple[list[str | None], int, bool]:
        meeting = a_space(tx)
        asha, twin = both(tx, meeting, *answers)
        merged(tx, asha, twin)
        planned = [one for one in reminders.of(tx, meeting.id, asha.id) if one.state == ReminderState.PLANNED]
        return stand(tx, meeting, [asha]), len(kept.answers(tx, meeting.id, asha.id)), bool(planned)

    assert await store.write(story) == ([stands], 2, stands == "coming")


async def test_of_two_who_are_one_a_place_outweighs_a_turn(lite_store: Store) -> None:
    def story(tx: Tx) -> tuple[list[str | None], list[int]]:
        meeting = a_space(tx, capacity=1)
        asha, twin = both(tx, meeting, Answer.YES, Answer.YES)
        merged(tx, twin, asha)
        return stand(tx, meeting, [twin]), [row.turn for row in kept.in_meeting(tx, meeting.id)]

    assert await lite_store.write(story) == (["coming"], [1])


async def test_a_message_of_somebody_else_leaves_the_place_for_a_colleague_to_decide(lite_store: Store) -> None:
    def story(tx: Tx) -> list[str | None]:
        meeting, (asha, ben) = a_space(tx), everybody(tx, 2)
        says(tx, meeting, asha)
        moving.messages(tx, [], asha.id, ben.id)
        return stand(tx, meeting, [asha, ben])

    assert await lite_store.write(story) == ["coming", None]


async def test_a_maybe_is_asked_once_more_and_again_only_where_they_know_it(store: Store) -> None:
    def story(tx: Tx) -> list[bool]:
        meeting, (asha,) = a_space(tx), everybody(tx, 1)
        stood = says(tx, meeting, asha, Answer.MAYBE)
        rsvps.ask_again_at(tx, stood.rsvp, MORNING + DAY)
        found = []
        for days in (0, 1):
            tick(tx, MORNING + days * DAY)
            found.append(kept.get(tx, stood.rsvp.id).asked_again)
        again = says(tx, meeting, asha, Answer.MAYBE, MORNING + 2 * DAY)
        for when in (None, MORNING + 2 * DAY):
            rsvps.ask_again_at(tx, again.rsvp, when)
            found.append(bool(rsvp_line.to_ask_again(tx, MORNING + 3 * DAY, 10)))
        return found

    assert await store.write(story) == [False, True, False, True]


async def test_a_maybe_that_has_become_clear_is_not_asked(lite_store: Store) -> None:
    def story(tx: Tx) -> list[int]:
        meeting, (asha,) = a_space(tx), everybody(tx, 1)
        rsvps.ask_again_at(tx, says(tx, meeting, asha, Answer.MAYBE).rsvp, MORNING + DAY)
        says(tx, meeting, asha)
        return rsvp_line.to_ask_again(tx, MORNING + 2 * DAY, 10)

    assert await lite_store.write(story) == []


async def test_of_two_who_are_one_nothing_is_arranged_or_said_twice(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[tuple[str, str]], list[str]]:
        meeting = a_space(tx)
        asha, twin = both(tx, meeting, Answer.YES, Answer.YES)
        for one, kinds in ((asha, ("bsl", "food")), (twin, ("bsl", "parking"))):
            for kind in kinds:
                arrangements.begin(tx, meeting, one, MORNING, ASHDALE, kind=ArrangementKind(kind), by=By())
        booked = next(row for row in arrangements_kept.of(tx, meeting.id, twin.id) if row.kind == "bsl")
        arrangements_kept.change(tx, booked.id, {"state": ArrangementState.BOOKED})
        first = reminders.of(tx, meeting.id, twin.id)[0]
        reminders.change(tx, first.id, {"state": ReminderState.SENT})
        merged(tx, asha, twin)
        rows = arrangements_kept.of(tx, meeting.id, asha.id)
        steps = [row.step for row in reminders.of(tx, meeting.id, asha.id)]
        assert reminders.get(tx, first.id).person_id == asha.id
        return sorted((row.kind, row.state) for row in rows), sorted(steps)

    kinds, steps = await store.write(story)
    assert kinds == [("bsl", "booked"), ("food", "to_do"), ("parking", "to_do")]
    assert len(steps) == len(set(steps))


async def test_today_shows_a_free_place_until_it_begins(lite_store: Store) -> None:
    def story(tx: Tx) -> list[list[tuple[str, str]]]:
        meeting, (asha,) = full(tx, 1)
        says(tx, meeting, asha, Answer.NO)
        meetings.change(tx, meeting.id, {"starts_at": MORNING + 20 * HOUR})
        return [shown(tx), shown(tx, MORNING + 21 * HOUR)]

    shown_first, shown_last = await lite_store.write(story)
    assert shown_first == [("They do not come after all: Carers' space", "")]
    assert shown_last == []


async def test_an_offer_that_was_taken_as_it_lapsed_is_a_place(store: Store) -> None:
    """Whose turn it is was read before their answer was kept."""

    def story(tx: Tx) -> tuple[int, list[str | None]]:
        meeting, (asha,) = a_space(tx), everybody(tx, 1)
        stood = says(tx, meeting, asha)
        done = rsvp_places.lapse(tx, MORNING + DAY, ASHDALE, stood.rsvp.id)
        return done, stand(tx, meeting, [asha])

    assert await store.write(story) == (0, ["coming"])
