"""Mailing: everybody whom a broadcast is for gets their row, a few thousand in one work, so that nothing else waits.

With PostgreSQL it is a job of the workers. The clock goes on with whatever nobody goes on with; on SQLite, with all.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from bank import broadcasts
from bot import jobs
from bot.house import House
from bot.jobs import Jobs
from storage import broadcasts as kept
from storage.store import Tx

SECONDS = 2
JOB = "mailing"
_MOST = 10  # broadcasts in one round
# So long a job may take to be begun, and to be taken over from a worker that died.
_WITH_JOBS = timedelta(seconds=60)


async def begin(house: House, **given: Any) -> int:
    """Write one message to every member (see bank.broadcasts.begin). Returns its id. Raises ValueError and Away."""

    def work(tx: Tx) -> int:
        broadcast_id = broadcasts.begin(tx, now=house.now(), **given)
        jobs.ask(tx, JOB, broadcast_id, kept.get(tx, broadcast_id).due_at)
        return broadcast_id

    return await house.store.write(work)


def jobs_of(house: House) -> Jobs:
    """The worker for it."""
    return Jobs(house.settings.database_url, {JOB: partial(queue_one, house)})


async def queue_all(house: House) -> int:
    """Go on with each broadcast that is due to be queued. Returns in how many works. Raises Away."""
    waited = timedelta() if house.settings.is_sqlite else _WITH_JOBS
    due = partial(kept.being_queued, now=house.now() - waited, limit=_MOST)
    return sum([await queue_one(house, broadcast_id) for broadcast_id in await house.store.read(due)])


async def queue_one(house: House, broadcast_id: int) -> int:
    """The same for one. Two at once do no harm: each work begins where the last one ended."""
    works = 0
    while await house.store.write(partial(broadcasts.queue_more, broadcast_id=broadcast_id, now=house.now())):
        works += 1
        await house.wake()
    return works
