"""Six weeks of the simulated year; `make year` plays all of it."""

from __future__ import annotations

from pathlib import Path

from tests.year.__main__ import passed


async def test_six_weeks_of_meetings_add_up(tmp_path: Path) -> None:
    year, wrong = await passed(tmp_path, seed=4, members=24, meetings=5, days=42)
    assert wrong == []
    # It was no empty time: people were reminded, moved and offered places.
    for what in ("texts reminder", "texts meeting_news", "texts rsvp_offer"):
        assert year.figures[what], what
