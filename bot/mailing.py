"""Mailing: everybody whom a broadcast is for gets their row, a few thousand in one work, so that nothing else waits.

With PostgreSQL it is a job of the workers. The clock goes on with whatever nobody goes on with; on SQLite, with all.
What is cancelled is taken back in the same way.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from bank import broadcasts
from bot import jobs, transfers
from bot.house import House
from bot.jobs import Jobs, Work
from storage import broadcasts as kept
from storage.store import Tx

SECONDS = 2
JOB = "mailing"
_MOST = 10  # broadcasts in one round
# So long a job may take to be begun, and to be taken over from a worker that died. What is let go on a page has none.
_WITH_JOBS = timedelta(seconds=20)


def ask(tx: Tx, broadcast_id: int) -> None:
    """Ask the workers to go on with it when it is due."""
    jobs.ask(tx, JOB, broadcast_id, kept.get(tx, broadcast_id).due_at)


def jobs_of(house: House) -> Jobs:
    """The worker for it, and for lists that come in or go out."""
    works: dict[str, Work] = {JOB: partial(queue_one, house), transfers.JOB: partial(transfers.go_on, house)}
    return Jobs(house.settings.database_url, works)


async def queue_all(house: House) -> int:
    """Go on with each broadcast that is due to be queued, or was cancelled. Returns in how many works. Raises Away."""
    waited = timedelta() if house.settings.is_sqlite else _WITH_JOBS
    due = partial(kept.being_queued, now=house.now() - waited, limit=_MOST)
    works = sum([await queue_one(house, broadcast_id) for broadcast_id in await house.store.read(due)])
    canceled = await house.store.read(partial(kept.being_canceled, limit=_MOST))
    return works + sum([await _take_back(house, broadcast_id) for broadcast_id in canceled])


async def queue_one(house: House, broadcast_id: int) -> int:
    """The same for one. Two at once do no harm: each work begins where the last one ended."""
    works = 0
    while await house.store.write(lambda tx: broadcasts.queue_more(tx, broadcast_id, house.now(), house.organisation)):
        works += 1
        await house.wake()
    return works


async def _take_back(house: House, broadcast_id: int) -> int:
    works = 1
    while await house.store.write(lambda tx: broadcasts.cancel(tx, broadcast_id, house.now())):
        works += 1
    return works
