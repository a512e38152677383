"""The keys of an installation: one ring for all that start at once, and never another installation's."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from bot.keys import WrongKeys, keys_in, prove
from storage.keys import FILE, KeyRing
from storage.store import open_store


def test_processes_that_start_at_once_have_one_ring(tmp_path: Path) -> None:
    for turn in range(20):
        folder = tmp_path / str(turn)
        together = Barrier(4)

        def starts(folder: Path = folder, together: Barrier = together) -> KeyRing:
            together.wait()
            return keys_in(folder)

        with ThreadPoolExecutor(4) as several:
            made = [each.result() for each in [several.submit(starts) for _ in range(4)]]
        assert made == [KeyRing.load(folder)] * 4
        assert [path.name for path in folder.iterdir()] == [FILE]


async def test_of_two_installations_that_start_at_once_one_is_refused(database_url: str) -> None:
    two = [open_store(database_url, KeyRing.ephemeral()) for _ in range(2)]
    outcomes = await asyncio.gather(*(prove(store) for store in two), return_exceptions=True)
    for store in two:
        await store.close()
    assert [type(outcome) for outcome in outcomes if outcome] == [WrongKeys]
