"""A message for all goes at the minute it was set for, any time ahead; what was missed goes late if it still helps."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bank import broadcast_going, broadcasts, quiet
from bot import mailing
from storage import broadcasts as kept
from storage import outbox
from storage.store import Store, Tx
from tests.bank.ashdale import ASHDALE, MORNING
from tests.bank.members import begun, claimed, crowd, sent
from tests.bank.posting import joined
from tests.bank.writing import FREELY, written

SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NO_CAP = replace(ASHDALE, most_a_week=0)
MOMENTS = 40
POLL_SECONDS = 1.0


def goes(tx: Tx, now: datetime) -> int:
    """Everybody in what is due gets their row, and what is due is claimed; how many were."""
    for broadcast_id in kept.being_queued(tx, now, 10):
        while broadcasts.queue_more(tx, broadcast_id, now, ASHDALE):
            pass
    return len(claimed(tx, now, whose=NO_CAP))


async def test_promise_20_any_minute_any_time_ahead_within_a_minute(store: Store) -> None:
    """The clock looks every two seconds and the sender every second, at moments of their own."""
    chance = random.Random(20)
    minutes = [MORNING + chance.randrange(1, 2 * 365 * 24 * 60) * MINUTE for _ in range(MOMENTS)]

    def late(tx: Tx, due: datetime) -> float:
        begun(tx, {"en": "News."}, MORNING, due_at=due)
        at = quiet.next_time(due, ASHDALE)  # at night it waits for the morning
        assert goes(tx, at - SECOND) == 0
        looked = at + chance.random() * mailing.SECONDS * SECOND
        for broadcast_id in kept.being_queued(tx, looked, 10):
            while broadcasts.queue_more(tx, broadcast_id, looked, ASHDALE):
                pass
        claimed_at = looked + chance.random() * POLL_SECONDS * SECOND
        went = sent(tx, claimed_at, whose=NO_CAP)
        assert len(went) == 1, due
        return (claimed_at - at).total_seconds()

    await store.write(lambda tx: crowd(tx, 1))
    waits = [await store.write(lambda tx, due=due: late(tx, due)) for due in sorted(minutes)]  # type: ignore[misc]
    assert sorted(waits)[int(0.99 * MOMENTS) - 1] <= 60


async def test_promise_20_nobody_has_a_row_before_it_is_due(store: Store) -> None:
    """Who joins or leaves until then is counted as they are then."""

    def story(tx: Tx) -> tuple[int, dict[str, int], int]:
        crowd(tx, 3)
        begun(tx, {"en": "News."}, MORNING, due_at=MORNING + 91 * DAY)
        before = goes(tx, MORNING + 91 * DAY - SECOND)
        nothing = outbox.tally(tx)
        crowd(tx, 2)
        return before, nothing, goes(tx, MORNING + 91 * DAY)

    assert await store.write(story) == (0, {}, 5)


@pytest.mark.parametrize(
    ("lasts", "down", "went"),
    [
        pytest.param(2 * HOUR, HOUR, 3, id="back while it still helps"),
        pytest.param(2 * HOUR, 2 * HOUR, 0, id="back when it would be too late"),
        pytest.param(2 * HOUR, DAY, 0, id="back a day after"),
        pytest.param(None, DAY, 3, id="news that keep"),
    ],
)
@pytest.mark.parametrize("queued", [True, False], ids=["in the outbox already", "not news_id"])
async def test_promise_20_what_was_missed_while_we_were_down(
    store: Store, lasts: timedelta | None, down: timedelta, went: int, queued: bool
) -> None:
    def story(tx: Tx) -> tuple[int, int]:
        crowd(tx, 3)
        news = begun(tx, {"en": "News."}, MORNING, expires=lasts)
        while queued and broadcasts.queue_more(tx, news, MORNING, ASHDALE):
            pass
        late = goes(tx, MORNING + down)
        return late, goes(tx, MORNING + down + MINUTE)

    assert await store.write(story) == (went, 0)


async def test_promise_20_set_for_the_night_and_for_this_evening_only_it_does_not_go_in_the_morning(
    store: Store,
) -> None:
    def story(tx: Tx) -> tuple[int, int, dict[str, int]]:
        crowd(tx, 2)
        evening = MORNING + 9 * HOUR
        begun(tx, {"en": "Tonight at nine."}, MORNING, due_at=evening, expires=2 * HOUR)
        return goes(tx, evening), goes(tx, MORNING + 22 * HOUR), outbox.tally(tx)

    assert await store.write(story) == (0, 0, {"expired": 2})


async def test_promise_20_let_go_months_ahead_and_spread_each_goes_at_a_minute_of_its_own(store: Store) -> None:
    def story(tx: Tx) -> list[int]:
        crowd(tx, 5)
        due = MORNING + 63 * DAY
        row = written(tx, due_at=due, spread=40)
        broadcast_going.let_go(tx, None, row, MORNING, FREELY)
        assert goes(tx, due - SECOND) == 0
        return [goes(tx, due + minutes * MINUTE) for minutes in (0, 9, 10, 20, 30, 39, 40)]

    assert await store.write(story) == [1, 0, 1, 1, 1, 0, 1]


async def test_promise_20_who_joins_before_it_is_due_gets_it_and_who_leaves_does_not(store: Store) -> None:
    def story(tx: Tx) -> int:
        asha, _ben = joined(tx), joined(tx)
        row = written(tx, due_at=MORNING + DAY)
        broadcast_going.let_go(tx, None, row, MORNING, FREELY)
        asha.says(tx, "LEAVE", "1")
        crowd(tx, 2)
        goes(tx, MORNING + DAY)
        return sum(outbox_row.broadcast_id == row.id for outbox_row in tx.execute(outbox.messages_out.select()))

    assert await store.write(story) == 3
