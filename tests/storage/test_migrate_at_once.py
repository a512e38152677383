"""Six processes bring one database up to date at the same moment: each step is done once, and nobody fails."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from storage import marks, migrate
from storage.keys import KeyRing
from storage.store import make_engine

ROOT = Path(__file__).parents[2]
SIX = "6"
ALL_WELL = "0 0 0 0 0 0\n"
NAMES = count(1)


@pytest.fixture(params=["sqlite", "postgres"])
def nothing_yet(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without a table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'heard.db'}"
        return
    server: str = request.getfixturevalue("postgres_url")
    name = f"at_once_{next(NAMES)}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} STRATEGY file_copy")
        yield server.replace("/postgres?", f"/{name}?")
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def six_at_once(url: str) -> tuple[str, str]:
    """How each ended, and what they said."""
    command = [sys.executable, "-m", "tests.storage.upgrade_at_once", url, str(migrate.VERSIONS), SIX]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout, done.stderr


def first_step(folder: Path) -> Path:
    """The steps of a version that had only the first."""
    steps = folder / "earlier"
    steps.mkdir()
    (step,) = migrate.VERSIONS.glob("0001_*.py")
    shutil.copy(step, steps)
    return steps


def test_on_an_empty_database(nothing_yet: str, keys: KeyRing) -> None:
    assert six_at_once(nothing_yet) == (ALL_WELL, "")
    assert migrate.current(nothing_yet) == migrate.head()
    assert migrate.differences(nothing_yet, keys) == []


def test_on_a_database_of_an_older_version_and_its_rows_stay(nothing_yet: str, keys: KeyRing, tmp_path: Path) -> None:
    migrate.upgrade(nothing_yet, keys, first_step(tmp_path))
    assert migrate.current(nothing_yet) == "0001"
    engine = make_engine(nothing_yet, keys)
    with engine.begin() as tx:
        marks.put(tx, "told us", "before")
    assert six_at_once(nothing_yet) == (ALL_WELL, "")
    assert migrate.current(nothing_yet) == migrate.head()
    assert migrate.differences(nothing_yet, keys) == []
    with engine.begin() as tx:
        assert marks.get(tx, "told us") == "before"
    engine.dispose()
