"""A conversation that somebody took over and then forgot is on Today, where it can be answered or handed back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bank import handling, replying, thread, today
from bank.colleague import Colleague
from storage import staff
from storage.staff import Role, StaffState
from storage.store import Store, Tx
from tests.bank.ashdale import ASHDALE, MORNING, Somebody
from tests.bank.test_threads import hired, shares

HOUR = timedelta(hours=1)
TOOK = "took this over and nobody writes: answer them, or hand it back"


def about(tx: Tx, colleague: Colleague, somebody: Somebody) -> thread.Thread:
    found = thread.find(tx, colleague, somebody.here(tx).token)
    assert found is not None
    return found


def told(tx: Tx, colleague: Colleague, now: datetime) -> list[tuple[str, str]]:
    """What Today says of threads that were taken over: what to do, and where."""
    return [(row.todo, row.href) for row in today.rows(tx, colleague, now, ASHDALE) if TOOK in row.todo]


async def test_its_holder_sees_it_after_a_day_and_everybody_a_working_day_later(store: Store) -> None:
    def write(tx: Tx) -> None:
        sam, priya, asha = hired(tx, Role.COORDINATOR), hired(tx, Role.COORDINATOR, name="Priya"), Somebody()
        asha.joins(tx)
        handling.take_over(tx, sam, about(tx, sam, asha), MORNING)
        where = f"/inbox/{asha.here(tx).token}#actions"
        assert told(tx, sam, MORNING + 23 * HOUR) == []
        assert told(tx, sam, MORNING + 24 * HOUR) == [(f"You {TOOK}", where)]
        assert told(tx, priya, MORNING + 24 * HOUR) == [], "it is Sam's"
        assert told(tx, priya, datetime(2026, 11, 25, 17, tzinfo=UTC)) == [(f"Sam {TOOK}", where)]
        viewer = hired(tx, Role.VIEWER, name="Vic")
        assert told(tx, viewer, MORNING + 99 * HOUR) == []
        handling.hand_back(tx, priya, about(tx, priya, asha), MORNING + 30 * HOUR, ASHDALE)
        assert told(tx, sam, MORNING + 99 * HOUR) == told(tx, priya, MORNING + 99 * HOUR) == []

    await store.write(write)


async def test_what_we_write_there_puts_it_off(lite_store: Store) -> None:
    def write(tx: Tx) -> None:
        sam, asha = hired(tx, Role.COORDINATOR), Somebody()
        asha.joins(tx)
        handling.take_over(tx, sam, about(tx, sam, asha), MORNING)
        replying.write(tx, sam, asha.here(tx), "Sam here. I will ask.", MORNING + 4 * HOUR, ASHDALE)
        assert told(tx, sam, MORNING + 27 * HOUR) == []
        assert len(told(tx, sam, MORNING + 28 * HOUR)) == 1

    await lite_store.write(write)


async def test_what_they_wrote_is_due_when_a_question_would_be(lite_store: Store) -> None:
    """Taken over late in the evening: what they ask is due when we close, before a day has passed."""
    one_day = ASHDALE.__class__(**{name: getattr(ASHDALE, name) for name in ASHDALE.__slots__} | {"days_to_answer": 1})

    def write(tx: Tx) -> None:
        sam, asha = hired(tx, Role.COORDINATOR), Somebody()
        asha.joins(tx)
        evening = MORNING + 8 * HOUR
        handling.take_over(tx, sam, about(tx, sam, asha), evening)
        asha.says(tx, "when will the lift be mended", now=evening + timedelta(minutes=5))
        before, after = (datetime(2026, 11, 24, 16, 59, tzinfo=UTC), datetime(2026, 11, 24, 17, tzinfo=UTC))
        assert [row for row in today.rows(tx, sam, before, one_day) if TOOK in row.todo] == []
        (row,) = [row for row in today.rows(tx, sam, after, one_day) if TOOK in row.todo]
        assert (row.due_at, row.overdue) == (after, True)

    await lite_store.write(write)


async def test_it_is_one_row_however_many_phones_they_have(lite_store: Store) -> None:
    def write(tx: Tx) -> None:
        sam, phone, tablet = hired(tx, Role.COORDINATOR), Somebody(), Somebody()
        phone.joins(tx)
        tablet.joins(tx)
        shares(tx, phone, tablet)
        handling.take_over(tx, sam, about(tx, sam, phone), MORNING)
        assert len(told(tx, sam, MORNING + 25 * HOUR)) == 1

    await lite_store.write(write)


async def test_what_somebody_who_is_gone_holds_is_everybodys_at_once(lite_store: Store) -> None:
    def write(tx: Tx) -> None:
        sam, priya, asha = hired(tx, Role.COORDINATOR), hired(tx, Role.COORDINATOR, name="Priya"), Somebody()
        asha.joins(tx)
        handling.take_over(tx, sam, about(tx, sam, asha), MORNING)
        staff.change(tx, sam.id, {"state": StaffState.CLOSED})
        assert [todo for todo, _href in told(tx, priya, MORNING + 24 * HOUR)] == [f"Somebody who is gone {TOOK}"]

    await lite_store.write(write)
