"""Heard in a process that is forked from one that has imported what it needs: most of a start is importing.

For tests of what Heard does once it runs. What a start itself does is tested with the command that people give.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from multiprocessing import get_context
from pathlib import Path
from typing import Protocol

from bot.command import main

# Nothing of `bot` but its command: a process gives itself a name when it imports bot.lease, and no two may share one.
_IMPORTED = [
    "bank.upkeep",
    "bot.command",
    "channels.telegram.adapter",
    "channels.telegram.polling",
    "channels.twilio",
    "console.app",
    "language.learned.guess",
    "prometheus_client",
    "psycopg",
    "starlette.applications",
    "storage.bell",
    "storage.migrate",
    "tests.forked",
    "uvicorn",
    "uvloop",
]
Prepare = Callable[[Mapping[str, str]], None]


class Life(Protocol):
    """One process while it lasts."""

    @property
    def pid(self) -> int: ...
    def poll(self) -> int | None: ...
    def send_signal(self, number: int, /) -> None: ...
    def kill(self) -> None: ...
    def wait(self, timeout: float | None = None) -> int: ...


def as_is(variables: Mapping[str, str]) -> None:
    """Nothing is otherwise than in life."""


class Forked:
    """`heard <part>` with these variables; `prepare` is called in it first. It leads a session of its own."""

    def __init__(self, part: str, variables: Mapping[str, str], output: Path, prepare: Prepare = as_is) -> None:
        context = get_context("forkserver")
        context.set_forkserver_preload(_IMPORTED)
        self._process = context.Process(target=_be, args=(part, dict(variables), str(output), prepare), daemon=True)
        self._process.start()

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def poll(self) -> int | None:
        return self._process.exitcode

    def send_signal(self, number: int, /) -> None:
        os.kill(self.pid, number)

    def kill(self) -> None:
        self._process.kill()

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired("heard", timeout or 0.0)
        return self._process.exitcode


def _be(part: str, variables: Mapping[str, str], output: str, prepare: Prepare) -> None:
    """Be Heard from now on."""
    os.setsid()
    written = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(written, 1)
    os.dup2(written, 2)
    os.environ.clear()
    os.environ.update(variables)
    sys.argv = ["heard", part]
    prepare(variables)
    main()
