"""aiohttp's client as a peer, alone: `NUMBER`, many at once."""

from __future__ import annotations

import sys

import aiohttp

from bench.peers import message
from bench.peers.at_once import at_once
from bench.peers.measured import warm_and_report

_HEADERS = {"Content-Type": "application/x-www-form-urlencoded"}


async def many(count: int) -> None:
    async with aiohttp.ClientSession() as session:

        async def send(number: int) -> None:
            async with session.post(message.URL, data=message.body(number), headers=_HEADERS) as answer:
                assert answer.status == 201
                await answer.read()

        await at_once(send, count)


if __name__ == "__main__":
    warm_and_report(many, int(sys.argv[1]))
