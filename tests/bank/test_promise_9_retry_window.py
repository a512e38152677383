"""Tried again until it would be too late, and never after; each of many at a moment of its own."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bank import alarms, delivery
from bank.visit import ABOUT_DANGER
from channels.message import Accepted
from storage import outbox
from storage.outbox import Priority
from storage.store import Store, Tx
from tests import looking
from tests.bank.ashdale import ASHDALE, MORNING, Somebody
from tests.bank.members import claimed, crowd, written_to_all
from tests.bank.posting import LATER, claim, joined, tell

HOUR, DAY, STEP = timedelta(hours=1), timedelta(days=1), timedelta(minutes=10)


def offered(tx: Tx, somebody: Somebody, until: datetime) -> list[datetime]:
    """Whenever it was offered to a provider that wants it later each time."""
    now, tries = MORNING, []
    while now <= until:
        for row_id in claim(tx, now):
            delivery.settle(tx, {row_id: LATER}, now, ASHDALE)
            tries.append(now)
        now += STEP
    return tries


@pytest.mark.parametrize("lasts", [HOUR, DAY])
async def test_promise_9_a_reply_is_tried_until_it_would_be_too_late_and_never_after(
    store: Store, lasts: timedelta
) -> None:
    def story(tx: Tx) -> tuple[list[datetime], str]:
        asha = joined(tx)
        tell(tx, asha, "an answer", expires=lasts)
        tries = offered(tx, asha, MORNING + lasts + 2 * HOUR)
        return tries, str(asha.heard(tx)[-1].state)

    tries, state = await store.write(story)
    assert state == "expired"
    assert tries[-1] < MORNING + lasts
    assert MORNING + lasts - tries[-1] <= 1.25 * HOUR + STEP, "given up long before it was too late"


async def test_promise_9_the_provider_is_back_within_the_day(store: Store) -> None:
    """Twenty hours without a connection: the reply of yesterday evening still goes this morning."""

    def story(tx: Tx) -> tuple[int, str]:
        asha = joined(tx)
        answer = tell(tx, asha, "an answer", expires=DAY)
        tries = offered(tx, asha, MORNING + 20 * HOUR)
        due_at = asha.heard(tx)[-1].due_at
        assert claim(tx, due_at) == [answer]
        delivery.settle(tx, {answer: Accepted("SM1")}, due_at, ASHDALE)
        return len(tries), str(asha.heard(tx)[-1].state)

    tries, state = await store.write(story)
    assert tries > 10
    assert state == "accepted"


async def test_promise_9_a_day_s_mailing_is_not_offered_after_its_day(store: Store) -> None:
    def story(tx: Tx) -> tuple[int, int, dict[str, int]]:
        crowd(tx, 5)
        written_to_all(tx, expires=2 * HOUR)
        in_time = len(claimed(tx, MORNING + 2 * HOUR - timedelta(seconds=1), limit=2))
        return in_time, len(claimed(tx, MORNING + 2 * HOUR)), outbox.tally(tx)

    assert await store.write(story) == (2, 0, {"sending": 2, "expired": 3})


async def test_promise_9_many_that_failed_together_do_not_come_back_together(store: Store) -> None:
    def story(tx: Tx) -> list[float]:
        crowd(tx, 40)
        written_to_all(tx)
        went = claimed(tx)
        delivery.settle(tx, {one.id: LATER for one in went}, MORNING, ASHDALE)
        rows = outbox.states(tx, [one.id for one in went]).values()
        return sorted((row.due_at - MORNING).total_seconds() for row in rows)

    waits = await store.write(story)
    assert waits[0] >= 30
    assert waits[-1] <= 1.25 * 30
    assert len(set(waits)) == len(waits)
    assert waits[-1] - waits[0] > 3, "spread over most of a quarter"


async def test_a_person_hears_of_it_the_same_day_where_an_answer_about_danger_does_not_go(store: Store) -> None:
    """Others are tried for a day; here somebody of ours must find another way much sooner."""

    def story(tx: Tx) -> tuple[bool, str]:
        asha = Somebody()
        asha.says(tx, "I am not safe at home")
        offered(tx, asha, MORNING + 6 * HOUR)
        last = asha.heard(tx)[-1]
        assert last.wording.startswith(ABOUT_DANGER)
        return alarms.NOT_HEARD in [task.words for task in looking.open_tasks(tx)], last.state

    assert await store.write(story) == (True, "failed")


async def test_promise_9_what_nobody_asked_for_is_not_tried_at_night_either(store: Store) -> None:
    def story(tx: Tx) -> set[int]:
        asha = joined(tx)
        tell(tx, asha, "an invitation", Priority.INVITATION, expires=DAY)
        return {now.astimezone(ASHDALE.zone).hour for now in offered(tx, asha, MORNING + DAY)}

    hours = await store.write(story)
    assert hours <= set(range(9, 19))
    assert len(hours) > 5
