"""Promise: never over Telegram's limits in any second, and one slow chat holds back no other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from channels.telegram.limits import BOT_RATE, CHAT_BURST, CHAT_RATE, PRUNE_FROM, Buckets

TICK = 1 / 64  # seconds; a binary fraction, so that sums are exact


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


asked = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 60)), max_size=300)


@given(asked)
def test_never_more_than_the_limit_in_any_second(steps: list[tuple[int, int]]) -> None:
    clock = Clock()
    buckets = Buckets(clock)
    granted: list[tuple[float, str]] = []
    for ticks, chat in steps:
        clock.now += ticks * TICK / 8
        if buckets.wait_for(str(chat)) == 0:
            granted.append((clock.now, str(chat)))
    for start, _ in granted:
        assert sum(start <= at < start + 1 for at, _ in granted) <= BOT_RATE


@given(st.lists(st.integers(0, 200), max_size=200))
def test_a_chat_gets_its_burst_and_then_its_rate(gaps: list[int]) -> None:
    clock = Clock()
    buckets = Buckets(clock)
    granted = []
    for ticks in gaps:
        clock.now += ticks * TICK
        if buckets.wait_for("a") == 0:
            granted.append(clock.now)
    for first, start in enumerate(granted):
        for count, end in enumerate(granted[first:], 1):
            assert count <= CHAT_BURST + CHAT_RATE * (end - start)


@given(asked)
def test_whoever_waits_as_told_may_go(steps: list[tuple[int, int]]) -> None:
    clock = Clock()
    buckets = Buckets(clock)
    for ticks, chat in steps:
        clock.now += ticks * TICK
        if wait := buckets.wait_for(str(chat)):
            clock.now += wait
            assert buckets.wait_for(str(chat)) == 0


def test_a_full_second_makes_every_chat_wait() -> None:
    clock = Clock()
    buckets = Buckets(clock)
    assert [buckets.wait_for(str(chat)) for chat in range(BOT_RATE)] == [0] * BOT_RATE
    clock.now += 0.25
    assert buckets.wait_for("late") == 0.75
    assert buckets.bot_wait() == 0.75


def test_a_refused_chat_waits_alone() -> None:
    clock = Clock()
    buckets = Buckets(clock)
    assert not buckets.penalise("a", 12)
    assert buckets.wait_for("a") == 12
    assert buckets.wait_for("b") == 0
    clock.now += 12
    assert buckets.wait_for("a") == 0
    assert buckets.wait_for("a") == 1  # the burst has to be earned again


def test_the_same_chat_refused_twice_still_waits_alone() -> None:
    buckets = Buckets(Clock())
    assert not buckets.penalise("a", 2)
    assert not buckets.penalise("a", 5)
    assert (buckets.wait_for("a"), buckets.wait_for("b")) == (5, 0)


def test_a_second_chat_refused_within_the_second_stops_the_bot() -> None:
    clock = Clock()
    buckets = Buckets(clock)
    buckets.penalise("a", 5)
    clock.now += 0.5
    assert buckets.penalise("b", 8)
    assert buckets.wait_for("c") == 8
    assert buckets.bot_wait() == 8


def test_a_second_chat_refused_later_is_its_own_affair() -> None:
    clock = Clock()
    buckets = Buckets(clock)
    buckets.penalise("a", 5)
    clock.now += 1
    assert not buckets.penalise("b", 8)
    assert buckets.wait_for("c") == 0


def test_chats_at_rest_are_forgotten() -> None:
    clock = Clock()
    buckets = Buckets(clock)
    for chat in range(3 * PRUNE_FROM):
        clock.now += 1
        assert buckets.wait_for(str(chat)) == 0
    assert len(buckets._full_at) <= PRUNE_FROM
