"""Heard in many processes on one PostgreSQL: each does its part, and another takes over from one that is gone."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import aiohttp
import psycopg
import pytest

from bot import jobs, mailing
from storage import dead_letters
from storage.outbox import Priority
from storage.store import Tx
from tests.bank.members import begun
from tests.end_to_end.installation import Installation, installed
from tests.end_to_end.running import HEARD, Running, clean_environment
from tests.end_to_end.test_joining_for_real import ASHA, JOIN, SAID, starts_so

NAMES = count(1)
TO_ALL = "Ashdale Council: the carers' meeting has moved to Oak Hall."
PARTS = ("web", "worker", "worker", "clock", "clock")


@pytest.fixture
def empty_database(postgres_url: str) -> Iterator[str]:
    """A PostgreSQL database without a table."""
    name = f"many_{next(NAMES)}"
    with psycopg.connect(postgres_url, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        yield postgres_url.replace("/postgres?", f"/{name}?")
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def to_everybody(tx: Tx) -> None:
    """As a page would: written down and asked for in one transaction, and queued by one of the workers."""
    now = datetime.now(UTC)
    broadcast_id = begun(tx, {"en": TO_ALL}, now, priority=Priority.SAFETY)  # at any hour of the day
    jobs.ask(tx, mailing.JOB, broadcast_id, now)


@asynccontextmanager
async def all_parts(there: Installation) -> AsyncIterator[list[Running]]:
    """Every part, all started at once."""
    async with AsyncExitStack() as stack:
        starts = (stack.enter_async_context(there.part(name)) for name in PARTS)
        yield list(await asyncio.gather(*starts))


async def holds(process: Running, lease: str) -> bool:
    async with aiohttp.ClientSession() as session, session.get(f"{process.url}/metrics") as answer:
        return re.search(rf'heard_lease_held{{lease="{lease}"}} 1\.0', await answer.text()) is not None


async def holder(processes: Sequence[Running], lease: str, within: float) -> Running:
    """The one of them that holds the lease, once there is one. There are never two."""
    deadline = time.monotonic() + within
    while True:
        found = [process for process in processes if await holds(process, lease)]
        assert len(found) <= 1
        if found:
            return found[0]
        assert time.monotonic() < deadline, lease
        await asyncio.sleep(0.1)


async def test_each_part_alone_and_another_takes_over(tmp_path: Path, empty_database: str) -> None:
    async with installed(tmp_path, HEARD_DATABASE__URL=empty_database) as there, all_parts(there) as parts:
        _web, *others = parts
        workers, clocks = others[:2], others[2:]
        for turn, text in enumerate(JOIN, 1):
            assert (await there.texts(ASHA, text)).status == 200
            await there.got(ASHA, turn)

        async with there.beside() as store:
            await store.write(to_everybody)
        assert (await there.got(ASHA, len(JOIN) + 1))[-1] == TO_ALL

        dead = await holder(workers, "sender:sms", within=1)
        dead.kill()
        (left,) = [worker for worker in workers if worker is not dead]
        assert (await there.texts(ASHA, "HELP")).status == 200
        assert await holder([left], "sender:sms", within=30) is left
        told = await there.got(ASHA, len(JOIN) + 2)
        starts_so(told[: len(SAID)])

        leader = await holder(clocks, "clock", within=1)
        assert await leader.ctrl_c() == 0
        (next_one,) = [clock for clock in clocks if clock is not leader]
        assert await holder([next_one], "clock", within=10) is next_one

        await there.until("sms", ASHA, ["delivered"] * (len(JOIN) + 2))
        assert await there.look(dead_letters.count) == 0
        for process in parts:
            assert ASHA not in process.printed


async def test_parts_on_sqlite_are_refused_in_one_sentence(tmp_path: Path) -> None:
    variables = clean_environment() | {"HEARD_DATA_DIR": str(tmp_path), "HEARD_DEMO": "off"}
    refused = await asyncio.create_subprocess_exec(HEARD, "worker", env=variables, stderr=asyncio.subprocess.PIPE)
    _out, told = await refused.communicate()
    assert refused.returncode == 2
    assert told.decode().startswith("heard web, heard worker and heard clock share a PostgreSQL database")


async def test_a_second_start_on_one_data_folder_is_refused(tmp_path: Path) -> None:
    async with installed(tmp_path) as there, there.running():
        with pytest.raises(AssertionError, match="runs on this data folder already"):
            async with there.part("run"):
                pass
