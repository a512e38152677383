"""Many sends under way, as many as the peers are allowed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from bench.peers import message


async def at_once(send: Callable[[int], Awaitable[None]], count: int) -> None:
    numbers = iter(range(count))

    async def one_after_the_other() -> None:
        for number in numbers:
            await send(number)

    await asyncio.gather(*(one_after_the_other() for _ in range(message.AT_ONCE)))
