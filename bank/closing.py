"""Closing: rows of the outbox that will not be sent, or of which nobody knows, and who must hear of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from bank import alarms
from bank.organisation import Organisation
from storage import outbox
from storage.outbox import OutState
from storage.schema import Record
from storage.store import Tx

UNREADABLE = "unreadable"


def close(
    tx: Tx, ids: Collection[int], state: OutState, now: datetime, organisation: Organisation, **more: Any
) -> None:
    if ids:
        closed = outbox.close(tx, ids, state, now, **more)
        raise_alarms(tx, ((row, state) for row in closed), now, organisation)


def give_up(tx: Tx, row_id: int, now: datetime, organisation: Organisation) -> None:
    """A row that cannot be read is never sent, and must not hold up the others."""
    close(tx, [row_id], OutState.FAILED, now, organisation, problem=UNREADABLE)


def raise_alarms(tx: Tx, rows: Iterable[tuple[Record, OutState]], now: datetime, organisation: Organisation) -> None:
    """These rows have come to these states."""
    for row, state in rows:
        if state in alarms.NOT_SENT:
            alarms.raise_for(tx, row, state, now, organisation)
