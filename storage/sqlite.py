"""The store on SQLite: one thread writes, waiting works share a commit, two threads read."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, create_engine
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError

from storage.away import Away, seen
from storage.keys import KeyRing
from storage.work import Job, OneWriter, Seat, settle

_READERS = 2
_SETTINGS = (
    "busy_timeout = 5000",  # milliseconds
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",  # what is erased is overwritten, not only forgotten
    "temp_store = MEMORY",
    "cache_size = -8000",  # KiB, for each of three connections
    "wal_autocheckpoint = 4000",  # pages of 4 KiB
    "journal_size_limit = 67108864",  # bytes
)


def sqlite_engine(url: URL, keys: KeyRing | None) -> Engine:
    """An engine for the file that `url` names; its folder is made when missing. Raises ValueError without a file."""
    if not url.database or url.database == ":memory:":
        raise ValueError("a SQLite database needs a file: sqlite:///path/to/heard.db")
    Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    # Without an isolation level the driver leaves BEGIN to us.
    arguments = {"isolation_level": None, "check_same_thread": False}
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True, connect_args=arguments)
    engine.dialect.heard_keys = keys  # type: ignore[attr-defined]  # read by storage.types
    engine.dialect.heard_prepared = {}  # type: ignore[attr-defined]  # filled by storage.prepared
    return engine


def settled(connection: Connection) -> None:
    """Set a new connection up: write-ahead log, every commit on disk, foreign keys, 5 s patience."""
    for setting in _SETTINGS:
        connection.exec_driver_sql(f"PRAGMA {setting}")
    connection.rollback()


def _read_only(connection: Connection) -> None:
    settled(connection)
    connection.exec_driver_sql("PRAGMA query_only = ON")
    connection.rollback()


class SqliteStore(OneWriter):
    """Works on one SQLite file."""

    def __init__(self, url: URL, keys: KeyRing) -> None:
        super().__init__(sqlite_engine(url, keys), _READERS)

    async def forget(self) -> None:
        """Empty the write-ahead log, which keeps pages as they were; where somebody reads just now, the next time."""
        await asyncio.to_thread(self._empty_log)

    def _empty_log(self) -> None:
        try:
            with self._engine.connect() as connection:
                settled(connection)
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        except OperationalError as error:
            raise seen(error) from error

    def _seat(self, *, reading: bool) -> Seat:
        return Seat(self._engine, _read_only if reading else settled)

    def _run(self, seat: Seat, jobs: list[Job[Any]]) -> None:
        _run(seat, jobs, "BEGIN" if jobs[0].reading else "BEGIN IMMEDIATE")


def _run(seat: Seat, jobs: list[Job[Any]], begin: str) -> None:
    """Run the jobs in one transaction. If one fails none has had an effect, and each runs again in its own."""
    begun = False
    try:
        tx = seat.take()
        with tx.begin():
            tx.exec_driver_sql(begin)
            begun = True
            for job in jobs:
                if not job.future.cancelled():
                    job.result = job.work(tx)
    except BaseException as problem:  # noqa: BLE001  whatever it is belongs to the caller, and the thread goes on
        if begun and len(jobs) > 1:
            for job in jobs:
                _run(seat, [job], begin)
                settle([job])
            return
        for job in jobs:
            job.failed(problem)
        if isinstance(jobs[0].problem, Away):
            seat.leave()
