"""Heard in a process that may be killed at a point: `python -m tests.faults.process run|web|worker|clock`.

It is Heard's own command. The variables are of the tests, so none begins with HEARD_:

FAULTS_FUSE     the file that says where to die (tests.faults.points)
FAULTS_CLOCK    a file with the seconds by which this process's wall clock is wrong
FAULTS_LEASE    how many seconds of silence a drain's lease bears, where 10 would be too long for a test
FAULTS_MISTAKE  a mistake to make on purpose: "calls before it commits"
FAULTS_PAGES    how many pages the SQLite file may have: a full disk
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from bot.command import main
from tests.faults.points import Fuse, find, watch

# Waits of minutes are seconds here: what is unknown is looked up at once, and again soon after; the list of what
# came in is read every few seconds.
HURRIED: dict[str, Any] = {
    "bank.doubts:_GRACE": timedelta(seconds=1),
    "bot.doubts:_SECOND_LOOK": timedelta(seconds=3),
    "bot.doubts:SECONDS": 1,
    "bot.missed:SECONDS": 5,
    "bot.clock:_UPKEEP_SECONDS": 2,
    "bot.clock:_SOON_SECONDS": 1,
}
_LOOK_SECONDS = 0.05


def hurry() -> None:
    for where, value in HURRIED.items():
        holder, name = find(where)
        setattr(holder, name, value)


class WrongClock:
    """How wrong the wall clock is, as a file says. The file may change at any time."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._wrong, self._looked = timedelta(), -1.0

    def __call__(self) -> timedelta:
        now = time.monotonic()
        if now - self._looked > _LOOK_SECONDS:
            self._wrong, self._looked = (
                timedelta(seconds=float(self._file.read_text())),
                now,
            )
        return self._wrong


def set_clock(wrong: WrongClock) -> None:
    """Everything of ours reads this one; what waits does so by the monotonic clock."""
    holder, name = find("bot.now:Now.__call__")
    setattr(holder, name, lambda _now: datetime.now(UTC) + wrong())


def call_before_it_commits() -> None:
    """The mistake: rows are not marked before the call. This process remembers which it has; the next does not."""
    claims, name = find("storage.claims:claim")
    delivery, _name = find("bank.delivery:settle")
    out: set[int] = set()
    waiting, settle = claims.waiting, delivery.settle

    def claim(_tx: Any, rows: Any, *_rest: Any, **_named: Any) -> None:
        out.update(row["id"] for row in rows)

    def not_out(*arguments: Any, **named: Any) -> Any:
        return [row for row in waiting(*arguments, **named) if row.id not in out]

    def settled(tx: Any, outcomes: Any, *rest: Any, **named: Any) -> Any:
        result = settle(tx, outcomes, *rest, **named)
        out.difference_update(outcomes)
        return result

    setattr(claims, name, claim)
    claims.waiting, delivery.settle = not_out, settled


def fill_the_disk(file: Path) -> None:
    """The SQLite file may have no more pages than the file says, at each new transaction."""
    store = import_module("storage.sqlite")
    run = store._run

    def limited(seat: Any, jobs: Any, begin: str) -> None:
        try:
            tx = seat.take()
            tx.exec_driver_sql(f"PRAGMA max_page_count = {int(file.read_text())}")
            tx.rollback()
        except Exception:  # noqa: BLE001, S110  the work itself will meet it and say so
            pass
        run(seat, jobs, begin)

    store._run = limited


def prepare(variables: Mapping[str, str]) -> None:
    hurry()
    if lease := variables.get("FAULTS_LEASE"):
        holder, name = find("bot.sender:_LEASE_SECONDS")
        setattr(holder, name, float(lease))
    if mistake := variables.get("FAULTS_MISTAKE"):
        {"calls before it commits": call_before_it_commits}[mistake]()
    if pages := variables.get("FAULTS_PAGES"):
        fill_the_disk(Path(pages))
    if fuse := variables.get("FAULTS_FUSE"):
        watch(Fuse(Path(fuse)))
    if clock := variables.get("FAULTS_CLOCK"):
        set_clock(WrongClock(Path(clock)))


if __name__ == "__main__":
    prepare(dict(os.environ))
    main()
