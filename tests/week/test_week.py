"""The week, as `make week` plays it."""

from __future__ import annotations

from pathlib import Path

from tests.week.__main__ import lived
from tests.week.reckoning import wrong


async def test_a_week_in_their_shoes(tmp_path: Path) -> None:
    week = await lived(tmp_path)
    assert {one.name: wrong(one) for one in week.people} == {one.name: [] for one in week.people}
    # It was no empty week.
    assert sum(len(one.asked) for one in week.people) == 4
    assert all(one.phone is None or one.phone.got for one in week.people)
