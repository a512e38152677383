"""A broadcast, from the list of members to the provider: queued, then sent by the real sender; and the pace it keeps.

`python -m bench.broadcast [--messages N ...] [--queued N ...] [--database postgres]`. Heard has one core; the other has
the provider, which accepts everything (bench/sink.py), the callbacks (bench/callbacks.py) and PostgreSQL. Each line is
measured in a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import argparse
import logging
import os
import platform
import resource
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import structlog
import uvloop

from bank import broadcasts, rota
from bank.tokens import token
from bench import crowd
from bench.join import CLIENT_CORES, SERVER_CORE
from bench.paced import LIMITS, Kept, paced
from bench.postgres import database
from bench.server import settings
from bench.sink import sink
from bot.house import House, open_house
from bot.now import MovableNow
from bot.settings import Settings
from storage import broadcasts as kept
from storage.outbox import Priority

MESSAGES = (10_000, 100_000)
_WORDS = "Ashdale Council: a meeting for carers is on Tuesday 24 November at 2pm. Will you come? Reply 1 for yes."
_NOBODY = "http://127.0.0.1:9"


def own_settings(folder: Path, url: str, provider: str, per_second: float = 0) -> Settings:
    made = settings(folder, provider, url)
    sms = made.sender.sms.model_copy(update={"per_second": per_second})
    return made.model_copy(update={"sender": made.sender.model_copy(update={"sms": sms})})


@asynccontextmanager
async def by_day(own: Settings) -> AsyncIterator[House]:
    """The house at an hour at which a broadcast may go, and two hours later too."""
    now = MovableNow()
    async with open_house(own, now) as house:
        while not all(rota.may_text(now() + timedelta(hours=hours), house.organisation) for hours in range(3)):
            now.move(timedelta(hours=1))
        yield house


async def fill(folder: Path, url: str, members: int, told_before: bool) -> None:
    """Members, each with a message of theirs and one of ours where they were told something before."""
    async with by_day(own_settings(folder, url, _NOBODY)) as house:
        await crowd.gather(house.store, members, 2 * members if told_before else 0)


async def queue(house: House) -> None:
    """Give every member their row."""
    now = house.now()
    made = {"words": {"en": _WORDS}, "priority": Priority.BULK, "due_at": now, "created_at": now}
    begun = await house.store.write(lambda tx: kept.add(tx, token=token(), **made))
    whose = house.organisation
    while await house.store.write(partial(broadcasts.queue_more, broadcast_id=begun, now=now, organisation=whose)):
        pass


async def queueing(folder: Path, url: str, count: int) -> str:
    async with by_day(own_settings(folder, url, _NOBODY)) as house:
        took, cpu = await _timed(queue(house))
    return f"| queue | {count:,} | {count / took:,.0f} | {cpu / count * 1e6:.0f} | {took:.1f} | {_memory():.0f} |"


async def sending(folder: Path, url: str, count: int) -> str:
    """What `queueing` left."""
    with sink(CLIENT_CORES) as provider:
        async with by_day(own_settings(folder, url, provider.url)) as house:
            took, cpu = await _timed(house.drain())
        assert provider.told()["accepted"] == count
    return f"| send | {count:,} | {count / took:,.0f} | {cpu / count * 1e6:.0f} | {took:.1f} | {_memory():.0f} |"


async def pacing(folder: Path, url: str, limit: int) -> str:
    """Messages queued for longer than it is watched, at this sender's limit, with callbacks coming in."""
    with sink(CLIENT_CORES) as provider:
        async with by_day(own_settings(folder, url, provider.url, limit)) as house:
            await queue(house)
            kept: Kept = await paced(house, provider, limit)
    return f"| {limit} | {kept.share:.1%} | {kept.busiest} | {kept.callbacks:,.0f} | {kept.cpu:.1%} |"


async def _timed(work: Any) -> tuple[float, float]:
    """Seconds by the wall, and of processor time of all our threads."""
    began, cpu = time.perf_counter(), time.process_time()
    await work
    return time.perf_counter() - began, time.process_time() - cpu


def _memory() -> float:
    """The most that this process held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _alone(work: Callable[..., Any], *given: Any) -> Any:
    """Do it in a new process on Heard's core."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(_there, work, *given).result()


def _there(work: Callable[..., Any], *given: Any) -> Any:
    os.sched_setaffinity(0, SERVER_CORE)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    return uvloop.run(work(*given))


def run(members: int, kind: str, *works: Callable[..., Any], limit: int | None = None) -> None:
    """Each work in turn on one fresh database with so many members; each line as it comes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with database(folder, kind) as url:
            _alone(fill, folder, url, members, limit is not None)
            for work in works:
                print(_alone(work, folder, url, members if limit is None else limit), flush=True)


def main() -> None:
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("--messages", type=int, nargs="*", default=MESSAGES)
    reading.add_argument("--queued", type=int, nargs="*", default=())
    reading.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    given = reading.parse_args()
    os.sched_setaffinity(0, CLIENT_CORES)
    print(f"{platform.machine()}, Python {platform.python_version()}, {given.database}; Heard has one core\n")
    print("| what | messages | a second | CPU µs each | seconds | most MiB |\n|---|---|---|---|---|---|")
    for count in given.messages:
        run(count, given.database, queueing, sending)
    for count in given.queued:
        run(count, given.database, queueing)
    print("\n| limit a second | of it reached | most in any second | callbacks a second | of one core |")
    print("|---|---|---|---|---|")
    for limit in LIMITS:
        run(limit * 20 + 1000, given.database, pacing, limit=limit)


if __name__ == "__main__":
    main()
