"""The store on PostgreSQL: one thread writes, waiting works share a commit, others read; each has its connection."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, NullPool, create_engine
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from storage.away import sqlstate
from storage.keys import KeyRing
from storage.work import Job, OneWriter, Seat, settle

# Serialization failure, deadlock, a prepared statement whose table has another shape since (PostgreSQL's manual,
# appendix A).
_AGAIN = frozenset({"40001", "40P01", "0A000"})
_IN_ERROR = 3  # libpq's PQTRANS_INERROR
_REPEATABLE_READ, _SERIALIZABLE = 3, 4  # psycopg.IsolationLevel, not imported here: psycopg is for those who use it
_SETTINGS = "-c timezone=UTC -c statement_timeout=30s -c lock_timeout=5s -c idle_in_transaction_session_timeout=5s"

# It tells there how it tidies up after an error, which we are told of besides.
logging.getLogger("psycopg").setLevel(logging.ERROR)


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
    engine.dialect.heard_prepared = {}  # type: ignore[attr-defined]  # filled by storage.prepared
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


class PostgresStore(OneWriter):
    """Works on a PostgreSQL database.

    Writes are serializable, so that a work may be written as if it ran alone, as on SQLite; reads see one moment. Works
    of one process that wrote side by side would keep each other from it.
    """

    def __init__(self, url: URL, keys: KeyRing, readers: int, patience: Patience | None = None) -> None:
        self._patience = patience or Patience()
        super().__init__(postgres_engine(url, keys), readers)

    async def forget(self) -> None:
        """Vacuum does it, and whoever keeps the archive."""

    def _seat(self, *, reading: bool) -> Seat:  # noqa: ARG002  each transaction says which it is
        return Seat(self._engine)

    def _run(self, seat: Seat, jobs: list[Job[Any]]) -> None:
        _run(seat, jobs, self._patience)


def _run(seat: Seat, jobs: list[Job[Any]], patience: Patience) -> bool:
    """Run the jobs in one transaction; a single one again when PostgreSQL asks for it or an idle connection had gone.

    If one of several fails none has had an effect, and each runs in its own. False where no connection can be had.
    """
    waits = patience.waits()
    while (attempt := _Attempt(seat, jobs)).problem is not None:
        if len(jobs) > 1 and attempt.begun and not attempt.unsure:
            return _run_each(seat, jobs, patience)
        wait = next(waits, None) if attempt.may_go_well_again else None
        if wait is None:
            for job in jobs:
                job.failed(attempt.problem)
            return attempt.begun
        patience.wait(wait)
    return True


def _run_each(seat: Seat, jobs: list[Job[Any]], patience: Patience) -> bool:
    """Each in its own transaction; its caller need not wait for the others."""
    for place, job in enumerate(jobs):
        if not _run(seat, [job], patience):
            for other in jobs[place:]:
                other.problem = job.problem
            return False
        settle([job])
    return True


class _Attempt:
    """One go at some jobs, and the `problem` with it.

    `begun`: there was a connection. `unsure`: it was lost while it committed, so that nobody knows whether rows landed.
    """

    def __init__(self, seat: Seat, jobs: list[Job[Any]]) -> None:
        self.problem: BaseException | None = None
        self.begun = self._committing = self._lost = False
        try:
            self._run(seat, jobs)
        except BaseException as problem:  # noqa: BLE001  whatever it is belongs to the caller, and the thread goes on
            self.problem = problem
            self._lost = isinstance(problem, DBAPIError) and problem.connection_invalidated
        if self._lost:
            seat.leave()

    @property
    def unsure(self) -> bool:
        return self._lost and self._committing

    @property
    def may_go_well_again(self) -> bool:
        return (self._lost and not self._committing) or (self.problem is not None and sqlstate(self.problem) in _AGAIN)

    def _run(self, seat: Seat, jobs: list[Job[Any]]) -> None:
        tx = seat.take()
        self.begun = True
        driver: Any = tx.connection.dbapi_connection
        reading = jobs[0].reading
        driver.read_only = reading
        driver.isolation_level = _REPEATABLE_READ if reading else _SERIALIZABLE
        with tx.begin():
            for job in jobs:
                if not job.future.cancelled():
                    job.result = job.work(tx)
            if driver.pgconn.transaction_status == _IN_ERROR:  # it would answer COMMIT with ROLLBACK, and no error
                raise RuntimeError("a work went on after PostgreSQL had refused a statement")
            self._committing = True
