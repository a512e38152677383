"""The store on PostgreSQL: a few threads, each with its own connection, one transaction a work."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Engine, NullPool, create_engine
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from storage.away import sqlstate
from storage.keys import KeyRing
from storage.work import Crew, Job, Queue, Seat, Tx, settle

T = TypeVar("T")

_AGAIN = frozenset({"40001", "40P01"})  # serialization failure, deadlock (PostgreSQL manual, appendix A)
_REPEATABLE_READ, _SERIALIZABLE = 3, 4  # psycopg.IsolationLevel, not imported here: psycopg is for those who use it
_SETTINGS = "-c timezone=UTC -c statement_timeout=30s -c lock_timeout=5s -c idle_in_transaction_session_timeout=5s"


def postgres_engine(url: URL, keys: KeyRing | None) -> Engine:
    """An engine on psycopg 3 for `url`, in UTC, with time-outs: 30 s a statement, 5 s for a lock."""
    arguments = {"options": f"{_SETTINGS} {url.query.get('options', '')}", "connect_timeout": 5}
    engine = create_engine(
        url.set(drivername="postgresql+psycopg").difference_update_query(["options"]),
        poolclass=NullPool,
        hide_parameters=True,
        use_native_hstore=False,
        connect_args=arguments,
    )
    engine.dialect.heard_keys = keys  # type: ignore[attr-defined]  # read by storage.types
    return engine


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a work is tried again when another one was in its way, in seconds, and how it waits meanwhile.

    Before each new try it waits for a random time, up to twice as long as before: works that met once would
    otherwise meet again.
    """

    seconds: float = 5.0
    first_wait: float = 0.005
    longest_wait: float = 0.25
    wait: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic

    def waits(self) -> Iterator[float]:
        """The wait before each new try, until there is no more time."""
        ends_at, longest = self.clock() + self.seconds, self.first_wait
        while self.clock() < ends_at:
            yield random.uniform(0, longest)
            longest = min(2 * longest, self.longest_wait)


class PostgresStore:
    """Works on a PostgreSQL database. All callers share one event loop.

    Writes are serializable, so that a work may be written as if it ran alone, as on SQLite; reads see one moment.
    """

    def __init__(self, url: URL, keys: KeyRing, threads: int, patience: Patience | None = None) -> None:
        self._engine = postgres_engine(url, keys)
        self._patience = patience or Patience()
        self._crew = Crew("store", threads, self._serve)

    def __repr__(self) -> str:
        return "PostgresStore()"

    async def write(self, work: Callable[[Tx], T]) -> T:
        return await self._crew.do(work, reading=False)

    async def read(self, work: Callable[[Tx], T]) -> T:
        return await self._crew.do(work, reading=True)

    async def close(self) -> None:
        await self._crew.close()
        self._engine.dispose()

    def _serve(self, queue: Queue) -> None:
        seat = Seat(self._engine)
        while (job := queue.get()) is not None:
            if not job.future.cancelled():
                _run(seat, job, self._patience)
            settle([job])
        seat.leave()


def _run(seat: Seat, job: Job[Any], patience: Patience) -> None:
    """Run the job in its own transaction, again when PostgreSQL asks for it or an idle connection had gone."""
    waits = patience.waits()
    while (problem := _tried(seat, job)) is not None:
        wait = next(waits, None)
        if wait is None:
            job.failed(problem)
            return
        patience.wait(wait)


def _tried(seat: Seat, job: Job[Any]) -> BaseException | None:
    """One go at it. Returns what went wrong where another may go well."""
    attempt = _Attempt()
    try:
        attempt.run(seat, job)
    except BaseException as problem:  # noqa: BLE001  whatever it is belongs to the caller, and the thread goes on
        lost = isinstance(problem, DBAPIError) and problem.connection_invalidated
        if lost:
            seat.leave()
        if sqlstate(problem) in _AGAIN or (lost and not attempt.committing):
            return problem
        job.failed(problem)
    return None


class _Attempt:
    """One go at a job. Once `committing`, a lost connection leaves it unknown whether the rows landed."""

    committing = False

    def run(self, seat: Seat, job: Job[Any]) -> None:
        tx = seat.take()
        driver: Any = tx.connection.dbapi_connection
        driver.read_only = job.reading
        driver.isolation_level = _REPEATABLE_READ if job.reading else _SERIALIZABLE
        with tx.begin():
            job.result = job.work(tx)
            self.committing = True
