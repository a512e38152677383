"""Promises 7 and 8, by the sender's own watch: as fast as was set, never faster; a reply waits under 2 seconds."""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest

from bank.limits import Limits
from bot.pace import Pace
from storage.store import Store, Tx
from tests.bank.ashdale import Somebody
from tests.bank.members import crowd, written_to_all
from tests.bank.posting import tell
from tests.bank.test_promise_8_replies_overtake import a_stranger
from tests.bot.own_time import Drain, Seconds

MANY = 1500
LONG = "Some long news. " * 30
# What is the same on both databases, and slow.
ON_ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def busiest_second(times: Sequence[float]) -> int:
    """The most calls that begin in any second, wherever it begins."""
    return max(bisect_left(times, at + 1.0 - 1e-6) - number for number, at in enumerate(times))


def rate(times: Sequence[float]) -> float:
    return (len(times) - 1) / (times[-1] - times[0])


@asynccontextmanager
async def draining(store: Store, limits: Limits) -> AsyncIterator[Drain]:
    drain = Drain.of(store, limits)
    try:
        yield drain
    finally:
        await drain.stops()


@pytest.mark.parametrize("per_second", [1, 10, 30, 80, 400])
async def test_promise_7_a_pace_is_kept_to_two_parts_in_a_hundred_and_never_exceeded(per_second: int) -> None:
    seconds, times = Seconds(), list[float]()

    async def sleep(wait: float) -> None:
        seconds.move(wait)

    pace = Pace(per_second, seconds, sleep)
    for _ in range(MANY):
        await pace.turn(1)
        times.append(seconds.at)
    assert 0.98 * per_second <= rate(times) <= per_second
    assert busiest_second(times) <= per_second


async def test_promise_7_what_is_late_as_the_process_was_held_up_does_not_go_all_at_once() -> None:
    seconds, times, goes_on = Seconds(), list[float](), asyncio.Event()

    async def sleep(wait: float) -> None:
        if not goes_on.is_set():
            await goes_on.wait()
        else:
            seconds.move(wait)

    async def call(pace: Pace) -> None:
        await pace.turn(1)
        times.append(seconds.at)

    pace = Pace(10, seconds, sleep)
    calls = [asyncio.create_task(call(pace)) for _ in range(30)]
    await asyncio.sleep(0)
    seconds.move(3)
    goes_on.set()
    await asyncio.gather(*calls)
    assert len(times) == 30
    assert busiest_second(times) <= 10


@ON_ONE
async def test_promise_7_a_broadcast_of_1500_leaves_at_the_rate_that_was_set(store: Store) -> None:
    async with begun(store, Limits(per_second=80), MANY, "News.") as drain:
        await drain.runs(MANY / 80 / 0.98 + 1)
        times = drain.provider.times
    assert len(times) == len({message.address for _at, message in drain.provider.calls}) == MANY
    assert 0.98 * 80 <= rate(times) <= 80
    assert busiest_second(times) <= 80


@pytest.mark.parametrize(("per_second", "seconds"), [(1, 12), (10, 8), (30, 3)])
async def test_promise_7_on_both_databases(store: Store, per_second: int, seconds: int) -> None:
    async with begun(store, Limits(per_second=per_second), 200, "News.") as drain:
        await drain.runs(seconds)
        times = drain.provider.times
    assert 0.98 * per_second <= rate(times) <= per_second
    assert busiest_second(times) <= per_second


@ON_ONE
async def test_promise_7_a_long_text_counts_by_its_segments(store: Store) -> None:
    async with begun(store, Limits(per_second=10), 60, LONG[:450]) as drain:
        await drain.runs(12)
        times = drain.provider.times
    assert 0.98 * 10 <= 3 * rate(times) <= 10


@asynccontextmanager
async def begun(store: Store, limits: Limits, members: int, text: str) -> AsyncIterator[Drain]:
    """A broadcast that leaves at this pace."""

    def fill(tx: Tx) -> None:
        crowd(tx, members)
        written_to_all(tx, text)

    await store.write(fill)
    async with draining(store, limits) as drain:
        yield drain


@pytest.mark.parametrize(
    ("database_url", "per_second", "segments"),
    [("sqlite", 1, 1), ("sqlite", 10, 1), ("sqlite", 10, 3), ("postgres", 10, 1)],
    indirect=["database_url"],
)
async def test_promise_8_a_reply_waits_under_two_seconds_with_five_thousand_queued(
    store: Store, per_second: int, segments: int
) -> None:
    """They write at moments that are all different, and each is answered in the middle of the broadcast."""
    members, moments = 500, [0.0, 0.13, 0.26, 0.39, 0.52]

    def fill(tx: Tx) -> list[Somebody]:
        crowd(tx, members)
        for _ in range(10):
            written_to_all(tx, LONG[: 150 * segments])
        return [a_stranger(tx) for _ in moments]

    people = await store.write(fill)
    async with draining(store, Limits(per_second=per_second)) as drain:
        await drain.runs(2)
        waits = []
        for asha, moment in zip(people, moments, strict=True):
            await drain.runs(moment)
            asked = drain.seconds.at
            await store.write(lambda tx, asha=asha: tell(tx, asha, "an answer"))  # type: ignore[misc]
            await drain.runs(2.1)
            (answered,) = drain.provider.called(asha.address)
            waits.append(answered - asked)
        news = [message for _at, message in drain.provider.calls if message.text != "an answer"]
    assert len(news) > 5, "the broadcast goes on meanwhile"
    assert max(waits) < 2.0


@ON_ONE
@pytest.mark.parametrize("per_second", [1, 10, 80])
async def test_promise_8_no_more_than_half_a_second_s_worth_is_claimed_ahead(store: Store, per_second: int) -> None:
    async with begun(store, Limits(per_second=per_second), 100, "News.") as drain:
        for _ in range(6):
            await drain.as_far_as_it_can()
            assert drain.seconds.asleep <= max(1, per_second / 2)
            drain.seconds.move(0.25)


async def test_without_a_pace_nothing_waits(store: Store) -> None:
    async with begun(store, Limits(), 50, "News.") as drain:
        await drain.as_far_as_it_can()
        assert drain.provider.times == [drain.seconds.at] * 50
