"""What both stores are made of: a work waiting for its turn, the threads that take turns, a thread's connection."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Engine

from storage.away import Away, seen

T = TypeVar("T")
Tx = Connection  # an open transaction


class Job(Generic[T]):
    """One work, the future its caller waits on, and what became of it."""

    __slots__ = ("future", "problem", "reading", "result", "work")

    def __init__(self, work: Callable[[Tx], T], future: asyncio.Future[T], *, reading: bool) -> None:
        self.work = work
        self.future = future
        self.reading = reading
        self.result: T
        self.problem: BaseException | None = None

    def failed(self, problem: BaseException) -> None:
        # A future refuses StopIteration, and its caller would wait for ever.
        self.problem = (
            RuntimeError("a work raised StopIteration") if isinstance(problem, StopIteration) else seen(problem)
        )


Queue = SimpleQueue["Job[Any] | None"]  # None asks one thread to stop
_GROUP = 64  # works that may share a commit


def _waiting(queue: Queue) -> list[Job[Any]]:
    """The works that wait now, at least one and at most a group; none when asked to stop."""
    jobs: list[Job[Any]] = []
    job = queue.get()
    while job is not None:
        jobs.append(job)
        if len(jobs) == _GROUP or queue.empty():
            return jobs
        job = queue.get()
    if jobs:
        queue.put(None)  # stop next time
    return jobs


def settle(jobs: Sequence[Job[Any]]) -> None:
    """Hand every outcome to its caller with one call into the event loop, which all of them share."""
    with suppress(RuntimeError):  # the loop has closed, so nobody is waiting
        jobs[0].future.get_loop().call_soon_threadsafe(_deliver, jobs)


def _deliver(jobs: Sequence[Job[Any]]) -> None:
    for job in jobs:
        if job.future.done():  # its caller was cancelled
            continue
        if job.problem is None:
            job.future.set_result(job.result)
        else:
            job.future.set_exception(job.problem)


class Crew:
    """Threads that serve one queue. `serve(queue)` runs in each until it takes a None."""

    def __init__(self, name: str, threads: int, serve: Callable[[Queue], None]) -> None:
        self._queue: Queue = SimpleQueue()
        self._closed = False
        self._threads = [Thread(target=serve, args=(self._queue,), name=name, daemon=True) for _ in range(threads)]
        for thread in self._threads:
            thread.start()

    async def do(self, work: Callable[[Tx], T], *, reading: bool) -> T:
        """Run `work` on a thread and give its result, or raise what it raised."""
        if self._closed:
            raise Away("the store is closed")
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._queue.put(Job(work, future, reading=reading))
        return await future

    async def close(self) -> None:
        """Finish everything that is waiting, then stop."""
        if not self._closed:
            self._closed = True
            for _ in self._threads:
                self._queue.put(None)
        for thread in self._threads:
            await asyncio.to_thread(thread.join)


class OneWriter(ABC):
    """A store: one thread writes, and waiting works share a commit; others read. All callers share one event loop."""

    def __init__(self, engine: Engine, readers: int) -> None:
        self._engine = engine
        self._writer = Crew("store-write", 1, self._serve_writes)
        self._readers = Crew("store-read", readers, self._serve_reads)

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"

    async def write(self, work: Callable[[Tx], T]) -> T:
        return await self._writer.do(work, reading=False)

    async def read(self, work: Callable[[Tx], T]) -> T:
        return await self._readers.do(work, reading=True)

    async def close(self) -> None:
        await self._writer.close()
        await self._readers.close()
        self._engine.dispose()

    @abstractmethod
    def _seat(self, *, reading: bool) -> Seat:
        """A connection for one thread."""

    @abstractmethod
    def _run(self, seat: Seat, jobs: list[Job[Any]]) -> None:
        """Run works that share a transaction, all of them writing, or a single one that reads."""

    def _serve_writes(self, queue: Queue) -> None:
        seat = self._seat(reading=False)
        while jobs := _waiting(queue):
            self._run(seat, jobs)
            settle(jobs)
        seat.leave()

    def _serve_reads(self, queue: Queue) -> None:
        seat = self._seat(reading=True)
        while (job := queue.get()) is not None:
            self._run(seat, [job])
            settle([job])
        seat.leave()


class Seat:
    """One thread's connection: opened when first needed, given up when it has failed."""

    def __init__(self, engine: Engine, prepare: Callable[[Connection], None] = lambda _: None) -> None:
        self._engine = engine
        self._prepare = prepare
        self._connection: Connection | None = None

    def take(self) -> Connection:
        if self._connection is None:
            connection = self._engine.connect()
            try:
                self._prepare(connection)
            except BaseException:
                connection.close()
                raise
            self._connection = connection
        return self._connection

    def leave(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(Exception):  # it may be broken already; it is being given up
                connection.close()
