"""Doubts: messages of which nobody knows whether they went, and what the provider's own list says of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from bank import claims, closing, purse
from bank.claims import Claimed
from bank.organisation import Organisation
from bank.visit import ABOUT_DANGER
from storage import outbox, stuck
from storage.outbox import OutState
from storage.schema import Record
from storage.store import Tx

# A callback has so long to tell; and so often a message is offered in all.
_GRACE, _MOST_OFFERS = timedelta(minutes=1), 2


def doubtful(
    tx: Tx, senders: Collection[str], now: datetime, limit: int, after: int = 0
) -> list[tuple[Claimed, Record]]:
    """Messages of which nobody knows whether they went, a minute after: the provider's own list may know.

    In the order of their ids, from the one that follows `after`.
    """
    rows = stuck.unknown(tx, senders, now - _GRACE, limit, after)
    return [(Claimed(row.id, claims.message(row, row.text, now)), row) for row in rows]


def is_known(tx: Tx, provider_id: str) -> bool:
    """Whether a message of ours has this provider's name already."""
    return outbox.is_named(tx, provider_id)


def not_listed(tx: Tx, row_id: int, now: datetime, organisation: Organisation, *, surely: bool) -> bool:
    """The provider does not have it, some minutes after: it did not go. True where it is offered once more.

    It is, where nothing was said there since: an old question after a new one would be answered as the new one. What is
    about danger is not: it would come late, and a person has been told to reach them another way. Where it is not sure
    that the provider does not have it, nobody knows still, and it is looked up no more.
    """
    row = outbox.get(tx, row_id)
    if row.state != OutState.UNKNOWN or row.provider_key is not None:
        return False
    if not surely:
        outbox.advance(tx, row_id, {"problem": stuck.NOT_LISTED})
        return False
    fresh = row.expires_at is None or now < row.expires_at
    calm = not row.wording.startswith(ABOUT_DANGER)
    again = fresh and calm and row.attempts < _MOST_OFFERS and stuck.is_newest(tx, row)
    purse.refund(tx, [row], organisation)
    if again:
        outbox.advance(tx, row_id, {"state": OutState.QUEUED, "settled_at": None, "due_at": now, "problem": None})
    else:
        closing.close(tx, [row_id], OutState.FAILED, now, organisation, problem=stuck.NOT_LISTED)
    return again
