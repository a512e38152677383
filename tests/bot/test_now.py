"""The clock that the process reads."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.now import MovableNow, Now

MOMENT = timedelta(seconds=5)


def test_it_is_aware_and_utc() -> None:
    now = Now()()
    assert now.utcoffset() == timedelta()
    assert abs(now - datetime.now(UTC)) < MOMENT


def test_it_moves_forward_and_goes_on_from_there() -> None:
    clock = MovableNow()
    for days in (1, 2):
        clock.move(timedelta(days=days))
    assert abs(clock() - datetime.now(UTC) - timedelta(days=3)) < MOMENT
    assert clock() <= clock()


def test_it_does_not_move_back() -> None:
    clock = MovableNow()
    with pytest.raises(ValueError, match="forward"):
        clock.move(timedelta(seconds=-1))
    assert abs(clock() - datetime.now(UTC)) < MOMENT


def test_the_real_clock_cannot_be_moved() -> None:
    assert not hasattr(Now(), "move")
