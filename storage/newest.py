"""The moment of the newest message: of all, to hold this machine's clock against, and of each sender."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from storage.addresses import addresses
from storage.messages_in import messages_in
from storage.outbox import OutState, messages_out
from storage.store import Tx

# However many messages there are, no more than so many of the newest are looked at.
_LOOKED_AT = 20_000
_WENT = (OutState.ACCEPTED, OutState.SENT, OutState.DELIVERED, OutState.READ)
_last_ones = (
    select(messages_in.c.received_at).order_by(messages_in.c.id.desc()).limit(1),
    select(messages_out.c.created_at).order_by(messages_out.c.id.desc()).limit(1),
)


def instant(tx: Tx) -> datetime | None:
    """When the last message came in or was written, or None before the first."""
    known = [moment for query in _last_ones if (moment := tx.execute(query).scalar_one_or_none()) is not None]
    return max(known, default=None)


def came_in(tx: Tx, sender: str) -> datetime | None:
    """When somebody last wrote to this sender of ours."""
    last = select(addresses.c.last_in_at).where(addresses.c.sender == sender, addresses.c.last_in_at.is_not(None))
    return tx.execute(last.order_by(addresses.c.last_in_at.desc()).limit(1)).scalar_one_or_none()


def went_out(tx: Tx, sender: str) -> datetime | None:
    """When its provider last took a message from it, if that is among the newest messages of all."""
    newest = select(func.max(messages_out.c.id) - _LOOKED_AT).scalar_subquery()
    went = messages_out.c.id > newest, messages_out.c.sender == sender, messages_out.c.state.in_(_WENT)
    last = select(messages_out.c.settled_at).where(*went, messages_out.c.settled_at.is_not(None))
    return tx.execute(last.order_by(messages_out.c.id.desc()).limit(1)).scalar_one_or_none()
