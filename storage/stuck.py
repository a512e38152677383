"""Stuck: rows of the outbox that nobody will settle by themselves."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, or_, select

from storage.addresses import addresses
from storage.backlog import senders
from storage.look import NOW, Look
from storage.outbox import OutState, Priority, messages_out
from storage.schema import Record, constant
from storage.store import Tx

NOT_LISTED = "not_listed"  # the provider does not have it either


_stranded = select(messages_out.c.id).where(
    messages_out.c.state == constant(OutState.SENDING),
    or_(messages_out.c.claimed_at.is_(None), messages_out.c.claimed_at <= bindparam("claimed_before")),
)
_STRANDED = Look(_stranded)
_STRANDED_OF = Look(_stranded.where(messages_out.c.sender == bindparam("sender")))
_OVERDUE = Look(
    select(messages_out.c.id).where(messages_out.c.state == constant(OutState.QUEUED), messages_out.c.expires_at <= NOW)
)
_FROM_THE_FUTURE = Look(
    select(messages_out.c.id).where(
        messages_out.c.state == constant(OutState.QUEUED),
        messages_out.c.sender == bindparam("sender"),
        messages_out.c.priority == bindparam("priority"),
        messages_out.c.due_at > NOW,
        messages_out.c.created_at > NOW,
        messages_out.c.due_at <= messages_out.c.created_at,
    )
)


def stranded(tx: Tx, claimed_before: datetime, limit: int, sender: str | None = None) -> list[int]:
    """Ids of rows, of this sender or any, that were claimed then and never settled: the process died in the call."""
    if sender is None:
        return _STRANDED.ids(tx, limit, claimed_before=claimed_before)
    return _STRANDED_OF.ids(tx, limit, claimed_before=claimed_before, sender=sender)


def unknown(tx: Tx, senders: Collection[str], settled_before: datetime, limit: int, after: int) -> list[Record]:
    """Messages of these senders of which nobody knows since then whether they went. They have no provider's name."""
    lost = (
        select(messages_out, addresses.c.channel, addresses.c.address, addresses.c.window_until)
        .join(addresses, addresses.c.id == messages_out.c.address_id)
        .where(
            messages_out.c.state == constant(OutState.UNKNOWN),
            messages_out.c.sender.in_(senders),
            messages_out.c.settled_at <= settled_before,
            messages_out.c.id > after,
            messages_out.c.provider_key.is_(None),
            messages_out.c.text.is_not(None),
            addresses.c.address.is_not(None),
            messages_out.c.problem.is_distinct_from(NOT_LISTED),
        )
    )
    return list(tx.execute(lost.order_by(messages_out.c.id).limit(limit)))


def from_the_future(tx: Tx, now: datetime, limit: int) -> list[int]:
    """Ids of answers that were queued to go at once, by a clock that was ahead and has been put right since."""
    kinds = [(sender, priority) for sender in senders(tx) for priority in (Priority.REPLY, Priority.SAFETY)]
    return [
        row_id
        for sender, priority in kinds
        for row_id in _FROM_THE_FUTURE.ids(tx, limit, sender=sender, priority=priority, now=now)
    ]


def is_newest(tx: Tx, row: Record) -> bool:
    """Whether nothing was said to that address after this message."""
    later = select(messages_out.c.id).where(messages_out.c.address_id == row.address_id, messages_out.c.id > row.id)
    return tx.execute(later.limit(1)).first() is None


def overdue(tx: Tx, now: datetime, limit: int) -> list[int]:
    """Ids of rows still queued though they have expired: nobody sends for their sender."""
    return _OVERDUE.ids(tx, limit, now=now)
