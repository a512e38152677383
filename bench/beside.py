"""Strangers join while a broadcast goes out: 500 texts a second, from when each was due to its answer.

`python -m bench.beside [--members N] [--database postgres]`. Heard has one core: web entry and senders in one process.
The provider, the texts (this file again, as `python -m bench.beside --at PORT`) and PostgreSQL have the other.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import sys
import time
from pathlib import Path

import uvloop

from bench import load
from bench.broadcast import by_day, own_settings, queue, run
from bench.join import CLIENT_CORES, WARM_UP
from bench.paced import working
from bench.sink import Provider, sink

MEMBERS, A_SECOND, SECONDS = 100_000, 500, 20
PACES = (80, 0)  # messages a second: the fastest sender that Twilio has for us, and as fast as it goes


async def beside(folder: Path, url: str, limit: int) -> str:
    """Texts come in at their rate, while the sender has more of the broadcast left than it can send."""
    with sink(CLIENT_CORES) as provider:
        async with by_day(own_settings(folder, url, provider.url, limit)) as house:
            await queue(house)
            async with working(house) as port:
                before, cpu, began = _accepted(provider), time.process_time(), time.perf_counter()
                turns, p50, p99 = await _texts(port)
                seconds = time.perf_counter() - began
                cpu = (time.process_time() - cpu) / seconds
                sent = (_accepted(provider) - before) / seconds
    pace = f"{limit} a second" if limit else "as fast as it goes"
    return f"| {pace} | {turns:,.0f} | {p50:.1f} | {p99:.1f} | {sent:,.0f} | {cpu:.0%} |"


def _accepted(provider: Provider) -> int:
    return int(provider.told()["accepted"])


async def _texts(port: int) -> list[float]:
    """Turns a second, p50 and p99 in milliseconds, as the other process measured them."""
    command = (sys.executable, "-m", "bench.beside", "--at", str(port))
    calling = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    said, _ = await calling.communicate()
    if calling.returncode:
        raise SystemExit("a text was refused")
    return [float(word) for word in said.split()]


def _send(port: int) -> None:
    os.sched_setaffinity(0, CLIENT_CORES)
    uvloop.run(load.run(port, 0, WARM_UP, 4))
    took = uvloop.run(load.steadily(port, A_SECOND, SECONDS))
    print(took.rate, took.p50, took.p99)


def main() -> None:
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("--members", type=int, default=MEMBERS)
    reading.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    reading.add_argument("--at", type=int)
    given = reading.parse_args()
    if given.at is not None:
        _send(given.at)
        return
    os.sched_setaffinity(0, CLIENT_CORES)
    print(f"{platform.machine()}, Python {platform.python_version()}, {given.database}; Heard has one core\n")
    print(f"| broadcast to {given.members:,} | turns a second | p50 ms | p99 ms | sent a second | of one core |")
    print("|---|---|---|---|---|---|")
    for pace in PACES:
        run(given.members, given.database, beside, limit=pace)


if __name__ == "__main__":
    main()
