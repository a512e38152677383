"""The store on PostgreSQL: a few threads, each with its own connection, one transaction a work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Engine, NullPool, create_engine
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from storage.away import sqlstate
from storage.keys import KeyRing
from storage.work import Crew, Job, Queue, Seat, Tx, settle

T = TypeVar("T")

_AGAIN = frozenset({"40001", "40P01"})  # serialization failure, deadlock (PostgreSQL manual, appendix A)
_TRIES = 4
_REPEATABLE_READ, _SERIALIZABLE = 3, 4  # psycopg.IsolationLevel, not imported here: psycopg is for those who use it
_SETTINGS = "-c timezone=UTC -c statement_timeout=30s -c lock_timeout=5s -c idle_in_transaction_session_timeout=60s"


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


class PostgresStore:
    """Works on a PostgreSQL database. All callers share one event loop.

    Writes are serializable, so that a work may be written as if it ran alone, as on SQLite; reads see one moment.
    """

    def __init__(self, url: URL, keys: KeyRing, threads: int) -> None:
        self._engine = postgres_engine(url, keys)
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
                _run(seat, job)
            settle([job])
        seat.leave()


def _run(seat: Seat, job: Job[Any]) -> None:
    """Run the job in its own transaction, again when PostgreSQL asks for it or an idle connection had gone."""
    for tries_left in reversed(range(_TRIES)):
        attempt = _Attempt()
        try:
            attempt.run(seat, job)
        except BaseException as problem:  # noqa: BLE001  whatever it is belongs to the caller, and the thread goes on
            lost = isinstance(problem, DBAPIError) and problem.connection_invalidated
            if lost:
                seat.leave()
            if not tries_left or not (sqlstate(problem) in _AGAIN or (lost and not attempt.committing)):
                job.failed(problem)
                return
        else:
            return


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
