"""What happens to a commitment is noted twice: in its own history, which people read, and in the audit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bank import audit
from bank.audit import Act
from bank.colleague import Colleague
from storage import commitments
from storage.commitments import What
from storage.schema import Record
from storage.store import Tx


def note(
    tx: Tx,
    row: Record,
    what: What,
    now: datetime,
    by: Colleague | None = None,
    *,
    before: str | None = None,
    after: str | None = None,
    why: Mapping[str, str] | None = None,
) -> None:
    """Add it to what happened before. `by` nobody: the clock, or somebody who said it."""
    staff_id = by.id if by is not None else None
    said = dict(why) if why else None
    commitments.note_change(tx, row.id, what, now, before=before, after=after, why=said, staff_id=staff_id)
    told: dict[str, Any] = {"before": before, "after": after, "why": said}
    told = {name: value for name, value in told.items() if value is not None}
    act = Act.COMMITMENT_ADDED if what is What.MADE else Act.COMMITMENT_CHANGED
    audit.record(tx, now, act, staff_id, about=row.token, what=what, **told)
