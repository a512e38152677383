"""Halting: what STOP takes back of the outbox, and where the sender looks just before a call."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update

from storage.outbox import OutState, messages_out, sending, waits
from storage.store import Tx


def stop(tx: Tx, address_id: int, now: datetime) -> int:
    """Cancel everything queued for that address and mark what is already claimed. Returns how many were cancelled."""
    there = messages_out.c.address_id == address_id
    canceled = tx.execute(
        update(messages_out).where(there, waits).values(state=OutState.CANCELED, settled_at=now)
    ).rowcount
    tx.execute(update(messages_out).where(there, sending).values(halted=True))
    return canceled


def waiting(tx: Tx, address_id: int) -> list[int]:
    """What is queued for that address, in its order."""
    there = select(messages_out.c.id).where(messages_out.c.address_id == address_id, waits).order_by(messages_out.c.id)
    return list(tx.execute(there).scalars())


def stop_conversation(tx: Tx, conversation_id: int, now: datetime) -> None:
    """Cancel what is queued of this conversation, and mark what is already claimed."""
    of_it = messages_out.c.conversation_id == conversation_id
    canceled = {"state": OutState.CANCELED, "settled_at": now}
    tx.execute(update(messages_out).where(of_it, waits).values(canceled))
    tx.execute(update(messages_out).where(of_it, sending).values(halted=True))


def halted(tx: Tx, ids: Collection[int]) -> set[int]:
    """Which of these rows STOP has marked since they were claimed."""
    marked = select(messages_out.c.id).where(messages_out.c.id.in_(ids), messages_out.c.halted)
    return set(tx.execute(marked).scalars())
