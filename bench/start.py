"""How long a start takes until /readyz says so, and what `heard run` then holds: `python -m bench.start`.

A first start of the demo makes the database and its people; a start with a council's own settings reads neither.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Mapping
from pathlib import Path
from statistics import median

import psutil

from tests.bot.town import free_port
from tests.end_to_end.running import HEARD, by, running

STARTS = 5
_QUIET = 5.0  # seconds
_COUNCIL = {
    "HEARD_DEMO": "off",
    "HEARD_PUBLIC_URL": "https://heard.ashdale.example",
    "HEARD_TWILIO__ACCOUNT_SID": "AC" + "0" * 32,
    "HEARD_TWILIO__AUTH_TOKEN": "bench-token",
    "HEARD_TWILIO__SMS_FROM": "+447700900999",
    "HEARD_TWILIO__API_BASE_URL": "http://127.0.0.1:9",  # nobody: this calls nothing outside
}


async def start(variables: Mapping[str, str], folder: Path) -> tuple[float, float, float]:
    """Seconds until it is ready, and of its processor until then; resident megabytes once it has been quiet."""
    own = {"HEARD_DATA_DIR": str(folder), "HEARD_PORT": str(free_port()), **variables}
    async with running(own, folder.parent, by([HEARD, "run"])) as started:
        process = psutil.Process(started.process.pid)
        spent = process.cpu_times()
        await asyncio.sleep(_QUIET)
        held = process.memory_info().rss / 1e6
        await started.ctrl_c()
    return started.ready_after, spent.user + spent.system, held


def _row(what: str, starts: list[tuple[float, float, float]]) -> str:
    ready, spent, held = (median(column) for column in zip(*starts, strict=True))
    return f"| {what} | {ready:.2f} | {spent:.2f} | {held:.0f} |"


async def main() -> None:
    print("| start | ready after s | CPU s | MB |")
    print("|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        print(_row("the demo, the first", [await start({}, place / str(number)) for number in range(STARTS)]))
        print(_row("the demo, again", [await start({}, place / "0") for _ in range(STARTS)]))
        await start(_COUNCIL, place / "council")
        print(_row("a council's own", [await start(_COUNCIL, place / "council") for _ in range(STARTS)]))


if __name__ == "__main__":
    asyncio.run(main())
