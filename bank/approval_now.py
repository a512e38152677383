"""Whether an approval that was asked for is still of use: the words are as they were, and wait for it."""

from __future__ import annotations

from bank import terms
from bank.broadcast_draft import approval_words
from bank.commitment_words import exact
from bank.organisation import Organisation
from storage import broadcasts, commitments
from storage import terms as kept
from storage.approvals import Subject
from storage.broadcasts import BroadcastState
from storage.commitments import CommitmentState
from storage.schema import Record
from storage.store import Tx

_WAITS = frozenset({BroadcastState.DRAFT, BroadcastState.WAITING})


def stands(tx: Tx, asking: Record, organisation: Organisation) -> bool:
    """False where the words were changed since, where there is a newer version, or where it went or was cancelled."""
    if asking.closed_at is not None:
        return False
    if asking.subject in {Subject.BROADCAST, Subject.INVITATION}:
        row = broadcasts.get(tx, asking.subject_id)
        return row.state in _WAITS and approval_words(tx, row, organisation) == asking.words
    if asking.subject == Subject.LEDGER:
        row = commitments.get(tx, asking.subject_id)
        return bool(row.state == CommitmentState.WAITING and exact(row) == asking.words)
    row = kept.get(tx, asking.subject_id)
    newest = kept.of(tx, row.project_id, row.kind)[0]
    return bool(newest.id == row.id and terms.exact(row) == asking.words)
