"""What was promised in a project, for everybody to see: whether its team has it on a page for the public."""

from __future__ import annotations

from datetime import datetime

from bank import audit
from bank.audit import Act
from bank.colleague import Colleague
from storage import projects
from storage.projects import ProjectState
from storage.schema import Record
from storage.store import Tx


def project(tx: Tx, token: str) -> Record | None:
    """None where there is none whose promises the public may see: nobody finds out more."""
    row = projects.by_token(tx, token)
    return row if row is not None and row.ledger_public and row.state != ProjectState.DRAFT else None


def publish(tx: Tx, colleague: Colleague, row: Record, now: datetime, *, public: bool) -> Record:
    """Have it on the page from now on, or not any more; who decided that is on record."""
    if row.ledger_public == public:
        return row
    audit.record(tx, now, Act.PROJECT_CHANGED, colleague.id, about=row.token, ledger_public=[row.ledger_public, public])
    return projects.change(tx, row.id, {"ledger_public": public, "changed_at": now})
