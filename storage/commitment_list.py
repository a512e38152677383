"""Lists of commitments: by how they stand, whose they are, and what they are of."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, exists, or_, select

from storage.approvals import Subject
from storage.askings import IS_OPEN, askings
from storage.commitments import CommitmentState, What, commitment_changes, commitment_sources, commitments
from storage.look import Look
from storage.schema import Record
from storage.store import Tx

MOST = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of them: of these states (none: all), of this owner or project, from this meeting, and late on that day.

    `projects` are the only ones whose commitments may be seen; None: all are, and those of no project too.
    """

    states: Sequence[CommitmentState] = ()
    owner_id: int | None = None
    project_id: int | None = None
    meeting_id: int | None = None
    late_on: str | None = None
    projects: Collection[int] | None = None


def these(tx: Tx, wanted: Wanted, limit: int = MOST) -> list[Record]:
    """The one that is due first first; what has no day comes last."""
    found = select(commitments)
    if wanted.states:
        found = found.where(commitments.c.state.in_(sorted(wanted.states)))
    if wanted.owner_id is not None:
        found = found.where(commitments.c.owner_id == wanted.owner_id)
    if wanted.project_id is not None:
        found = found.where(commitments.c.project_id == wanted.project_id)
    if wanted.meeting_id is not None:
        said = select(commitment_sources.c.commitment_id).where(commitment_sources.c.meeting_id == wanted.meeting_id)
        found = found.where(or_(commitments.c.meeting_id == wanted.meeting_id, commitments.c.id.in_(said)))
    if wanted.late_on is not None:
        found = found.where(commitments.c.state == CommitmentState.OPEN, commitments.c.due_on < wanted.late_on)
    if wanted.projects is not None:
        found = found.where(commitments.c.project_id.in_(sorted(wanted.projects)))
    turns = commitments.c.due_on.is_(None), commitments.c.due_on, commitments.c.id
    return list(tx.execute(found.order_by(*turns).limit(limit)))


def writer(tx: Tx, commitment_id: int) -> int | None:
    """Id of the colleague who wrote its words last."""
    wrote = commitment_changes.c.commitment_id == commitment_id, commitment_changes.c.what.in_([What.MADE, What.WORDS])
    found = select(commitment_changes.c.staff_id).where(*wrote).order_by(commitment_changes.c.id.desc()).limit(1)
    return tx.execute(found).scalar_one_or_none()


_ANSWERED = Look(
    select(commitments.c.id)
    .where(
        commitments.c.state == CommitmentState.WAITING,
        ~exists().where(askings.c.subject == Subject.LEDGER, askings.c.subject_id == commitments.c.id, IS_OPEN),
    )
    .order_by(commitments.c.id)
)
_OVERDUE = Look(
    select(commitments.c.id)
    .where(
        commitments.c.state == CommitmentState.OPEN,
        commitments.c.due_on < bindparam("today"),
        or_(commitments.c.nagged_at.is_(None), commitments.c.nagged_at < bindparam("nagged_before")),
    )
    .order_by(commitments.c.due_on, commitments.c.id)
)


def answered(tx: Tx, limit: int) -> list[int]:
    """Ids of those that wait for a yes, and of which nobody is asked who has not answered."""
    return _ANSWERED.ids(tx, limit)


def changes_of(tx: Tx, ids: Collection[int]) -> dict[int, list[Record]]:
    """What happened to each of these, the first first, by its id."""
    found = select(commitment_changes).where(commitment_changes.c.commitment_id.in_(list(ids)))
    rows: dict[int, list[Record]] = {one: [] for one in ids}
    for row in tx.execute(found.order_by(commitment_changes.c.id)) if ids else ():
        rows[row.commitment_id].append(row)
    return rows


def overdue(tx: Tx, today: str, nagged_before: datetime, limit: int) -> list[int]:
    """Ids of those that are open after their day, of which their owner has not been told since then."""
    return _OVERDUE.ids(tx, limit, today=today, nagged_before=nagged_before)
