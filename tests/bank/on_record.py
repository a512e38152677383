"""Promises as they are on record: rows as the bank writes them, at the moments that a test names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bank.tokens import token
from storage import commitments, ledger
from storage.commitments import CommitmentKind, CommitmentState, What, commitment_replies
from storage.schema import Record
from storage.store import Tx

BILLS = {
    "title": {"en": "Plain bills", "pl": "Proste rachunki"},
    "heard": {"en": "our bills are hard to read", "pl": "nasze rachunki są trudne"},
    "will": {"en": "rewrite them with carers", "pl": "napiszemy je z opiekunami"},
}
_STATES = {
    What.PROMISED: CommitmentState.OPEN,
    What.DONE: CommitmentState.DONE,
    What.KEPT: CommitmentState.KEPT,
    What.NOT_KEPT: CommitmentState.OPEN,
    What.NOT_CONFIRMED: CommitmentState.NOT_CONFIRMED,
    What.CANNOT: CommitmentState.CANNOT,
    What.STOPPED: CommitmentState.STOPPED,
}


def on(day: int, month: int = 11, hour: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def draft(tx: Tx, **more: Any) -> Record:
    """One that nobody was asked about yet, to be done by the last Friday of November."""
    values = {
        "token": token(),
        "kind": CommitmentKind.WILL,
        "state": CommitmentState.DRAFT,
        "words": BILLS,
        "due_on": "2026-11-27",
        "created_at": on(1),
        "changed_at": on(1),
    }
    return commitments.add(tx, **(values | more))


def promised(tx: Tx, at: datetime | None = None, **more: Any) -> Record:
    row = draft(tx, **more)
    happens(tx, row, What.PROMISED, at or on(2), after=row.due_on)
    return commitments.change(tx, row.id, {"first_on": row.due_on, "promised_at": at or on(2)})


def happens(tx: Tx, row: Record, what: What, at: datetime, **more: Any) -> Record:
    """It is noted, and the row says so."""
    commitments.note_change(tx, row.id, what, at, **more)
    due = {"due_on": more["after"]} if what is What.MOVED else {}
    state = {"state": _STATES[what]} if what in _STATES else {}
    return commitments.change(tx, row.id, {**due, **state, "changed_at": at})


def moved(tx: Tx, row: Record, to: str, at: datetime, why: Mapping[str, str] | None = None) -> Record:
    before = commitments.get(tx, row.id).due_on
    return happens(tx, row, What.MOVED, at, before=before, after=to, why=why)


def done(tx: Tx, row: Record, at: datetime) -> Record:
    return happens(tx, row, What.DONE, at)


def kept(tx: Tx, row: Record, done_at: datetime, at: datetime) -> Record:
    done(tx, row, done_at)
    return happens(tx, row, What.KEPT, at)


def reply(tx: Tx, row: Record, person_id: int, at: datetime, words: str = "Not so", **more: Any) -> None:
    about = {"commitment_id": row.id, "person_id": person_id, "at": at, "words": words, "means": "no"}
    tx.execute(commitment_replies.insert().values(token=token(), **about, **more))


def number(tx: Tx) -> tuple[int, int]:
    """How many there are that were promised, and how much is on record of them."""
    return len(ledger.promised(tx)), sum(map(len, ledger.changes(tx).values()))
