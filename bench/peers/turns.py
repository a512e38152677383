"""Inbound turns: a conversation of four texts, one state a person, over when the next question has been answered.

The load hands updates over as lines of JSON, and the answers come to an endpoint beside it; a turn ends when the peer
says so, after it has kept what it keeps. No web server and no signature stand in the peers' way, only in the limit's.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

import psutil
import uvloop

from bench import join, load
from bench.load import SAYS
from bench.peers.endpoint import Taken, endpoint
from bench.peers.environment import NODE_ROOM, PYTHON, node
from bench.peers.processes import Failed, cpu, free_port, running, wait_for
from bench.peers.row import Row
from bench.peers.stores import postgres

WORK = "inbound turns a second, 1 / 16 at a time"
SLOTS = (1, 16)
PEERS = {
    "as shipped, not durable": "python-telegram-bot",
    "persistence flushed each turn": "python-telegram-bot",
    "conversations on SQLite FULL": "grammy",
    "conversations on PostgreSQL": "grammy",
}
_WARM_UP = 25  # people


def limit(people: int) -> Row:
    """The limit of `bench.join`: signature, and a shared commit on SQLite FULL."""
    done = [_bare(people, at_once) for at_once in SLOTS]
    return Row(WORK, "limit: signature and shared commit only", tuple(rate for rate, _cpu in done), done[1][1])


def _bare(people: int, at_once: int) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder, join.server("bare", Path(folder)) as (port, process):
        uvloop.run(load.run(port, 0, _WARM_UP, at_once))
        before = cpu([process])
        done = uvloop.run(load.run(port, _WARM_UP, people, at_once))
        return done.rate, (cpu([process]) - before) / done.turns * 1000


def measure(how: str, people: int) -> Row:
    """One peer, on a fresh store for each load. Raises Failed where an answer is missing."""
    done = [uvloop.run(_once(how, people, at_once)) for at_once in SLOTS]
    return Row(WORK, f"{PEERS[how]} {how}", tuple(rate for rate, _cpu in done), done[1][1])


async def _once(how: str, people: int, at_once: int) -> tuple[float, float]:
    """Turns a second, and seconds of processor time a thousand."""
    async with endpoint() as (url, taken):
        stack = ExitStack()
        try:
            port, processes = await _bot(how, url, stack)
            await _load(port, range(_WARM_UP), at_once)
            before = cpu(processes)
            began = time.perf_counter()
            await _load(port, range(_WARM_UP, _WARM_UP + people), at_once)
            took, turns = time.perf_counter() - began, people * len(SAYS)
            spent = cpu(processes) - before
        finally:
            await asyncio.to_thread(stack.close)
    _check(taken, people + _WARM_UP)
    return turns / took, spent / turns * 1000


async def _bot(how: str, url: str, stack: ExitStack) -> tuple[int, list[psutil.Process]]:
    """Where it listens, and its processes. It may ask the endpoint who it is before it listens."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    stores = [stack.enter_context(postgres())] if how == "conversations on PostgreSQL" else []
    port, log = free_port(), folder / "log"
    telegram: list[str | Path] = [PYTHON, "-m", "bench.peers.with_telegram", str(port)]
    grammy: list[str | Path] = [node(), "--disable-warning=ExperimentalWarning", NODE_ROOM / "grammy.js", str(port)]
    command = {
        "as shipped, not durable": telegram,
        "persistence flushed each turn": [*telegram, folder / "conversations"],
        "conversations on SQLite FULL": [*grammy, "sqlite", folder / "conversations.db"],
        "conversations on PostgreSQL": [*grammy, "postgres"],
    }[how]
    env = {"ENDPOINT": url, **{name: value for store in stores for name, value in store.env.items()}}
    process = stack.enter_context(running(command, log, env))
    await asyncio.to_thread(wait_for, port, process, log)
    return port, [process, *(store.process for store in stores)]


async def _load(port: int, people: range, at_once: int) -> None:
    waiting = list(people)
    await asyncio.gather(*(_carry(port, waiting) for _ in range(at_once)))


async def _carry(port: int, waiting: list[int]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while waiting:
        person = waiting.pop()
        for turn in range(len(SAYS)):
            writer.write(json.dumps(update(person, turn)).encode() + b"\n")
            if await reader.readline() != b"\n":
                raise Failed("a peer ended in the middle of a turn")
    writer.close()


def update(person: int, turn: int) -> Mapping[str, object]:
    """A person's n-th text, as Telegram hands it over."""
    who = {"id": person + 1_000_000, "first_name": "Asha"}
    message = {
        "message_id": turn + 1,
        "date": int(time.time()),
        "chat": {**who, "type": "private"},
        "from": {**who, "is_bot": False, "language_code": "en"},
        "text": SAYS[turn],
    }
    return {"update_id": person * len(SAYS) + turn + 1, "message": message}


def _check(taken: Taken, people: int) -> None:
    """Everybody was asked each question once, and thanked by name."""
    whole = [said for said in taken.chats.values() if len(said) == len(SAYS) and SAYS[-1] in said[-1]]
    if len(whole) != people or len(taken.chats) != people:
        raise Failed(f"only {len(whole)} of {people} conversations came to their end")
