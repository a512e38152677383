"""The demo's meetings: the last carers' space is over and ticked, the next one is full, and nobody is texted of it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice

from bank import attendance_list, attendance_today, meeting_repeat, preparation
from bank.colleague import known
from bot import demo, demo_meetings, team
from storage import meetings, outbox, staff
from storage.meetings import MeetingState, Repeats
from storage.schema import Record
from storage.store import Store, Tx
from tests.bank.ashdale import ASHDALE, MORNING, number_of


async def invented(store: Store, times: int = 1) -> None:
    await demo.fill_if_empty(store, ASHDALE, MORNING)
    await team.invent(store, MORNING)
    for _ in range(times):
        await demo_meetings.invent(store, MORNING, ASHDALE)


def everyone(tx: Tx) -> list[Record]:
    return meetings.in_states(tx, list(MeetingState))


async def test_there_are_a_last_and_a_next_one_and_once_only(store: Store) -> None:
    await invented(store, times=2)
    first, last, coming = await store.read(everyone)
    assert (first.state, last.state, coming.state) == ("over", "over", "open")
    assert last.ends_at < MORNING < coming.starts_at
    assert (last.first_id, coming.first_id) == (first.id, first.id)
    assert coming.words["title"]["pl"]


def test_whenever_the_demo_begins_the_last_one_is_over_and_the_next_to_come() -> None:
    for days in range(800):
        today = date(2026, 1, 1) + timedelta(days=days)
        all_ = meeting_repeat.days(Repeats.MONTHLY_WEEKDAY, demo_meetings.first_day(today))
        second, third = islice(all_, 1, 3)
        assert second <= today - timedelta(days=6)
        assert third >= today + timedelta(days=6)


async def test_the_last_one_is_ticked_and_the_next_one_is_full_of_life(store: Store) -> None:
    await invented(store)

    def look(tx: Tx) -> tuple[attendance_list.Figures, preparation.Preparation, list[object], int]:
        _first, last, coming = everyone(tx)
        sam = staff.called(tx, "sam")
        assert sam is not None
        by = known(tx, sam)
        told = preparation.prepare(tx, coming, MORNING, ASHDALE, by)
        to_do = attendance_today.rows(tx, by, MORNING, ASHDALE)
        return (
            attendance_list.look(tx, by, last, MORNING).figures,
            told,
            list(to_do),
            number_of(tx, outbox.messages_out),
        )

    figures, told, to_do, texts = await store.write(look)
    assert (figures.yes, figures.came, figures.walked_in, figures.unknown) == (9, 9, 1, 0)
    assert (figures.first, figures.had_needs, figures.lacked) == (5, 3, 1)
    assert told.coming
    assert told.waiting
    assert told.maybes
    assert told.to_arrange
    assert (told.count.coming + sum(one.guests for one in told.coming), told.count.not_answered) == (12, 6)
    assert (to_do, texts) == ([], 0)
