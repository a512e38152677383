"""Transfers: lists of people that come in, and files that go out, part by part, so that nothing else waits.

With PostgreSQL it is a job of the workers. The clock goes on with whatever nobody goes on with; on SQLite, with all.
Nothing of what is in a file is ever logged.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

import structlog

from bank import exporting, import_check, import_run, importing
from bank.importing import Piece
from bot import jobs
from bot.house import House
from storage import transfers
from storage.schema import Record
from storage.store import Away, Tx
from storage.transfers import TransferKind, TransferState

log = structlog.get_logger()

SECONDS = 2
JOB = "transfer"
_MOST = 10  # in one round
# So long a job may take to be begun, and to be taken over from a worker that died.
_WITH_JOBS = timedelta(seconds=60)
_TRIES = 3

# Is told after each part how many rows are done.
Progress = Callable[[int], None]


def _quietly(_done: int) -> None:
    """Nobody watches."""


def ask(house: House) -> Callable[[Tx, int], None]:
    """What has a worker begin on the row of a transfer, in the transaction that it belongs to."""
    return lambda tx, transfer_id: jobs.ask(tx, JOB, transfer_id, house.now())


async def all_that_wait(house: House) -> int:
    """Go on with each that nobody goes on with. Returns with how many. Raises Away."""
    waited = timedelta() if house.settings.is_sqlite else _WITH_JOBS
    before = house.now() - waited
    found = await house.store.read(lambda tx: transfers.going_on(tx, before, _MOST))
    for transfer_id in found:
        await go_on(house, transfer_id)
    return len(found)


async def go_on(house: House, transfer_id: int, progress: Progress = _quietly) -> None:
    """Do all of it. Two at once do no harm: each part is one transaction, which looks first. Raises Away."""
    row = await house.store.read(lambda tx: transfers.find(tx, transfer_id))
    if row is None or row.state not in {TransferState.CHECKING, TransferState.RUNNING}:
        return
    work: Callable[[], Awaitable[None]] = partial(_run, house, row, progress)
    if row.state == TransferState.CHECKING:
        work = partial(_check, house, row, progress)
    for tried in range(1, _TRIES + 1):
        try:
            await work()
        except Away:
            raise
        except Exception as error:  # noqa: BLE001  its words may be a person's, so only its name is told
            log.error("transfer_failed", transfer=transfer_id, tried=tried, error=type(error).__name__)
        else:
            return
    stuck = exporting.stuck if row.kind == TransferKind.EXPORT else importing.stuck
    await house.store.write(lambda tx: stuck(tx, transfer_id, house.now()))


async def _check(house: House, row: Record, progress: Progress) -> None:
    """Look at a list from its beginning."""
    store, now = house.store, house.now()
    check = importing.check_of(row, now, house.organisation)
    number = 0
    while (piece := await store.read(partial(importing.piece, transfer_id=row.id, number=number))) is not None:
        read = await asyncio.to_thread(check.read, piece.rows)
        met = await store.read(partial(import_check.meet, read=read))
        checked = Piece(piece.rows, check.settle(read, met, now))
        keep = partial(importing.keep_check, row=row, number=number, checked=checked, now=now)
        if not await store.write(keep):
            return
        number += 1
        progress(check.counts["rows"])
    await store.write(partial(importing.end_check, row=row, check=check, now=house.now()))


async def _run(house: House, row: Record, progress: Progress) -> None:
    add = exporting.add_part if row.kind == TransferKind.EXPORT else import_run.add_part

    def work(tx: Tx) -> tuple[bool, int]:
        more = add(tx, row.id, house.now(), house.organisation)
        kept = transfers.find(tx, row.id)
        return more, kept.done if kept is not None else 0

    more = True
    while more:
        more, done = await house.store.write(work)
        progress(done)
