"""What befalls Heard in a storm besides death: its database goes, its disk is full, its clock jumps.

`python -m tests.faults.troubles --texts 1000 --messages 2000` lets each of them happen once.
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from rich.console import Console

from tests.end_to_end.running import status_of
from tests.faults.server import Postgres, empty_database, postgres
from tests.faults.storm import Storm, Trouble, storm
from tests.faults.told import Plan, tell

HOUR = 3600.0
ROOM = 1_000_000  # pages: as good as no end
_PATIENCE = 300.0
_LOOK_SECONDS = 0.05


def postgres_goes(server: Postgres, away_seconds: float = 3.0) -> Trouble:
    """Stopped and started in the middle of it, once in order and once by a crash."""

    async def trouble(storm: Storm) -> None:
        for part, manner in enumerate(("fast", "immediate"), 1):
            await _so_far(storm, part / 4)
            await asyncio.to_thread(server.stop, manner)
            storm.flow.let(storm.plan.texts // 10)
            await _until_ready_is(storm, 503)
            await asyncio.sleep(away_seconds)
            await asyncio.to_thread(server.start)
            await _until_ready_is(storm, 200)

    return trouble


async def disk_is_full(storm: Storm) -> None:
    """No page more for the database file, until texts were refused; then there is room again."""
    await _so_far(storm, 1 / 4)
    pages = storm.there.folder / "pages"
    refused = storm.crowd.unanswered
    pages.write_text(str(_pages(storm)))
    storm.flow.let(storm.plan.texts // 3)
    assert await _until(lambda: storm.crowd.unanswered > refused + 3), "the full disk was not felt"
    assert storm.crowd.statuses[503] >= 3
    pages.write_text(str(ROOM))


async def clock_jumps(storm: Storm) -> None:
    """An hour forward, and an hour back; each time some texts miss us, and must be fetched soon."""
    clock = storm.there.folder / "clock"
    right = float(clock.read_text())
    for part, wrong in enumerate((HOUR, 0.0), 1):
        await _so_far(storm, part / 4)
        clock.write_text(str(right + wrong))
        await storm.misses(5)
    await _so_far(storm, 3 / 4)


def _pages(storm: Storm) -> int:
    file = sqlite3.connect(storm.there.folder / "data" / "heard.db")
    try:
        return int(file.execute("PRAGMA page_count").fetchone()[0])
    finally:
        file.close()


async def _so_far(storm: Storm, part: float) -> None:
    """Until that part of the texts was written."""
    wanted = int(storm.plan.texts * part)

    def written() -> bool:
        if storm.flow.left <= 0:
            storm.flow.let(5)
        return len(storm.there.twilio.inbox) >= wanted

    assert await _until(written), "nothing goes on"


async def _until_ready_is(storm: Storm, status: int) -> None:
    deadline = time.monotonic() + _PATIENCE
    for place in storm.keeper.places:
        while await status_of(f"{place.url}/readyz") != status:
            assert time.monotonic() < deadline, f"{place.part} is not {status}"
            await asyncio.sleep(_LOOK_SECONDS)


async def _until(happened: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + _PATIENCE
    while not happened():
        if time.monotonic() > deadline:
            return False
        await asyncio.sleep(_LOOK_SECONDS)
    return True


def main() -> int:
    asked = argparse.ArgumentParser()
    for name, usual in (("texts", 1000), ("messages", 2000), ("seed", 1)):
        asked.add_argument(f"--{name}", type=int, default=usual)
    given = asked.parse_args()
    wrong = 0
    for name in ("PostgreSQL stopped and started", "the disk full", "the clock an hour wrong"):
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="heard-trouble-")))
            pages, url, trouble = folder / "pages", "", clock_jumps
            pages.write_text(str(ROOM))
            if name.startswith("PostgreSQL"):
                server = stack.enter_context(postgres())
                url, trouble = stack.enter_context(empty_database(server.url)), postgres_goes(server)
            elif name == "the disk full":
                trouble = disk_is_full
            plan = Plan(given.texts, given.messages, 0, given.seed, pages="" if url else str(pages))
            told = asyncio.run(storm(plan, folder, url, trouble))
        print(f"\n{name}")
        tell(told, Console(width=150))
        wrong += bool(told.wrong)
    return min(1, wrong)


if __name__ == "__main__":
    sys.exit(main())
