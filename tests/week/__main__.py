"""`python -m tests.week`: a week of one bank as ten of its people live it, and what is not as it must be.

`--tell` prints what each of them wrote, read and saw; with a name, of that one alone.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from tests.week import people
from tests.week.reckoning import table, transcript, wrong
from tests.week.week import Week, a_week


async def lived(folder: Path) -> Week:
    """The whole week, with everybody in it."""
    async with a_week(folder, people.ALL) as week:
        await week.plays()
        return week


def main() -> int:
    """Returns 1 where anything is wrong."""
    options = argparse.ArgumentParser(prog="python -m tests.week")
    options.add_argument("--tell", nargs="?", const="everybody", metavar="NAME", help="print the whole conversations")
    given = options.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        week = asyncio.run(lived(Path(folder)))
    told = [one for one in week.people if given.tell in {"everybody", one.name}]
    lines = [line for one in told for line in transcript(one)]
    lines += ["", *table(week), ""]
    faults = [f"{one.name}: {what}" for one in week.people for what in wrong(one)]
    lines += [*faults, f"a week in {time.monotonic() - began:.0f} seconds, {len(faults)} wrong"]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
