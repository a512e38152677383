"""The pace of one sender, as its provider sees it, while status callbacks come in at the same process."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import uvicorn
from sqlalchemy import select, update

from bench.sink import Provider
from bot import web
from bot.house import House
from storage.outbox import OutState, messages_out
from storage.store import Tx

LIMITS = (10, 30, 80)  # a second
CALLBACKS = 240  # a second: each message of the fastest sender has three
SECONDS = 15


@dataclass(frozen=True, slots=True)
class Kept:
    """The share of the limit that was reached, the most in any second, callbacks a second, share of one core used."""

    share: float
    busiest: int
    callbacks: float
    cpu: float


@asynccontextmanager
async def working(house: House) -> AsyncIterator[int]:
    """The web entry and the senders of this house, in this process. The port at which it is called."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = uvicorn.Config(web.app(house), port=port, log_config=None, access_log=False, lifespan="off")
    server, stop = uvicorn.Server(config), asyncio.Event()
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110  it has no event for it
        await asyncio.sleep(0.01)
    sending = [asyncio.create_task(sender.run(stop)) for sender in house.senders.values()]
    yield port
    stop.set()
    await asyncio.gather(*sending)
    server.should_exit = True
    await serving


async def paced(house: House, provider: Provider, limit: int) -> Kept:
    """Send for some seconds. Every callback must be answered 2xx."""
    tokens = await house.store.write(_went_before)
    async with working(house) as port:
        began = time.process_time()
        answered = await _called_back(port, tokens)
        cpu = time.process_time() - began
    told = provider.told()
    first, last = told["times"]
    return Kept((told["accepted"] - 1) / (last - first) / limit, told["busiest"], answered / SECONDS, cpu / SECONDS)


def _went_before(tx: Tx) -> list[str]:
    """What the crowd was sent before, as if the provider had just taken it: callbacks bring each forward."""
    before = messages_out.c.broadcast_id.is_(None)
    tx.execute(update(messages_out).where(before).values(state=OutState.ACCEPTED))
    return list(tx.execute(select(messages_out.c.token).where(before)).scalars())


async def _called_back(port: int, tokens: list[str]) -> int:
    """How many callbacks were answered, all of them 2xx."""
    command = (sys.executable, "-m", "bench.callbacks", str(port), str(CALLBACKS), str(SECONDS))
    calling = await asyncio.create_subprocess_exec(*command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    said, _ = await calling.communicate("\n".join(tokens).encode())
    if calling.returncode:
        raise SystemExit("a callback was refused")
    return int(said)
