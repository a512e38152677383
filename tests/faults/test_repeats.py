"""Promises 3 and 4 in short, and an outage of ours. `make faults` runs them with 1,000 messages each."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import repeats


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue("own_database")) if request.param == "postgres" else ""


async def test_promise_3_five_copies_at_once_have_one_effect(tmp_path: Path, database: str) -> None:
    told = await repeats.copies(tmp_path, 60, database)
    assert (told.wrong, told.texts, told.messages) == ({}, 60, 60)


async def test_promise_4_answers_lost_nothing_goes_twice(tmp_path: Path) -> None:
    told = await repeats.lost_answers(tmp_path, 150)
    assert (told.wrong, told.messages) == ({}, 150)


async def test_promise_4_where_half_of_them_never_arrived(tmp_path: Path) -> None:
    told = await repeats.lost_answers(tmp_path, 150, dropped=0.5)
    assert (told.wrong, told.messages) == ({}, 150)


async def test_an_outage_of_thirty_minutes_loses_no_text(tmp_path: Path) -> None:
    told = await repeats.outage(tmp_path, 120)
    assert (told.wrong, told.texts, told.messages) == ({}, 125, 125)
