"""How long the console's pages take at the server with 50,000 people and 1,000,000 messages, on both databases.

`python -m bench.pages [PEOPLE MESSAGES]`. The time is that of the whole request in one process: the session, the work,
the template. Beside it stands the least there is: a page that reads nothing.
"""

from __future__ import annotations

import asyncio
import platform
import re
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from statistics import quantiles

import httpx

from bank import sign_in
from bank.tokens import token
from bench import crowd
from bench.postgres import database
from bench.server import settings
from bot import web
from bot.house import House, open_house
from console.door import COOKIE
from storage import staff
from storage.staff import Role, StaffState
from storage.store import Tx

HOST = "https://heard.test"
TIMES = 60
_LINK = re.compile(r'href="(/(?:inbox|people|questions|tasks)/[\w-]{16})"')


async def measured(ask: Callable[[], Awaitable[httpx.Response]]) -> tuple[float, float]:
    """Median and 95th percentile in milliseconds."""
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        answer = await ask()
        took.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, (answer.url, answer.status_code)
    cuts = quantiles(took, n=20)
    return cuts[9], cuts[18]


@asynccontextmanager
async def signed_in(house: House) -> AsyncIterator[httpx.AsyncClient]:
    now = house.now()

    def hire(tx: Tx) -> str:
        row = staff.add(
            tx, token=token(), name="Sam Field", login="sam", state=StaffState.ACTIVE, last_step=0, created_at=now
        )
        staff.give(tx, row.id, list(Role))
        return sign_in.come_in(tx, row.id, now)

    session = await house.store.write(hire)
    transport = httpx.ASGITransport(web.app(house))
    async with httpx.AsyncClient(transport=transport, base_url=HOST, cookies={COOKIE: session}) as client:
        yield client


async def pages(house: House) -> list[tuple[str, float, float]]:
    """Each page with its median and 95th percentile."""
    async with signed_in(house) as client:
        asked = {"the least: a page that reads nothing": "/accessibility"}
        asked |= {path: path for path in ("/", "/inbox", "/inbox?show=all", "/people", "/questions", "/tasks")}
        for path in ("/inbox?show=all", "/people", "/tasks"):
            if found := _LINK.search((await client.get(path)).text):
                asked[f"{found[1].rpartition('/')[0]}/…"] = found[1]
        return [(name, *await measured(partial(client.get, path))) for name, path in asked.items()]


async def run(name: str, url: str, folder: Path, people: int, messages: int) -> None:
    async with open_house(settings(folder, "http://127.0.0.1:9", url)) as house:
        began = time.perf_counter()
        await crowd.gather(house.store, people, messages)
        print(f"\n{name}: {people:,} people, {messages:,} messages (filled in {time.perf_counter() - began:.0f} s)\n")
        print("| page | p50 ms | p95 ms |\n|---|---|---|")
        for path, middle, high in await pages(house):
            print(f"| {path} | {middle:.1f} | {high:.1f} |", flush=True)


def main() -> None:
    people, messages = (int(given) for given in sys.argv[1:3]) if len(sys.argv) > 2 else (crowd.PEOPLE, crowd.MESSAGES)
    print(f"{platform.machine()}, Python {platform.python_version()}")
    for name, kind in (("SQLite", "sqlite"), ("PostgreSQL", "postgres")):
        with tempfile.TemporaryDirectory() as folder, database(Path(folder), kind) as url:
            asyncio.run(run(name, url, Path(folder), people, messages))


if __name__ == "__main__":
    main()
