"""The database goes and comes, the disk is full, the clock jumps: nothing is lost, and nobody has to do anything."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults import troubles
from tests.faults.server import empty_database, postgres
from tests.faults.storm import storm
from tests.faults.told import Plan

pytestmark = pytest.mark.long

CALM = Plan(texts=120, messages=120, kills=0, seed=4, quick=True, lease="3", settle_seconds=180)


async def test_postgres_is_stopped_and_started_under_load(tmp_path: Path) -> None:
    with postgres() as server, empty_database(server.url) as url:
        told = await storm(CALM, tmp_path, url, troubles.postgres_goes(server))
    assert told.wrong == {}
    assert told.reckoning.posts_lost == []
    assert told.events["database_away"]


async def test_a_full_disk_is_refused_with_503_and_recovers_by_itself(
    tmp_path: Path,
) -> None:
    pages = tmp_path / "pages"
    pages.write_text(str(troubles.ROOM))
    told = await storm(replace(CALM, pages=str(pages)), tmp_path, "", troubles.disk_is_full)
    assert told.wrong == {}
    assert told.events["database_away"]


async def test_the_clock_jumps_an_hour_forward_and_back(tmp_path: Path) -> None:
    told = await storm(CALM, tmp_path, "", troubles.clock_jumps)
    assert told.wrong == {}
