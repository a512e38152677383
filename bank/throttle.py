"""The throttle: a try is counted before it is judged, so that many at once are counted too (ASVS 5.0, 6.3.1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from storage import attempts
from storage.store import Tx

A_WHILE = timedelta(minutes=15)


def is_full(tx: Tx, most: Mapping[str, int], now: datetime) -> bool:
    """Count one more try under each of these names, or tell that one of them has had its `most` in the last while.

    The same queries whatever the answer counts; what is refused here is not counted, so that nobody fills the table.
    """
    counts = [attempts.count(tx, name, now - A_WHILE) >= number for name, number in most.items()]
    if any(counts):
        return True
    attempts.note(tx, list(most), now)
    return False


def take_back(tx: Tx, names: Mapping[str, int], at: datetime) -> None:
    """The try that was counted then was right."""
    attempts.take_back(tx, list(names), at)


def forgive(tx: Tx, *names: str) -> None:
    """They proved that it is them: what was wrong before counts no more."""
    attempts.forgive(tx, list(names))


def is_untidy(tx: Tx, now: datetime) -> bool:
    """Whether any try is to be forgotten."""
    return attempts.are_old(tx, now - A_WHILE)


def tidy_up(tx: Tx, now: datetime) -> int:
    """Returns how many tries were forgotten."""
    return attempts.forget(tx, now - A_WHILE)
