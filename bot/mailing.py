"""Mailing: everybody whom a broadcast is for gets their row, a few thousand in one work, so that nothing else waits."""

from __future__ import annotations

from functools import partial

from bank import broadcasts
from bot.house import House
from storage import broadcasts as kept

SECONDS = 2
_MOST = 10  # broadcasts in one round


async def queue_all(house: House) -> int:
    """Go on with each broadcast that is due to be queued. Returns in how many works. Raises Away."""
    works = 0
    for broadcast_id in await house.store.read(partial(kept.being_queued, now=house.now(), limit=_MOST)):
        while await house.store.write(partial(broadcasts.queue_more, broadcast_id=broadcast_id, now=house.now())):
            works += 1
            await house.wake()
    return works
