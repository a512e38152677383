"""Writes rows from 16 callers and prints each number once its work is acknowledged, until it is killed."""

from __future__ import annotations

import asyncio
import sys
from itertools import count
from pathlib import Path

from sqlalchemy import text

from storage.keys import KeyRing
from storage.store import Tx, open_store

ADD = text("INSERT INTO toy_marks (number) VALUES (:number)")


async def main(url: str, folder: str) -> None:
    store = open_store(url, KeyRing.load(Path(folder)))
    numbers = count()

    async def caller() -> None:
        for number in numbers:

            def work(tx: Tx, number: int = number) -> None:
                tx.execute(ADD, {"number": number})

            await store.write(work)
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()

    await asyncio.gather(*(caller() for _ in range(16)))


asyncio.run(main(sys.argv[1], sys.argv[2]))
