"""How long a list of 20,000 people takes to come in, 5% of its rows broken, and to go out again, on both databases.

`python -m bench.transfers [ROWS]`. Numbers are invented and unique; every twentieth row has something wrong with it.
"""

from __future__ import annotations

import asyncio
import platform
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from bank import exporting, importing, spreadsheet
from bank.exported import What, Wish
from bank.importing import Plan
from bench.postgres import database
from bench.server import settings
from bot import transfers
from bot.house import House, open_house
from storage import transfers as kept
from storage.schema import Record
from storage.store import Tx

ROWS, BROKEN_EACH = 20_000, 20
_HEADINGS = ["Name", "Mobile", "Postcode", "Topics", "Access needs"]
_FIRST = ("Asha", "Ben", "Carol", "Dawid", "Efua", "Farid", "Grace", "Hui", "Imran", "Jola")
_BROKEN = ("", "12345", "4.47701E+11", "call me")


def listed(rows: int) -> bytes:
    """A list as a spreadsheet program saves it."""
    return spreadsheet.as_xlsx([_HEADINGS, *(_row(number) for number in range(rows))])


def _row(number: int) -> list[str]:
    mobile = f"077{number % 4 + 1:02}{number:06}"
    if number % BROKEN_EACH == 0:
        mobile = _BROKEN[number // BROKEN_EACH % len(_BROKEN)]
    name = f"{_FIRST[number % 10]} Field{number}"
    return [
        name,
        mobile,
        f"AS{number % 90} 1AB",
        "Care at home" if number % 2 else "",
        "Large print" if number % 7 else "",
    ]


async def come_in(house: House, content: bytes) -> tuple[dict[str, float], Record]:
    """Seconds that each step takes, and the list when it is done."""
    took = {}
    began = time.perf_counter()
    sheet = spreadsheet.read(content)
    now = house.now()
    row = await house.store.write(lambda tx: importing.upload(tx, None, "list", sheet, now))
    took["read and kept"] = time.perf_counter() - began
    plan = Plan(row.asked["guess"], "paper", now.date(), "The form of 2026", "en", group="A list")
    await house.store.write(lambda tx: importing.begin_check(tx, row, plan, now))
    for name in ("checked", "added"):
        began = time.perf_counter()
        if name == "added":
            await house.store.write(lambda tx: importing.run(tx, None, _now(tx, row), now, add_perhaps=True))
        await transfers.go_on(house, row.id)
        took[name] = time.perf_counter() - began
    return took, await house.store.read(lambda tx: _now(tx, row))


def _now(tx: Tx, row: Record) -> Record:
    found = kept.find(tx, row.id)
    assert found is not None
    return found


async def go_out(house: House) -> dict[str, float]:
    now, took = house.now(), {}
    began = time.perf_counter()
    row = await house.store.write(lambda tx: exporting.begin(tx, None, Wish(What.PEOPLE), "people", now))
    await transfers.go_on(house, row.id)
    took["made"] = time.perf_counter() - began
    found = await house.store.read(lambda tx: list(exporting.rows(tx, _now(tx, row))))
    for name, write in (("CSV", spreadsheet.as_csv), ("XLSX", spreadsheet.as_xlsx)):
        began = time.perf_counter()
        write(found)
        took[name] = time.perf_counter() - began
    return took


async def run(name: str, url: str, folder: Path, content: bytes) -> None:
    async with open_house(settings(folder, "http://127.0.0.1:9", url)) as house:
        took, row = await come_in(house, content)
        counts = Counter(row.report["counts"])
        print(f"\n{name}: {counts['rows']:,} rows, {counts['added']:,} added, {counts['broken']:,} refused\n")
        print("| step | seconds |\n|---|---|")
        took |= {"in all": sum(took.values())}
        for step, seconds in {**took, **await go_out(house)}.items():
            print(f"| {step} | {seconds:.1f} |", flush=True)
        assert row.state == "done"
        assert counts["added"] + counts["broken"] == counts["rows"]


def main() -> None:
    content = listed(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
    print(f"{platform.machine()}, Python {platform.python_version()}, a file of {len(content) / 1e6:.1f} MB")
    for name, kind in (("SQLite", "sqlite"), ("PostgreSQL", "postgres")):
        with tempfile.TemporaryDirectory() as folder, database(Path(folder), kind) as url:
            asyncio.run(run(name, url, Path(folder), content))


if __name__ == "__main__":
    main()
