"""Heard as it is run: a process of its own, started by the README's command, spoken to only as others would."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from bot.settings import ROOT
from tests.forked import Forked, Life

START_SECONDS, STOP_SECONDS = 60.0, 10.0
HEARD = str(Path(sys.executable).with_name("heard"))


Begin = Callable[[Mapping[str, str], Path], Life]


def forked(part: str = "run") -> Begin:
    """`heard <part>`, its libraries imported already."""
    return lambda variables, output: Forked(part, variables, output)


def by(command: Sequence[str]) -> Begin:
    """Begun by this command, as anybody would."""

    def begin(variables: Mapping[str, str], output: Path) -> Life:
        with output.open("w", encoding="utf-8") as written:
            return subprocess.Popen(
                command, cwd=ROOT, env=variables, stdout=written, stderr=subprocess.STDOUT, start_new_session=True
            )

    return begin


def start_command() -> list[str]:
    """`make run` where the set-up is done; making it anew is not these tests' business."""
    done = subprocess.run(["make", "-q", ".venv/ready"], cwd=ROOT, capture_output=True, check=False).returncode == 0
    return ["make", "run"] if done and Path(HEARD).parent == ROOT / ".venv" / "bin" else [HEARD, "run"]


@dataclass
class Running:
    """One start. `ready_after` is how many seconds it took until /readyz said so."""

    process: Life
    url: str
    ready_after: float
    output: Path

    def kill(self) -> None:
        """As a power cut would: no goodbye."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(STOP_SECONDS)

    async def ctrl_c(self) -> int:
        """What the terminal does: every process in the foreground gets it. The exit code, once all have gone."""
        os.killpg(self.process.pid, signal.SIGINT)
        return await asyncio.to_thread(self.process.wait, STOP_SECONDS)

    @property
    def printed(self) -> str:
        return self.output.read_text(encoding="utf-8")


@asynccontextmanager
async def running(variables: Mapping[str, str], folder: Path, begin: Begin | None = None) -> AsyncIterator[Running]:
    """Heard with these variables, ready; killed at the end if it has not gone by itself."""
    output = folder / f"output-{time.monotonic_ns()}"
    url = f"http://127.0.0.1:{variables['HEARD_PORT']}"
    began = time.monotonic()
    process = (begin or forked())(clean_environment() | dict(variables), output)
    started = Running(process, url, 0.0, output)
    try:
        await _until_ready(started)
        started.ready_after = time.monotonic() - began
        yield started
    finally:
        if process.poll() is None:
            started.kill()


def clean_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("HEARD_")}


def heard(variables: Mapping[str, str], *arguments: str) -> str:
    """What a command prints; it must end well."""
    done = subprocess.run(
        [HEARD, *arguments],
        cwd=ROOT,
        env=clean_environment() | dict(variables) | {"COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


async def status_of(url: str) -> int:
    """The status of an answer, 0 where there is none."""
    try:
        async with aiohttp.ClientSession() as session, session.get(url) as answer:
            return answer.status
    except aiohttp.ClientError:
        return 0


async def _until_ready(started: Running) -> None:
    deadline = time.monotonic() + START_SECONDS
    while await status_of(f"{started.url}/readyz") != 200:
        assert started.process.poll() is None, started.printed
        assert time.monotonic() < deadline, started.printed
        await asyncio.sleep(0.02)
