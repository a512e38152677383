"""Large jobs on PostgreSQL: asked for in the transaction they belong to, done once, taken over from who died."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import psycopg
import pytest

from bot import jobs
from storage.keys import KeyRing
from storage.store import Store, Tx, open_store
from tests.conftest import Fresh

PATIENCE = 20
NOW = datetime.now(UTC)


@pytest.fixture
def url(fresh_postgres: Fresh) -> Iterator[str]:
    with fresh_postgres() as url:
        yield url


@pytest.fixture
async def store(url: str, keys: KeyRing) -> AsyncIterator[Store]:
    opened = open_store(url, keys)
    yield opened
    await opened.close()


@asynccontextmanager
async def working(url: str, work: jobs.Work) -> AsyncIterator[None]:
    stop = asyncio.Event()
    running = asyncio.create_task(jobs.Jobs(url, {"count": work}).run(stop))
    yield
    stop.set()
    await asyncio.wait_for(running, PATIENCE)


def waiting(url: str) -> list[tuple[str, str]]:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT task_name, status::text FROM procrastinate_jobs ORDER BY id").fetchall()


async def test_a_job_is_there_when_its_transaction_commits_and_only_then(store: Store, url: str) -> None:
    def fails(tx: Tx) -> None:
        jobs.ask(tx, "count", 1, NOW)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await store.write(fails)
    assert waiting(url) == []
    await store.write(lambda tx: jobs.ask(tx, "count", 2, NOW))
    assert waiting(url) == [("count", "todo")]


async def test_a_job_is_done_once_and_gone(store: Store, url: str) -> None:
    done: list[int] = []
    finished = asyncio.Event()

    async def count(row_id: int) -> None:
        done.append(row_id)
        if len(done) == 3:
            finished.set()

    for row_id in (1, 2, 3):
        await store.write(lambda tx, one=row_id: jobs.ask(tx, "count", one, NOW))  # type: ignore[misc]
    async with working(url, count):
        await asyncio.wait_for(finished.wait(), PATIENCE)
    assert sorted(done) == [1, 2, 3]
    assert waiting(url) == []


async def test_a_job_that_fails_is_tried_again(store: Store, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[int] = []
    finished = asyncio.Event()

    async def fails_once(row_id: int) -> None:
        tries.append(row_id)
        if len(tries) == 1:
            raise ZeroDivisionError
        finished.set()

    monkeypatch.setattr(jobs, "_TRIES", jobs.procrastinate.RetryStrategy(max_attempts=5, wait=0))
    await store.write(lambda tx: jobs.ask(tx, "count", 7, NOW))
    async with working(url, fails_once):
        await asyncio.wait_for(finished.wait(), PATIENCE)
    assert tries == [7, 7]


async def test_the_job_of_a_worker_that_died_is_taken_over(
    store: Store, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    finished = asyncio.Event()

    async def count(_row_id: int) -> None:
        finished.set()

    await store.write(lambda tx: jobs.ask(tx, "count", 9, NOW))
    with psycopg.connect(url) as gone:  # a worker took it, and was never heard of again
        worker = gone.execute("SELECT * FROM procrastinate_register_worker_v1()").fetchone()
        assert worker is not None
        gone.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
        gone.execute("SELECT * FROM procrastinate_fetch_job_v2(NULL, %s)", [worker[0]])
    assert waiting(url) == [("count", "doing")]
    monkeypatch.setattr(jobs, "_BEAT", 0.1)
    async with working(url, count):
        await asyncio.wait_for(finished.wait(), PATIENCE)
    assert waiting(url) == []
