"""Heard as those see it who look after it: its parts, its heartbeat, and the terminal beside it."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import aiohttp
import pytest

from bank import running
from bank.running import Running as HowItRuns
from bot.now import Now
from storage.store import Tx
from tests.bank.ashdale import ASHDALE
from tests.bot.test_heartbeat import Outside
from tests.bot.test_heartbeat import outside as outside  # a fixture
from tests.end_to_end.installation import PATIENCE, Installation, installed
from tests.end_to_end.running import HEARD, clean_environment
from tests.end_to_end.test_many_processes import all_parts
from tests.end_to_end.test_many_processes import empty_database as empty_database  # a fixture

PARTS = ("database", "web", "Texts (SMS)", "WhatsApp", "Telegram", "clock")


@pytest.fixture
def in_the_foreground() -> Iterator[None]:
    """A check that a shell started in the background ignores Ctrl-C, and so would what it starts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


async def until(found: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not found():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.1)


async def lines(url: str) -> list[str]:
    """What /readyz says, once it is ready."""
    async with aiohttp.ClientSession() as session, session.get(f"{url}/readyz") as answer:
        assert answer.status == 200
        return (await answer.text()).splitlines()


async def how_it_runs(there: Installation) -> HowItRuns:
    def look(tx: Tx) -> HowItRuns:
        return running.look(tx, Now()(), ASHDALE)

    found: HowItRuns = await there.look(look)
    return found


@pytest.mark.usefixtures("in_the_foreground")
async def test_it_calls_outside_and_a_terminal_beside_it_only_reads(tmp_path: Path, outside: Outside) -> None:
    async with (
        installed(tmp_path, HEARD_WATCH__HEARTBEAT_URL=outside.url) as there,
        there.running() as one,
    ):
        ready, *parts = await lines(one.url)
        assert ready == "ready"
        assert tuple(line.partition(":")[0] for line in parts) == PARTS
        around = clean_environment() | there.variables | {"COLUMNS": "200"}
        beside = await asyncio.create_subprocess_exec(
            HEARD, "status", "--watch", env=around, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
        )
        assert beside.stdout is not None
        told = await asyncio.wait_for(beside.stdout.readuntil(b"last hour"), PATIENCE)
        os.kill(beside.pid, signal.SIGINT)
        _out, complaints = await asyncio.wait_for(beside.communicate(), PATIENCE)
        assert (beside.returncode, complaints) == (0, b"")
        assert "web, worker, clock" in told.decode()
        await until(lambda: outside.calls == ["GET /a-secret-name"])
        assert "a-secret-name" not in one.printed
        assert (await how_it_runs(there)).wrongs == []
        await one.ctrl_c()
        assert (await how_it_runs(there)).processes == [], "it took its row with it"


async def test_each_part_is_ready_for_itself_and_sees_the_others(tmp_path: Path, empty_database: str) -> None:
    async with installed(tmp_path, HEARD_DATABASE__URL=empty_database) as there, all_parts(there) as parts:
        web, *workers, one, two = [set(await lines(part.url)) for part in parts]
        assert "web: what comes in is kept" in web
        assert not any("sends" in line or "ticks" in line for line in web)
        for sender in ("Texts (SMS)", "WhatsApp", "Telegram"):
            lines_of = sorted(line for worker in workers for line in worker if line.startswith(sender))
            assert lines_of == [f"{sender}: another process sends", f"{sender}: this process sends"]
        assert not any("sends" in line for line in one | two)
        deadline = time.monotonic() + PATIENCE
        while (found := await how_it_runs(there)).wrongs or len(found.processes) < len(parts):
            assert time.monotonic() < deadline, found
            await asyncio.sleep(0.1)
        assert sorted(one.parts for one in found.processes) == [
            ("clock",),
            ("clock",),
            ("web",),
            ("worker",),
            ("worker",),
        ]
