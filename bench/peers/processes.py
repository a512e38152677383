"""The peers' processes: each starts on the server's core, and so do those that it starts; what they cost is counted."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from bench.join import SERVER_CORE
from bench.peers.environment import PYTHON

ROOT = Path(__file__).parents[2]
_STARTING, _STOPPING = 60, 30  # seconds
_QUIET = {"PYTHONWARNINGS": "ignore"}


class Failed(Exception):
    """A peer did not do its work to the end."""


@contextmanager
def on_the_servers_core() -> Iterator[None]:
    """What is started inside runs on that core, and its children too."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, SERVER_CORE)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@contextmanager
def running(command: Sequence[str | Path], log: Path, env: Mapping[str, str], **more: Any) -> Iterator[psutil.Process]:
    """A process until the end of the block; what it says goes to the file `log`."""
    with log.open("ab") as said, on_the_servers_core():
        process = psutil.Popen(
            command,
            stdout=said,
            stderr=said,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **_QUIET, **env},
            **{"cwd": ROOT} | more,
        )
    try:
        yield process
    finally:
        _stop(process)


def _stop(process: psutil.Process) -> None:
    """Asked first; those that stay are killed, it and its children."""
    try:
        family = [process, *process.children(recursive=True)]
        process.terminate()
    except psutil.NoSuchProcess:
        return
    _gone, stayed = psutil.wait_procs(family, _STOPPING)
    for one in stayed:
        one.kill()
    psutil.wait_procs(stayed, _STOPPING)


def wait_for(port: int, process: psutil.Process, log: Path) -> None:
    """Until something answers there. Raises Failed with the last that it said where it ends before."""
    deadline = time.monotonic() + _STARTING
    while time.monotonic() < deadline and process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
        with socket.socket() as knocking:
            if knocking.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise Failed(f"a peer did not start: \n{log.read_text()[-2000:]}")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def cpu(processes: Sequence[psutil.Process]) -> float:
    """Seconds of processor time so far, of these, of all that they started, and of those that ended meanwhile."""
    total = 0.0
    for process in processes:
        for one in (process, *process.children(recursive=True)):
            try:
                total += sum(one.cpu_times()[:4])
            except psutil.NoSuchProcess:
                continue  # its parent has its time now
    return total


def said(arguments: Sequence[str], env: Mapping[str, str]) -> str:
    """What one of the peers' modules prints, run to its end. Raises Failed where it fails."""
    with on_the_servers_core():
        process = subprocess.Popen(
            [PYTHON, "-m", *arguments], env={**os.environ, **_QUIET, **env}, cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
    printed, _ = process.communicate()
    if process.returncode:
        raise Failed(f"{' '.join(arguments)} ended with {process.returncode}")
    return printed
