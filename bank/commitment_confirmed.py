"""Whether a commitment is kept is for those who said it: a yes makes it kept, a no opens it again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bank import commitment_owner
from bank.colleague import Colleague
from bank.commitment_note import note
from bank.commitment_tellings import happened, parts
from bank.organisation import Organisation
from flows import for_colleagues
from storage import commitments, who_said
from storage.commitments import CommitmentState, Event, Part, What
from storage.schema import Record
from storage.store import Tx

# So long those who said it have to answer; where they are told late, no longer than the second.
_TO_ANSWER, _AT_LAST = timedelta(days=14), timedelta(days=28)
_SAID_DONE = frozenset({CommitmentState.DONE, CommitmentState.KEPT, CommitmentState.NOT_CONFIRMED})


class TheirOwn(Exception):
    """They said themselves that it is done, or see to it: another colleague enters that it is so."""


def may_confirm(tx: Tx, row: Record, person_id: int) -> bool:
    """Whether they said it; where nobody is known to have, whether they came where it was said."""
    return parts(tx, row).get(person_id) is Part.SAID


def confirmed(
    tx: Tx,
    row: Record,
    person: Record,
    yes: bool,
    now: datetime,
    organisation: Organisation,
    by: Colleague | None = None,
) -> Record:
    """Somebody says whether it is done as they see it; returns it as it stands now.

    The first yes makes it kept. A no opens it again at any time, and its owner is told; after that it is done once more
    before a yes counts. What anybody else says changes nothing. `by` entered it. Raises TheirOwn.
    """
    row = commitments.locked(tx, row.id)
    if row.state not in _SAID_DONE or not may_confirm(tx, row, person.id):
        return row
    if not yes:
        return _open_again(tx, row, now, organisation, by)
    if by is not None and by.id in {row.owner_id, row.done_by}:
        raise TheirOwn
    if row.state == CommitmentState.KEPT:
        return row
    kept = _stands(tx, row, CommitmentState.KEPT, now, settled_at=now)
    note(tx, kept, What.KEPT, now, by)
    happened(tx, kept, Event.KEPT, now, but={person.id})
    return kept


def _open_again(tx: Tx, row: Record, now: datetime, organisation: Organisation, by: Colleague | None) -> Record:
    words = {name: wording for name, wording in row.words.items() if name != "outcome"}
    undone: dict[str, Any] = {"words": words, "done_at": None, "done_by": None, "settled_at": None, "nagged_at": None}
    again = _stands(tx, row, CommitmentState.OPEN, now, **undone)
    note(tx, again, What.NOT_KEPT, now, by)
    commitment_owner.text(tx, again, for_colleagues.NOT_KEPT, {}, now, organisation)
    return again


def unanswered(tx: Tx, now: datetime, _organisation: Organisation, limit: int) -> list[int]:
    """Ids of those that are done, of which nobody who said it has told us whether it is so."""
    return who_said.unanswered(tx, now - _TO_ANSWER, now - _AT_LAST, limit)


def give_up(tx: Tx, now: datetime, _organisation: Organisation, commitment_id: int) -> int:
    """It stays done, and nobody confirmed it. A yes or a no that comes later still counts."""
    row = commitments.locked(tx, commitment_id)
    kept = _stands(tx, row, CommitmentState.NOT_CONFIRMED, now, settled_at=now)
    note(tx, kept, What.NOT_CONFIRMED, now)
    return 1


def _stands(tx: Tx, row: Record, state: CommitmentState, now: datetime, **more: Any) -> Record:
    return commitments.change(tx, row.id, {"state": state, "changed_at": now, **more})
