"""Talked: whether anything was said between us and one address from a certain time on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from storage.messages_in import messages_in
from storage.outbox import OutState, messages_out
from storage.store import Tx


def since(tx: Tx, address_id: int, then: datetime) -> bool:
    """Whether they wrote from then on, whenever it reached us, or anything was put in the outbox for them."""
    written_at = func.coalesce(messages_in.c.sent_at, messages_in.c.received_at)
    theirs = messages_in.c.address_id == address_id, written_at >= then
    ours = messages_out.c.address_id == address_id, messages_out.c.created_at >= then
    wrote = select(messages_in.c.id).where(*theirs).limit(1)
    told = select(messages_out.c.id).where(*ours, messages_out.c.state != OutState.CANCELED).limit(1)
    return tx.execute(wrote).first() is not None or tx.execute(told).first() is not None
