"""What of broadcasts needs a person, as Today shows it: one to which all have said yes, or somebody has said no."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bank import approvals
from bank.broadcast_check import check
from bank.broadcast_draft import approval_words
from bank.colleague import Colleague
from bank.organisation import Organisation
from bank.to_do import Row, Urgency
from storage import askings, broadcasts
from storage.broadcasts import BroadcastState
from storage.schema import Record
from storage.store import Tx


def rows(tx: Tx, colleague: Colleague, now: datetime, organisation: Organisation) -> list[Row]:
    """Of those that wait for a yes, for whoever wrote them."""
    theirs = (row for row in broadcasts.newest(tx, [BroadcastState.WAITING]) if row.staff_id == colleague.id)
    return [one for row in theirs for one in _of(tx, row, now, organisation)]


def _of(tx: Tx, row: Record, now: datetime, organisation: Organisation) -> Iterator[Row]:
    subject, here = approvals.subject_of(row), f"/broadcasts/{row.token}"
    said = approvals.standing(tx, subject, row.id, approval_words(tx, row, organisation))
    if False in said.values():
        yield Row(Urgency.TASK, "Somebody said no to this: see what to change", row.name or "", None, here)
    elif not askings.open_of(tx, subject, row.id) and not check(tx, row, now, organisation).missing:
        yield Row(Urgency.TASK, "All have said yes: let it go", row.name or "", None, here)
