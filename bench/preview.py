"""How long it takes to see whom a message for many would reach: 100,000 members, on both databases.

`python -m bench.preview [MEMBERS]`. Beside it stands the least there is: counting the rows of people.
"""

from __future__ import annotations

import asyncio
import platform
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import Table, func, insert, select, update

from bank import audience
from bank.audience import Preview, Rule
from bank.tokens import token
from bench import crowd
from bench.postgres import database
from bench.server import settings
from bot.house import House, open_house
from storage.addresses import addresses
from storage.consents import Purpose, consents
from storage.interests import InterestKind, interests
from storage.outbox import OutState, Priority, messages_out
from storage.people import people
from storage.store import Tx

MEMBERS, TIMES = 100_000, 9
_MOST_MS = 1000
_BATCH = 5_000
RULES = {
    "every member": None,
    "two topics or one, in ten districts": Rule(
        topics=("home_care", "money"), districts=tuple(f"AS{number}" for number in range(10))
    ),
    "a topic, never asked, by text, but not one district": Rule(
        topics=("money",), channels=("sms",), never_asked=True, without=Rule(districts=("AS3",))
    ),
}


async def gather(house: House, members: int) -> None:
    """The crowd, and what a rule asks of it: agreements, districts, topics, and what went to them this week."""
    await crowd.gather(house.store, members, 0)
    chance = random.Random(11)
    for start in range(1, members + 1, _BATCH):
        ids = range(start, min(start + _BATCH, members + 1))
        await house.store.write(partial(_more, ids=ids, chance=chance))
    await house.store.write(_looked_at_anew)


def _more(tx: Tx, ids: range, chance: random.Random) -> None:
    now = datetime.now(UTC)
    for number in range(20):
        some = [id_ for id_ in ids if id_ % 20 == number]
        tx.execute(update(people).where(people.c.id.in_(some)).values(district=f"AS{number}"))
    tx.execute(
        update(addresses).where(addresses.c.id.in_([id_ for id_ in ids if id_ % 4 == 0])).values(channel="telegram")
    )
    entries = ((id_, purpose) for id_ in ids for purpose in (Purpose.BANK, Purpose.MESSAGES))
    _put(tx, consents, [_entry(id_, purpose, now) for id_, purpose in entries])
    chosen = ((id_, code) for id_ in ids for code in ("home_care", "money") if chance.random() < 0.5)
    _put(tx, interests, [{"person_id": id_, "kind": InterestKind.TOPIC, "code": code} for id_, code in chosen])
    _put(tx, messages_out, [_sent(id_, now) for id_ in ids if id_ % 3 == 0])


def _entry(id_: int, purpose: Purpose, now: datetime) -> dict[str, Any]:
    own = {"person_id": id_, "address_id": id_, "purpose": purpose, "given": True}
    return own | {"words": "OK?", "language": "en", "at": now}


def _sent(id_: int, now: datetime) -> dict[str, Any]:
    """What nobody asked for, and went to them this week."""
    then = now - timedelta(days=id_ % 7)
    own = {"token": token(), "address_id": id_, "person_id": id_, "sender": "sms", "priority": Priority.BULK}
    times = {"due_at": then, "claimed_at": then, "settled_at": then, "created_at": then}
    return own | {"wording": "broadcast.text", "language": "en", "state": OutState.DELIVERED} | times


def _put(tx: Tx, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        tx.execute(insert(table), rows)


def _looked_at_anew(tx: Tx) -> None:
    """PostgreSQL does so by itself within a minute."""
    if tx.dialect.name == "postgresql":
        tx.exec_driver_sql("ANALYZE")


async def measured(house: House, work: Callable[[Tx], Any]) -> tuple[float, Any]:
    """The median in milliseconds, and what it gave."""
    took, found = [], None
    for _ in range(TIMES):
        began = time.perf_counter()
        found = await house.store.read(work)
        took.append((time.perf_counter() - began) * 1000)
    return median(took), found


def _counted(tx: Tx) -> int:
    return int(tx.execute(select(func.count()).select_from(people)).scalar_one())


async def run(name: str, url: str, folder: Path, members: int) -> list[float]:
    slowest = []
    async with open_house(settings(folder, "http://127.0.0.1:9", url)) as house:
        await gather(house, members)
        took, number = await measured(house, _counted)
        print(f"{name}: select count(*) of {number:,} people: {took:,.1f} ms")
        for said, rule in RULES.items():
            for leaves_out in (False, True):
                shown = partial(_preview, house=house, rule=rule, leaves_out=leaves_out)
                took, found = await measured(house, shown)
                slowest.append(took)
                capped = ", whoever had enough this week left out" if leaves_out else ""
                print(f"{name}: {said}{capped}: {took:,.0f} ms ({found.reached:,} of {found.people:,} reached)")
    return slowest


def _preview(tx: Tx, house: House, rule: Rule | None, *, leaves_out: bool) -> Preview:
    return audience.preview(tx, rule, house.now(), house.organisation, leave_out_capped=leaves_out)


async def main() -> int:
    members = int(sys.argv[1]) if len(sys.argv) > 1 else MEMBERS
    print(f"Python {platform.python_version()}, median of {TIMES}")
    took: list[float] = []
    for kind in ("sqlite", "postgres"):
        with tempfile.TemporaryDirectory() as folder, database(Path(folder), kind) as url:
            took += await run(kind, url, Path(folder), members)
    return int(max(took) > _MOST_MS)


if __name__ == "__main__":
    raise SystemExit(asyncio.run(main()))
