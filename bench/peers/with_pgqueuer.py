"""pgqueuer as a peer: a job a message, on PostgreSQL. `queue NUMBER`, `left`, `work`."""

from __future__ import annotations

import sys

import aiohttp
import asyncpg
import uvloop
from pgqueuer import PgQueuer
from pgqueuer.db import AsyncpgDriver
from pgqueuer.models import Job
from pgqueuer.queries import Queries

from bench.peers import message
from bench.peers.measured import main

_AT_A_TIME = 100  # jobs that a worker takes
_HEADERS = {"Content-Type": "application/x-www-form-urlencoded"}


async def queue(count: int) -> None:
    connection = await asyncpg.connect()
    queries = Queries(AsyncpgDriver(connection))
    for first in range(0, count, message.BATCH):
        numbers = range(first, min(first + message.BATCH, count))
        await queries.enqueue(["send"] * len(numbers), [b"%d" % number for number in numbers], [0] * len(numbers))
    await connection.close()


async def left() -> int:
    """Jobs that are not over. Makes the tables where there are none."""
    connection = await asyncpg.connect()
    queries = Queries(AsyncpgDriver(connection))
    if not await queries.schema_is_installed():
        await queries.install()
    waiting = await connection.fetchval("SELECT count(*) FROM pgqueuer")
    await connection.close()
    return int(waiting)


async def work() -> None:
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=message.AT_ONCE)) as session:
        queuer = PgQueuer(AsyncpgDriver(await asyncpg.connect()))

        @queuer.entrypoint("send")
        async def send(job: Job) -> None:
            assert job.payload
            body = message.body(int(job.payload))
            async with session.post(message.URL, data=body, headers=_HEADERS) as answer:
                assert answer.status == 201
                await answer.read()

        await queuer.run(batch_size=_AT_A_TIME, max_concurrent_tasks=2 * _AT_A_TIME)


if __name__ == "__main__":
    if sys.argv[1] == "work":
        uvloop.run(work())
    else:
        main(queue, left)
