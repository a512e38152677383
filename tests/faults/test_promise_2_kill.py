"""Promise 2, in short: processes are killed at seeded points under load, and nothing is lost or said twice.

`make faults` does the same with 10,000 texts, 20,000 messages and 50 kills.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.faults.points import POINTS
from tests.faults.storm import storm
from tests.faults.told import Plan, Told

SHORT = Plan(texts=120, messages=160, kills=6, seed=2, quick=True, lease="3")
AFTER_THE_CALL = tuple(point for point in POINTS if point.name == "provider answered, not stored")


def nothing_is_wrong(told: Told) -> None:
    assert told.wrong == {}
    assert len(told.kills) == told.plan.kills


async def test_promise_2_one_process_on_sqlite(tmp_path: Path) -> None:
    nothing_is_wrong(await storm(SHORT, tmp_path))


async def test_promise_2_many_processes_on_postgres(tmp_path: Path, own_database: str) -> None:
    nothing_is_wrong(await storm(replace(SHORT, kills=5, seed=3), tmp_path, own_database))


async def test_the_check_sees_a_sender_that_does_not_commit_first(
    tmp_path: Path,
) -> None:
    """With the mistake that the outbox is there to prevent, people get messages twice, and we notice."""
    mistaken = replace(SHORT, kills=2, points=AFTER_THE_CALL, mistake="calls before it commits")
    told = await storm(mistaken, tmp_path)
    assert told.reckoning.twice
