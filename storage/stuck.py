"""Stuck: rows of the outbox that nobody will settle by themselves."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select

from storage.outbox import OutState, messages_out
from storage.schema import constant
from storage.store import Tx


def stranded(tx: Tx, claimed_before: datetime, limit: int, sender: str | None = None) -> list[int]:
    """Ids of rows, of this sender or any, that were claimed then and never settled: the process died in the call."""
    stuck = select(messages_out.c.id).where(
        messages_out.c.state == constant(OutState.SENDING),
        or_(messages_out.c.claimed_at.is_(None), messages_out.c.claimed_at <= claimed_before),
    )
    if sender is not None:
        stuck = stuck.where(messages_out.c.sender == sender)
    return list(tx.execute(stuck.limit(limit)).scalars())


def overdue(tx: Tx, now: datetime, limit: int) -> list[int]:
    """Ids of rows still queued though they have expired: nobody sends for their sender."""
    late = select(messages_out.c.id).where(
        messages_out.c.state == constant(OutState.QUEUED), messages_out.c.expires_at <= now
    )
    return list(tx.execute(late.limit(limit)).scalars())
