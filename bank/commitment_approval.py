"""A commitment is promised once whoever has to said yes to exactly its words: both co-chairs, or a second person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bank import approvals
from bank.colleague import Colleague
from bank.commitment_check import WrongState, lacks
from bank.commitment_note import note
from bank.commitment_tellings import happened
from bank.commitment_words import exact
from bank.lacking import NotReady
from bank.organisation import Organisation
from storage import askings, commitment_list, commitments, projects
from storage.approvals import Post, Subject
from storage.commitments import CommitmentKind, CommitmentState, Event, What
from storage.schema import Record
from storage.store import Tx

# In which its words may still be changed, and nobody but the team knows of it.
UNPROMISED = frozenset({CommitmentState.DRAFT, CommitmentState.WAITING})


class NotApproved(Exception):
    """Somebody has still to say yes to exactly these words."""


def needed(tx: Tx, row: Record) -> list[Post]:
    """Who has to say yes: the co-chairs of its project; a second person where that would be nobody but its writer."""
    project = projects.get(tx, row.project_id) if row.project_id is not None else None
    posts = approvals.chairs(project) if project is not None else []
    alone = project is None or (
        posts == [Post.STAFF_CHAIR] and project.staff_chair == commitment_list.writer(tx, row.id)
    )
    return [*posts, Post.SECOND] if alone or not posts else posts


def standing(tx: Tx, row: Record) -> dict[Post, bool | None]:
    """What each of them said last to exactly these words: yes, no, or (None) nothing yet."""
    said = approvals.standing(tx, Subject.LEDGER, row.id, exact(row))
    return {post: said[post] for post in needed(tx, row)}


def is_agreed(tx: Tx, row: Record) -> bool:
    return all(standing(tx, row).values())


def ask(tx: Tx, colleague: Colleague, row: Record, now: datetime, organisation: Organisation) -> Record:
    """Ask those who have not said yes to these words. Raises NotReady, WrongState."""
    if row.state not in UNPROMISED:
        raise WrongState
    if missing := lacks(row, now, organisation):
        raise NotReady(missing)
    posts = [post for post, given in standing(tx, row).items() if not given]
    approvals.ask(tx, colleague, Subject.LEDGER, row.id, exact(row), posts, now, organisation)
    note(tx, row, What.ASKED, now, colleague)
    return commitments.change(tx, row.id, {"state": CommitmentState.WAITING, "changed_at": now})


def take_back(tx: Tx, colleague: Colleague, row: Record, now: datetime) -> Record:
    """Nobody is asked any more: it is a draft again. Raises WrongState."""
    if row.state != CommitmentState.WAITING:
        raise WrongState
    askings.close(tx, Subject.LEDGER, row.id, now)
    note(tx, row, What.TAKEN_BACK, now, colleague)
    return commitments.change(tx, row.id, {"state": CommitmentState.DRAFT, "changed_at": now})


def promise(
    tx: Tx, row: Record, now: datetime, organisation: Organisation, colleague: Colleague | None = None
) -> Record:
    """From now on it is promised, or told as what we can't do. Raises WrongState, NotApproved, NotReady."""
    if row.state != CommitmentState.WAITING:
        raise WrongState
    if not is_agreed(tx, row):
        raise NotApproved
    if missing := lacks(row, now, organisation):
        raise NotReady(missing)
    cannot = row.kind == CommitmentKind.CANNOT
    state = CommitmentState.CANNOT if cannot else CommitmentState.OPEN
    values = {"state": state, "promised_at": now, "settled_at": now if cannot else None, "changed_at": now}
    kept = commitments.change(tx, row.id, {**values, "first_on": row.due_on})
    note(tx, kept, What.CANNOT if cannot else What.PROMISED, now, colleague, after=row.due_on)
    happened(tx, kept, Event.CANNOT if cannot else Event.PROMISED, now)
    return kept


def to_promise(tx: Tx, _now: datetime, _organisation: Organisation, limit: int) -> Sequence[int]:
    """Ids of those of which everybody who was asked has said yes or no."""
    return commitment_list.answered(tx, limit)


def keep_promise(tx: Tx, now: datetime, organisation: Organisation, commitment_id: int) -> int:
    """Promise it, where all said yes and it is still as it may be promised; 0 where it waits for a colleague."""
    row = commitments.locked(tx, commitment_id)
    if not is_agreed(tx, row) or lacks(row, now, organisation):
        return 0
    promise(tx, row, now, organisation)
    return 1
