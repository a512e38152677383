"""The newest moment that any message's row speaks of: a clock that was right once, to hold this machine's against."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from storage.messages_in import messages_in
from storage.outbox import messages_out
from storage.store import Tx

_moments = (select(func.max(messages_in.c.received_at)), select(func.max(messages_out.c.created_at)))


def instant(tx: Tx) -> datetime | None:
    """When the last message came in or was written, or None before the first."""
    known = [moment for query in _moments if (moment := tx.execute(query).scalar_one()) is not None]
    return max(known, default=None)
