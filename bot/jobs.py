"""Large jobs between processes: the only door to procrastinate. See docs/decisions/0011.

A job is asked for in the transaction of whatever it is about, and names one row. It must bear being begun twice: a
process that was frozen may come back. On SQLite, with its one process, nothing is asked: the clock does it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

import procrastinate
import structlog

from storage.store import Tx

log = structlog.get_logger()

Work = Callable[[int], Awaitable[object]]

_BEAT, _STALLED, _POLL, _GRACE = 5.0, 15.0, 2.0, 8.0  # seconds
_TRIES = procrastinate.RetryStrategy(max_attempts=5, wait=5)

# It asks on the connection that it is given, and is never opened.
_asker = procrastinate.App(connector=procrastinate.SyncPsycopgConnector())


def ask(tx: Tx, name: str, row_id: int, due_at: datetime) -> None:
    """Ask for this job at that time: it is there when, and only when, this transaction commits."""
    if tx.dialect.name != "postgresql":
        return
    driver: Any = tx.connection.driver_connection
    _asker.configure_task(name, lock=f"{name}:{row_id}", schedule_at=due_at, connection=driver).defer(row_id=row_id)


class Jobs:
    """A worker for few, large jobs. `works` is by name; each is given the row that its job names."""

    def __init__(self, url: str, works: Mapping[str, Work]) -> None:
        logging.getLogger("procrastinate").setLevel(logging.ERROR)  # it logs each job
        self._app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=url, min_size=1, max_size=3))
        for name, work in works.items():
            self._app.task(name=name, retry=_TRIES)(_named(work))

    async def run(self, stop: asyncio.Event) -> None:
        """Work until told to stop, whatever becomes of the database."""
        while not stop.is_set():
            try:
                await self._until(stop)
            except Exception as error:  # noqa: BLE001  the next try may go well, and the others must go on
                log.warning("jobs_away", error=_first(error))
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), 1)

    async def _until(self, stop: asyncio.Event) -> None:
        async with self._app.open_async(), asyncio.TaskGroup() as together:
            working = together.create_task(self._work())
            rescuing = together.create_task(self._rescue())
            stopping = together.create_task(stop.wait())
            await asyncio.wait({working, rescuing, stopping}, return_when=asyncio.FIRST_COMPLETED)
            for task in (working, rescuing, stopping):
                task.cancel()

    async def _work(self) -> None:
        await self._app.run_worker_async(
            fetch_job_polling_interval=_POLL,
            update_heartbeat_interval=_BEAT,
            stalled_worker_timeout=_STALLED,
            shutdown_graceful_timeout=_GRACE,
            install_signal_handlers=False,
            delete_jobs="successful",
        )

    async def _rescue(self) -> None:
        """The jobs of workers that fell silent go back: the library leaves that to its user."""
        while True:
            await asyncio.sleep(_BEAT)
            for job in await self._app.job_manager.get_stalled_jobs(seconds_since_heartbeat=_STALLED):
                log.info("job_taken_over", job=job.task_name)
                await self._app.job_manager.retry_job(job)


def _named(work: Work) -> Work:
    """The library hands a job's values over by name."""

    async def run(row_id: int) -> None:
        await work(row_id)

    return run


def _first(error: BaseException) -> str:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return type(error).__name__
