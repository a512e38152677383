"""Limits: how fast one of our senders may send, and for how much a day."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from bank.organisation import Organisation
from storage import claims, spending
from storage.outbox import Priority
from storage.store import Tx

# What a provider has not told us about for so long is not in its queue any more.
_IN_ITS_QUEUE = timedelta(minutes=10)
_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Limits:
    """One sender's. Nought is no limit.

    `per_second` is what its provider sends on in a second: SMS segments, or messages. `a_day` and `price` (of a
    segment, or a message) are tenths of a penny. `receipts`: its provider tells us when a message has left its queue.
    `outside_window`: it has a template for WhatsApp messages that answer nothing.
    """

    per_second: float = 0
    a_day: int = 0
    price: int = 0
    receipts: bool = False
    outside_window: bool = True


NONE = Limits()


def day_of(now: datetime, organisation: Organisation) -> str:
    """The day here, by which is counted what was spent: "2026-11-23"."""
    return now.astimezone(organisation.zone).date().isoformat()


def lowest(tx: Tx, sender: str, limits: Limits, now: datetime, organisation: Organisation) -> Priority:
    """Down to which priority this sender may send now, for its day's limit and for its provider's queue."""
    if limits.a_day and spending.of(tx, sender, day_of(now, organisation)) >= limits.a_day:
        return Priority.SAFETY
    a_minute = math.ceil(limits.per_second * _MINUTE)
    if limits.receipts and a_minute and _in_its_queue(tx, sender, limits, now, a_minute) >= a_minute:
        return Priority.SAFETY
    return Priority.BULK


def _in_its_queue(tx: Tx, sender: str, limits: Limits, now: datetime, most: int) -> int:
    """How many segments, or messages, its provider has still to send on, as far as we know."""
    number, cost = claims.handed_over(tx, sender, now - _IN_ITS_QUEUE, most)
    return max(number, cost // limits.price if limits.price else 0)
