"""`python -m tests.year`: a year of one bank on a clock that is moved, and what is not as it must be."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from tests.year.days import Walk, begun
from tests.year.reckoning import counted, reckoned
from tests.year.year import Year


async def passed(folder: Path, *, seed: int, members: int, meetings: int, days: int) -> tuple[Year, list[str]]:
    """So many days of it, and what is wrong in the end, in plain words; nothing is, where all is well."""
    async with begun(folder, Random(seed), members) as year:
        await Walk(year, days, meetings).goes()
        return year, await reckoned(year)


def main() -> int:
    """Returns 1 where anything is wrong."""
    options = argparse.ArgumentParser(prog="python -m tests.year")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--members", type=int, default=400)
    options.add_argument("--meetings", type=int, default=60)
    options.add_argument("--days", type=int, default=365)
    given = options.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        year, wrong = asyncio.run(passed(Path(folder), **vars(given)))
    took = time.monotonic() - began
    lines = [f"{name:<28} {number:>7,}" for name, number in counted(year)]
    lines += [f"wrong: {one}" for one in wrong]
    lines += [f"seed {given.seed}: {given.days} days in {took:.0f} seconds, {len(wrong)} wrong"]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
