"""Upgrades a database in many processes at one moment: `python -m tests.storage.upgrade_at_once URL STEPS HOW_MANY`.

Everything is loaded before they part, and they wait for each other, so that they really meet. Prints how each ended.
"""

from __future__ import annotations

import multiprocessing
import sys
from pathlib import Path
from threading import Barrier

from alembic import command, context

from storage import migrate
from storage.keys import KeyRing

LOADED = command, context, migrate.tables()


def upgrade(together: Barrier, url: str, steps: str) -> None:
    together.wait()
    migrate.upgrade(url, KeyRing.ephemeral(), Path(steps))


def main(url: str, steps: str, how_many: int) -> None:
    fork = multiprocessing.get_context("fork")
    together = fork.Barrier(how_many)
    processes = [fork.Process(target=upgrade, args=(together, url, steps)) for _ in range(how_many)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    print(*(process.exitcode for process in processes))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
