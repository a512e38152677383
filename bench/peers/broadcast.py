"""A broadcast: messages put in a peer's queue, then sent by its worker to an endpoint that accepts everything."""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path

import psutil
import uvloop

from bench.peers.endpoint import Taken, endpoint
from bench.peers.environment import PYTHON
from bench.peers.processes import Failed, cpu, running, said
from bench.peers.row import Row
from bench.peers.stores import Kept, postgres, redis

WORK = "broadcast: queue / send a second"
_STARTING, _SETTLING, _LOOK = 60, 120, 0.01  # seconds


@dataclass(frozen=True)
class Peer:
    """`module` queues; `worker` sends. `deep` says that it is measured with a long queue too."""

    package: str
    what: str
    module: str
    worker: Sequence[str]
    stores: Sequence[Callable[[], AbstractContextManager[Kept]]]
    deep: bool = False


_CELERY = ("celery", "-A")
_QUIET = ("worker", "--loglevel=ERROR")
PEERS = (
    Peer(
        "celery", "on Redis, a task a message", "with_celery", (*_CELERY, "bench.peers.with_celery", *_QUIET), [redis]
    ),
    Peer(
        "celery",
        "on Redis and PostgreSQL in GOV.UK Notify's shape: row, task, status update",
        "with_rows",
        (*_CELERY, "bench.peers.with_rows", *_QUIET),
        [redis, postgres],
    ),
    Peer("dramatiq", "on Redis, a message each", "with_dramatiq", ("dramatiq", "bench.peers.with_dramatiq"), [redis]),
    Peer("pgqueuer", "a job a message", "with_pgqueuer", ("bench.peers.with_pgqueuer", "work"), [postgres], deep=True),
    Peer(
        "procrastinate",
        "a job a message",
        "with_procrastinate",
        ("bench.peers.with_procrastinate", "work"),
        [postgres],
        deep=True,
    ),
)


def measure(peer: Peer, count: int, within: float) -> Row:
    """Sending is watched until the last message, or `within` seconds. Raises Missing; Failed where one is lost."""
    return uvloop.run(_once(peer, count, within))


async def _once(peer: Peer, count: int, within: float) -> Row:
    async with endpoint() as (url, taken):
        stack = ExitStack()
        try:
            stores = [stack.enter_context(store()) for store in peer.stores]
            kept = [store.process for store in stores]
            env = {"ENDPOINT": url, **{name: value for store in stores for name, value in store.env.items()}}
            queue, queueing = _queue(peer, env, kept, count)
            log = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "log"
            worker = stack.enter_context(running([PYTHON, "-m", *peer.worker], log, env))
            rate, sending = await _watch(taken, count, [worker, *kept], within, log)
            if whole := taken.posts >= count:
                await _settle(peer, env, taken, count)
            elif int(await asyncio.to_thread(_say, peer, env, "left")) == 0:
                raise Failed(f"{peer.package}: only {taken.posts} of {count} messages arrived")
        finally:
            await asyncio.to_thread(stack.close)
    note = "" if whole else f" (the first {within:.0f} s)"
    return Row(WORK, f"{peer.package} {peer.what}, {count:,} queued", (queue, rate), queueing + sending, note)


def _queue(peer: Peer, env: Mapping[str, str], stores: Sequence[psutil.Process], count: int) -> tuple[float, float]:
    """Messages queued a second, and seconds of processor time a thousand of them."""
    _say(peer, env, "left")  # makes what it keeps them in
    before = cpu(stores)
    took = json.loads(_say(peer, env, "queue", str(count)))
    return count / took["seconds"], (took["cpu"] + cpu(stores) - before) / count * 1000


def _say(peer: Peer, env: Mapping[str, str], *verb: str) -> str:
    return said([f"bench.peers.{peer.module}", *verb], env)


async def _watch(
    taken: Taken, count: int, processes: Sequence[psutil.Process], within: float, log: Path
) -> tuple[float, float]:
    """Messages a second from the first to the last, and seconds of processor time a thousand of them."""
    if not await _until(taken, 1, _STARTING):
        raise Failed(f"nothing was sent\n{await asyncio.to_thread(log.read_text)}")
    first, spent, began = taken.posts, cpu(processes), time.perf_counter()
    await _until(taken, count, within)
    sent, seconds, spent = taken.posts - first, time.perf_counter() - began, cpu(processes) - spent
    return sent / seconds, spent / sent * 1000


async def _until(taken: Taken, posts: int, seconds: float) -> bool:
    deadline = time.perf_counter() + seconds
    while taken.posts < posts and time.perf_counter() < deadline:  # noqa: ASYNC110  an event would slow each post
        await asyncio.sleep(_LOOK)
    return taken.posts >= posts


async def _settle(peer: Peer, env: Mapping[str, str], taken: Taken, count: int) -> None:
    """Until the peer itself says that nothing is left. Everybody has one message by then, and nobody two."""
    deadline = time.monotonic() + _SETTLING
    while left := int(await asyncio.to_thread(_say, peer, env, "left")):
        if time.monotonic() > deadline:
            raise Failed(f"{peer.package}: {left} of {count} are not over, though all were sent")
        await asyncio.sleep(_LOOK)
    if (taken.posts, len(taken.people)) != (count, count):
        raise Failed(f"{peer.package}: {taken.posts} messages for {len(taken.people)} of {count} people")
