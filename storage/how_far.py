"""How far: where a look that goes through a table row by row has come, so that it sees each row once."""

from __future__ import annotations

from datetime import UTC, datetime

from storage import marks
from storage.store import Tx

START = datetime.min.replace(tzinfo=UTC)


def reached(tx: Tx, name: str) -> tuple[datetime, int]:
    """The time and the id of the last row that this look has seen."""
    at, _space, row_id = (marks.get(tx, name) or f"{START.isoformat()} 0").partition(" ")
    return datetime.fromisoformat(at), int(row_id)


def go_to(tx: Tx, name: str, at: datetime, row_id: int) -> None:
    marks.put(tx, name, f"{at.isoformat()} {row_id}")
