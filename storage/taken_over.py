"""Taken over: threads on which somebody of the team answers, and what was said there since."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select

from storage.addresses import addresses
from storage.messages_in import messages_in
from storage.outbox import messages_out
from storage.schema import Record
from storage.store import Tx
from storage.threads import Eyes, in_sight


def listed(tx: Tx, eyes: Eyes, before: datetime, limit: int) -> list[Record]:
    """Addresses where somebody took over before then, as far as they may be looked at: the longest ago first."""
    taken = addresses.c.taken_by.is_not(None), addresses.c.taken_at <= before
    found = select(addresses).where(*taken, addresses.c.spam.is_(None), in_sight(eyes))
    return list(tx.execute(found.order_by(addresses.c.taken_at, addresses.c.id).limit(limit)))


def last_by_team(tx: Tx, ids: Collection[int]) -> dict[int, datetime]:
    """When somebody of the team last wrote to each of these addresses; one to which nobody wrote is not in it."""
    ours = messages_out.c.address_id.in_(ids), messages_out.c.staff_id.is_not(None)
    last = select(messages_out.c.address_id, func.max(messages_out.c.created_at).label("at")).where(*ours)
    return {row.address_id: row.at for row in tx.execute(last.group_by(messages_out.c.address_id))}


def first_since(tx: Tx, ids: Collection[int], since: datetime) -> datetime | None:
    """When the first message came from any of these addresses after then."""
    came = select(func.min(messages_in.c.received_at))
    found = came.where(messages_in.c.address_id.in_(ids), messages_in.c.received_at > since)
    first: datetime | None = tx.execute(found).scalar_one()
    return first
