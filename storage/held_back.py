"""Held back: what waited in the outbox for an address where somebody may be in danger."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, not_, update

from storage.outbox import OutState, messages_out, sending, waits
from storage.store import Tx


def hold(tx: Tx, address_id: int, now: datetime, through: Collection[str]) -> None:
    """Cancel what is queued, and mark what is claimed, but for what one of us wrote and wordings that begin so."""
    automatic = and_(
        messages_out.c.address_id == address_id,
        messages_out.c.staff_id.is_(None),
        *(not_(messages_out.c.wording.startswith(one, autoescape=True)) for one in through),
    )
    canceled = {"state": OutState.CANCELED, "settled_at": now}
    tx.execute(update(messages_out).where(automatic, waits).values(canceled))
    tx.execute(update(messages_out).where(automatic, sending).values(halted=True))
