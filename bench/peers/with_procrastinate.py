"""procrastinate as a peer: a job a message, on PostgreSQL. `queue NUMBER`, `left`, `work`."""

from __future__ import annotations

import logging
import sys

import aiohttp
import psycopg
import uvloop
from procrastinate import App, PsycopgConnector

from bench.peers import message
from bench.peers.measured import main

_HEADERS = {"Content-Type": "application/x-www-form-urlencoded"}
_AT_ONCE = 16  # jobs of a worker; each takes a connection to finish
logging.getLogger("procrastinate.blueprints").setLevel(logging.ERROR)  # that this is the main module is on purpose
app = App(connector=PsycopgConnector(conninfo="", min_size=_AT_ONCE, max_size=_AT_ONCE))
_sessions: list[aiohttp.ClientSession] = []


@app.task(name="send")
async def send(number: int) -> None:
    async with _sessions[0].post(message.URL, data=message.body(number), headers=_HEADERS) as answer:
        assert answer.status == 201
        await answer.read()


async def queue(count: int) -> None:
    async with app.open_async():
        for first in range(0, count, message.BATCH):
            numbers = range(first, min(first + message.BATCH, count))
            await send.batch_defer_async(*({"number": number} for number in numbers))


async def left() -> int:
    """Jobs that are not over. Makes the tables where there are none."""
    async with app.open_async(), await psycopg.AsyncConnection.connect() as connection:
        made = await (await connection.execute("SELECT to_regclass('procrastinate_jobs')")).fetchone()
        assert made
        if made[0] is None:
            await app.schema_manager.apply_schema_async()
        waiting = "SELECT count(*) FROM procrastinate_jobs WHERE status <> 'succeeded'"
        row = await (await connection.execute(waiting)).fetchone()
        assert row
        return int(row[0])


async def work() -> None:
    async with aiohttp.ClientSession() as session, app.open_async():
        _sessions.append(session)
        await app.run_worker_async(concurrency=_AT_ONCE)


if __name__ == "__main__":
    if sys.argv[1] == "work":
        uvloop.run(work())
    else:
        main(queue, left)
