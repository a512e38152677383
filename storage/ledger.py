"""The ledger: every commitment that was ever promised, and all that happened to it. It is only read here."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import ColumnElement, select

from storage.commitments import PROMISED, commitment_changes, commitment_replies, commitments
from storage.projects import projects
from storage.schema import Record
from storage.store import Tx

MOST = 2000


def promised(tx: Tx, project_id: int | None = None, limit: int = MOST) -> list[Record]:
    """Those that are no draft and wait for no approval, the newest first; with the `project_words` of each."""
    found = select(commitments, projects.c.words.label("project_words"))
    found = found.outerjoin(projects, projects.c.id == commitments.c.project_id).where(*_which(project_id))
    return list(tx.execute(found.order_by(commitments.c.id.desc()).limit(limit)))


def changes(tx: Tx, project_id: int | None = None) -> dict[int, list[Record]]:
    """What happened to each of them, the first first, by the commitment's id."""
    of_it = commitment_changes.c.commitment_id == commitments.c.id
    found = select(commitment_changes).join(commitments, of_it).where(*_which(project_id))
    rows: dict[int, list[Record]] = defaultdict(list)
    for row in tx.execute(found.order_by(commitment_changes.c.id)):
        rows[row.commitment_id].append(row)
    return rows


def replies(tx: Tx) -> list[Record]:
    """When people wrote back about them, and when it was read: `commitment_id`, `at` and `seen_at`, no words."""
    columns = commitment_replies.c.commitment_id, commitment_replies.c.at, commitment_replies.c.seen_at
    return list(tx.execute(select(*columns)))


def _which(project_id: int | None) -> list[ColumnElement[bool]]:
    state = commitments.c.state.in_(sorted(PROMISED))
    return [state] if project_id is None else [state, commitments.c.project_id == project_id]
