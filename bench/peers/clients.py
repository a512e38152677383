"""HTTP clients alone against the endpoint that accepts everything: what a sender could do that did nothing else."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass

import uvloop

from bench.peers.endpoint import endpoint
from bench.peers.processes import Failed, said
from bench.peers.row import Row

WORK = "HTTP client alone: sends a second"


@dataclass(frozen=True)
class Client:
    """`times` is how many more than the slowest it sends, so that it takes about as long."""

    package: str
    what: str
    command: Sequence[str]
    times: int = 1


CLIENTS = (
    Client("twilio", "sync", ("with_twilio", "sync")),
    Client("twilio", "async, 64 at once", ("with_twilio", "async"), 2),
    Client("aiohttp", "64 at once", ("with_aiohttp",), 4),
    Client("pycurl", "multi, 64 at once", ("with_pycurl",), 10),
)


def measure(client: Client, count: int) -> Row:
    """Raises Failed where a message did not arrive."""
    return uvloop.run(_once(client, count * client.times))


async def _once(client: Client, count: int) -> Row:
    async with endpoint() as (url, taken):
        command = [f"bench.peers.{client.command[0]}", *client.command[1:], str(count)]
        took = json.loads(await asyncio.to_thread(said, command, {"ENDPOINT": url}))
    if len(taken.people) != count or taken.posts < count:
        raise Failed(f"{client.package}: {len(taken.people)} of {count} messages arrived")
    return Row(WORK, f"{client.package} {client.what}", (count / took["seconds"],), took["cpu"] / count * 1000)
