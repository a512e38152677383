"""Durable join turns a second, beside the bare signed endpoint with shared commits, in one run.

`python -m bench.join [--database postgres]`. PostgreSQL itself works on the core of the load.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import uvloop

from bench import fill, load
from bench.postgres import database
from channels.fakes.book import Book
from channels.fakes.twilio import FakeTwilio

_CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, CLIENT_CORES = {_CORES[0]}, set(_CORES[1:]) or {_CORES[0]}
WARM_UP, STRANGERS = 100, 1500
CONVERSATIONS = 100_000
_NOBODY = "http://127.0.0.1:9"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. CPU is milliseconds of the server a turn; memory is megabytes resident."""

    what: str
    at_once: int
    measured: load.Measured
    cpu: float
    memory: float


@contextmanager
def server(
    which: str, folder: Path, provider_url: str = _NOBODY, url: str = ""
) -> Iterator[tuple[int, psutil.Process]]:
    """A server process on one core of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-m", "bench.server", which, str(port), str(folder), provider_url, url])
    try:
        os.sched_setaffinity(process.pid, SERVER_CORE)
        _wait_until_open(port, process)
        yield port, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(20)


def _wait_until_open(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as knocking:
            if knocking.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit("the server did not start")


def measure(what: str, which: str, at_once: int, kind: str, provider_url: str = _NOBODY) -> Row:
    with (
        tempfile.TemporaryDirectory() as folder,
        database(Path(folder), kind) as url,
        server(which, Path(folder), provider_url, url) as (port, process),
    ):
        uvloop.run(load.run(port, 0, WARM_UP, at_once))
        before = process.cpu_times()
        measured = uvloop.run(load.run(port, WARM_UP, STRANGERS, at_once))
        after = process.cpu_times()
        cpu = (after.user + after.system - before.user - before.system) * 1000 / measured.turns
        return Row(what, at_once, measured, cpu, _memory(process))


def _memory(process: psutil.Process) -> float:
    return process.memory_info().rss / 1e6


def memory(conversations: int) -> float:
    """Resident megabytes of a fresh server with that many open conversations in its store, after a few turns."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        asyncio.run(fill.fill(folder, conversations))
        with server("heard", folder) as (port, process):
            uvloop.run(load.run(port, 5_000_000, 200, 4))
            return _memory(process)


async def _with_provider(rows: list[Row], kind: str) -> None:
    """Heard with its senders, and a provider that accepts everything, in this process on the other core."""
    provider = FakeTwilio("AC" + "0" * 32, "bench-token", book=Book(keep=100))
    url = await provider.start()
    try:
        rows.append(await asyncio.to_thread(measure, "everything in one process", "everything", 16, kind, url))
    finally:
        await provider.stop()


def main() -> None:
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    kind = reading.parse_args().database
    os.sched_setaffinity(0, CLIENT_CORES)
    rows = [
        measure("limit: signature and shared commit only", "bare", 16, "sqlite"),
        measure("Heard", "heard", 1, kind),
        measure("Heard", "heard", 16, kind),
    ]
    asyncio.run(_with_provider(rows, kind))
    about = f"{platform.machine()}, {len(_CORES)} cores, Python {platform.python_version()}"
    print(f"{about}, {kind}; the server has one core\n")
    print("| what | at once | turns/s | p50 ms | p99 ms | CPU ms a turn | MB |")
    print("|---|---|---|---|---|---|---|")
    for row in rows:
        took = row.measured
        print(
            f"| {row.what} | {row.at_once} | {took.rate:,.0f} | {took.p50:.1f} | {took.p99:.1f} "
            f"| {row.cpu:.2f} | {row.memory:.0f} |"
        )
    if kind != "sqlite":
        return
    at_rest, full = memory(0), memory(CONVERSATIONS)
    print(f"\nMemory at rest {at_rest:.0f} MB; with {CONVERSATIONS:,} open conversations {full:.0f} MB.")


if __name__ == "__main__":
    main()
