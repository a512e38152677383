"""The moment of the newest message's row: a clock that was right once, to hold this machine's against."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from storage.messages_in import messages_in
from storage.outbox import messages_out
from storage.store import Tx

_last_ones = (
    select(messages_in.c.received_at).order_by(messages_in.c.id.desc()).limit(1),
    select(messages_out.c.created_at).order_by(messages_out.c.id.desc()).limit(1),
)


def instant(tx: Tx) -> datetime | None:
    """When the last message came in or was written, or None before the first."""
    known = [moment for query in _last_ones if (moment := tx.execute(query).scalar_one_or_none()) is not None]
    return max(known, default=None)
