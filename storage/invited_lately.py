"""Invited lately: who was asked something by us, and when they answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select

from storage.invitations import invitations
from storage.store import Tx


def asked(tx: Tx, begins: datetime, ends: datetime) -> Iterator[tuple[int, datetime, datetime | None]]:
    """Who was asked in that time, when, and when they answered (nothing: not yet)."""
    at = invitations.c.invited_at
    found = select(invitations.c.person_id, at, invitations.c.answered_at).where(at >= begins, at < ends)
    for row in tx.execute(found).all():
        yield row[0], row[1], row[2]
