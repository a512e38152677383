"""Outages: a database that cannot be used is Away, keeps nothing by halves, and is used again when it is back."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, make_url, select
from sqlalchemy.exc import IntegrityError

from storage import postgres, sqlite
from storage.keys import KeyRing
from storage.postgres import Patience, PostgresStore
from storage.prepared import Prepared
from storage.store import Away, Store, Tx, open_store
from storage.types import Id, Sealed
from storage.work import Job, Seat
from tests.storage.gate import Gate

Fresh = Callable[[], AbstractContextManager[str]]
marks = Table(
    "toy_marks",
    MetaData(),
    Column("id", Id, primary_key=True),
    Column("number", Integer, unique=True),
    Column("words", Sealed("toy_marks.words")),
)
ADD = insert(marks)
PREPARED = Prepared(ADD)
NUMBERS = select(marks.c.number).order_by(marks.c.number)


def add(number: int) -> Callable[[Tx], int]:
    def work(tx: Tx) -> int:
        tx.execute(ADD, {"number": number, "words": f"mark {number}"})
        return number

    return work


def add_prepared(number: int) -> Callable[[Tx], None]:
    return lambda tx: PREPARED.run(tx, {"number": number, "words": f"mark {number}"})


def numbers(tx: Tx) -> list[int]:
    return [row.number for row in tx.execute(NUMBERS)]


@pytest.fixture
async def lite(fresh_sqlite: Fresh, keys: KeyRing) -> AsyncIterator[Store]:
    with fresh_sqlite() as url:
        opened = open_store(url, keys)
        await opened.write(marks.create)
        yield opened
        await opened.close()


@pytest.fixture
async def served(fresh_postgres: Fresh, keys: KeyRing) -> AsyncIterator[Store]:
    with fresh_postgres() as url:
        opened = open_store(url, keys)
        await opened.write(marks.create)
        yield opened
        await opened.close()


def nowhere(tmp_path: Path) -> str:
    (tmp_path / "folder.db").mkdir()
    return f"sqlite:///{tmp_path / 'folder.db'}"


def garbage(tmp_path: Path) -> str:
    (tmp_path / "garbage.db").write_bytes(b"this is no database at all, " * 400)
    return f"sqlite:///{tmp_path / 'garbage.db'}"


def no_server(tmp_path: Path) -> str:
    return f"postgresql://postgres@/postgres?host={tmp_path}"


@pytest.mark.parametrize("broken", [nowhere, garbage, no_server])
async def test_a_broken_database_is_away(tmp_path: Path, keys: KeyRing, broken: Callable[[Path], str]) -> None:
    store = open_store(broken(tmp_path), keys)
    outcomes = await asyncio.gather(
        store.write(add(1)), store.write(add(2)), store.read(numbers), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes] == [Away, Away, Away]
    await store.close()


async def test_a_locked_file_is_away_and_comes_back(
    fresh_sqlite: Fresh, keys: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "_SETTINGS", ("busy_timeout = 1", *sqlite._SETTINGS[1:]))
    with fresh_sqlite() as url:
        store = open_store(url, keys)
        await store.write(marks.create)
        other = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Away):
            await store.write(add(1))
        assert await store.read(numbers) == []
        other.execute("ROLLBACK")
        other.close()
        assert await store.write(add(1)) == 1
        await store.close()


async def test_a_full_disk_is_away_and_keeps_nothing(lite: Store) -> None:
    def fill(tx: Tx) -> None:
        tx.exec_driver_sql("PRAGMA max_page_count = 20")
        for number in range(10, 1000):
            tx.execute(ADD, {"number": number, "words": "x" * 1000})

    with pytest.raises(Away):
        await lite.write(fill)
    assert await lite.read(numbers) == []
    assert await lite.write(add(1)) == 1


@pytest.mark.parametrize("adds", [add, add_prepared])
async def test_a_dropped_connection_is_made_again(
    served: Store, postgres_url: str, adds: Callable[[int], Callable[[Tx], object]]
) -> None:
    await asyncio.gather(*(served.write(adds(number)) for number in range(8)))
    with psycopg.connect(postgres_url) as admin:
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'test_%'").fetchall()
    await asyncio.gather(*(served.write(adds(number)) for number in range(8, 16)))
    assert await served.read(numbers) == list(range(16))


@pytest.mark.parametrize("state", ["40001", "40P01"])
async def test_a_conflict_is_tried_again_until_there_is_no_more_time(
    fresh_postgres: Fresh, keys: KeyRing, state: str
) -> None:
    """The waits grow and are never the same twice; here they take no time, and the clock moves by them."""
    runs: list[int] = []
    waits: list[float] = []
    patience = Patience(seconds=5, wait=waits.append, clock=lambda: sum(waits))

    def conflicting_until(run: int) -> Callable[[Tx], None]:
        def work(tx: Tx) -> None:
            runs.append(len(runs))
            add(run)(tx)
            if len(runs) < run:
                tx.exec_driver_sql(f"DO $$ BEGIN RAISE EXCEPTION 'conflict' USING ERRCODE = '{state}'; END $$")

        return work

    with fresh_postgres() as url:
        store = PostgresStore(make_url(url), keys, 2, patience)
        await store.write(marks.create)
        await store.write(conflicting_until(12))
        assert len(runs) == 12
        assert len(set(waits)) == 11
        assert all(wait <= min(0.005 * 2**number, 0.25) for number, wait in enumerate(waits))
        waits.clear()
        with pytest.raises(Away):
            await store.write(conflicting_until(1_000_000))
        assert 5 <= sum(waits) < 5.25
        assert await store.read(numbers) == [12]
        await store.close()


async def test_a_commit_that_may_have_landed_is_not_repeated(served: Store) -> None:
    """The server goes away while it commits: the caller hears Away, and the work does not run a second time."""
    runs: list[int] = []

    def last_words(tx: Tx) -> None:
        runs.append(1)
        add(1)(tx)

    def prepare(tx: Tx) -> None:
        tx.exec_driver_sql(
            "CREATE FUNCTION leave() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$"
        )
        tx.exec_driver_sql(
            "CREATE CONSTRAINT TRIGGER leaving AFTER INSERT ON toy_marks DEFERRABLE INITIALLY DEFERRED "
            "FOR EACH ROW EXECUTE FUNCTION leave()"
        )

    await served.write(prepare)
    with pytest.raises(Away):
        await served.write(last_words)
    assert runs == [1]
    assert await served.read(numbers) == []


async def test_a_server_that_does_not_answer_is_away_for_all_who_wait_at_once(
    keys: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not one after the other, each with a time-out of its own."""
    goes: list[int] = []
    run = postgres._Attempt._run

    def counted(self: postgres._Attempt, seat: Seat, jobs: list[Job[Any]]) -> None:
        goes.append(len(jobs))
        run(self, seat, jobs)

    monkeypatch.setattr(postgres._Attempt, "_run", counted)
    store = open_store("postgresql://postgres@127.0.0.1:9/nobody", keys)
    works = (store.write(add(number)) for number in range(20))
    outcomes = await asyncio.gather(*works, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [Away] * 20
    assert sum(goes) == 20
    await store.close()


async def test_a_work_that_swallows_a_refusal_takes_nobody_with_it(served: Store) -> None:
    def swallows(tx: Tx) -> None:
        with suppress(IntegrityError):
            add(1)(tx)

    await served.write(add(1))
    gate = Gate()
    first = asyncio.create_task(served.write(gate))
    await gate.entered.wait()
    waiting = [asyncio.create_task(served.write(work)) for work in (add(2), swallows, add(3))]
    await asyncio.sleep(0)
    gate.open()
    outcomes = await asyncio.gather(first, *waiting, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes[1:]] == [int, RuntimeError, int]
    assert await served.read(numbers) == [1, 2, 3]


async def test_promise_2_what_was_acknowledged_survives_kill(tmp_path: Path, keys: KeyRing) -> None:
    """A process that writes and prints each acknowledged number is killed: every number it printed is there."""
    keys.save(tmp_path)
    url = f"sqlite:///{tmp_path / 'killed.db'}"
    first = open_store(url, keys)
    await first.write(marks.create)
    await first.close()
    program = Path(__file__).with_name("write_until_killed.py")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, program, url, tmp_path), stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    assert process.stdout is not None
    acknowledged = [int(await process.stdout.readline()) for _ in range(500)]
    process.kill()
    acknowledged += [int(line) for line in (await process.stdout.read()).splitlines(keepends=True) if b"\n" in line]
    await process.wait()
    again = open_store(url, keys)
    kept = await again.read(numbers)
    await again.close()
    assert len(acknowledged) >= 500
    assert set(acknowledged) <= set(kept)
    assert len(kept) == len(set(kept))
