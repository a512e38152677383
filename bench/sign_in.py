"""Promise 36: signing in takes as long for a name that nobody has as for one that somebody has.

`python -m bench.sign_in`: 2,000 wrong sign-ins in turns, half with a known name. The medians must be within 5%. The
clock is moved between them, so that nobody is told to wait.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from statistics import median

import httpx

from bank import pass_phrases
from bank.tokens import token
from bot import settings as settings_file
from bot import web
from bot.house import House, open_house
from bot.now import MovableNow
from storage import staff
from storage.staff import Role, StaffState
from storage.store import Tx

TIMES, APART = 2_000, 5.0  # requests, per cent
HOST = "https://heard.test"
_TOKEN = re.compile(r'name="form_token" value="([^"]+)"')


async def _team(house: House, now: MovableNow) -> None:
    kept = pass_phrases.hashed("green kettle on a slow boat")

    def hire(tx: Tx) -> None:
        row = staff.add(
            tx,
            token=token(),
            name="Sam Field",
            login="known.somebody",
            state=StaffState.ACTIVE,
            pass_phrase=kept,
            secret=pass_phrases.new_secret(),
            last_step=0,
            created_at=now(),
        )
        staff.give(tx, row.id, [Role.COORDINATOR])

    await house.store.write(hire)


async def run(folder: Path) -> float:
    """How far apart the medians are, in per cent of the larger."""
    own = settings_file.load().model_copy(update={"demo": "on", "data_dir": folder})
    now = MovableNow()
    took: dict[str, list[float]] = {"known.somebody": [], "nobody.at.all": []}
    async with open_house(own, now) as house:
        await _team(house, now)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(web.app(house)), base_url=HOST) as client:
            found = _TOKEN.search((await client.get("/sign-in")).text)
            if found is None:
                raise SystemExit("the sign-in page has no form")
            for number in range(TIMES):
                name = tuple(took)[number % 2]
                form = {"form_token": found[1], "login": name, "pass_phrase": "not the pass phrase"}
                began = time.perf_counter()
                await client.post("/sign-in", data=form)
                took[name].append(time.perf_counter() - began)
                now.move(timedelta(minutes=16))
    known, unknown = (median(one) * 1000 for one in took.values())
    print(f"median of {TIMES // 2}: known {known:.2f} ms, unknown {unknown:.2f} ms")
    return abs(known - unknown) / max(known, unknown) * 100


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        apart = asyncio.run(run(Path(name)))
    print(f"{apart:.1f}% apart (at most {APART:.0f}%)")
    return 0 if apart <= APART else 1


if __name__ == "__main__":
    sys.exit(main())
