"""Lists come in by a worker on PostgreSQL and by the clock on SQLite, whoever began them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bank import importing, spreadsheet
from bank.importing import Plan
from bot import mailing, transfers
from bot import settings as settings_file
from bot.house import House, open_house
from storage import transfers as kept
from storage.schema import Record
from storage.store import Tx
from storage.transfers import TransferState
from tests import prepared
from tests.conftest import Fresh

PATIENCE = 20


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    fresh: Fresh = request.getfixturevalue(f"fresh_{request.param}")
    with fresh() as url:
        yield url


@pytest.fixture
async def house(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    prepared.keys().save(tmp_path / "keys")
    monkeypatch.setenv("HEARD_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("HEARD_DATABASE__URL", database_url)
    async with open_house(settings_file.load()) as opened:
        yield opened


async def begun(house: House) -> int:
    """A list whose check was asked for, as the console does."""
    sheet, now = spreadsheet.read(b"Name,Mobile\nAsha,07700 900001\n"), house.now()

    def begin(tx: Tx) -> int:
        row = importing.upload(tx, None, "list.csv", sheet, now)
        importing.begin_check(tx, row, Plan({"name": 0, "number": 1}, "paper", now.date(), "The form", "en"), now)
        transfers.ask(house)(tx, row.id)
        return int(row.id)

    return await house.store.write(begin)


async def stands(house: House, transfer_id: int) -> Record:
    row = await house.store.read(lambda tx: kept.find(tx, transfer_id))
    assert row is not None
    return row


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_a_worker_begins_at_once_and_the_clock_leaves_it_alone(house: House) -> None:
    transfer_id = await begun(house)
    assert await transfers.all_that_wait(house) == 0
    stop = asyncio.Event()
    working = asyncio.create_task(mailing.jobs_of(house).run(stop))
    async with asyncio.timeout(PATIENCE):
        while (await stands(house, transfer_id)).state != TransferState.CHECKED:
            await asyncio.sleep(0.05)
    stop.set()
    await asyncio.wait_for(working, PATIENCE)


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_the_clock_goes_on_with_what_no_worker_goes_on_with(house: House) -> None:
    transfer_id = await begun(house)
    long_ago = house.now() - timedelta(minutes=2)
    await house.store.write(lambda tx: kept.change(tx, transfer_id, {"moved_at": long_ago}))
    assert await transfers.all_that_wait(house) == 1
    assert (await stands(house, transfer_id)).state == TransferState.CHECKED


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_on_sqlite_the_clock_does_it_within_seconds(house: House) -> None:
    transfer_id = await begun(house)
    assert transfers.SECONDS <= 2
    assert await transfers.all_that_wait(house) == 1
    assert (await stands(house, transfer_id)).state == TransferState.CHECKED


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_two_at_once_add_nobody_twice(house: House) -> None:
    transfer_id = await begun(house)
    await transfers.go_on(house, transfer_id)
    row = await stands(house, transfer_id)
    await house.store.write(lambda tx: importing.run(tx, None, row, house.now(), add_perhaps=False))
    await asyncio.gather(*(transfers.go_on(house, transfer_id) for _ in range(4)))
    row = await stands(house, transfer_id)
    assert (row.state, row.report["counts"]["added"]) == (TransferState.DONE, 1)
