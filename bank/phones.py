"""A phone's thread: what somebody sees on their screen, both sides of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bank.thread import message
from channels.message import Message
from storage import addresses, messages_in, outbox
from storage.outbox import OutState
from storage.store import Tx

_SEEN = frozenset({OutState.ACCEPTED, OutState.SENT, OutState.DELIVERED, OutState.READ})


@dataclass(frozen=True, slots=True)
class Line:
    """One bubble: theirs has `text`, ours has `message` (for the adapter's `show`)."""

    at: datetime
    text: str = ""
    message: Message | None = None


def thread(tx: Tx, channel: str, address: str) -> list[Line]:
    """Everything said between this address and us that reached the phone, oldest first."""
    found = addresses.find(tx, channel, address)
    if found is None:
        return []
    said = [
        (row.received_at, 0, row.id, Line(row.received_at, text=row.text or ""))
        for row in messages_in.at_address(tx, found.id)
    ]
    heard = [
        (
            row.settled_at or row.created_at,
            1,
            row.id,
            Line(row.settled_at or row.created_at, message=message(row, found)),
        )
        for row in outbox.at_address(tx, found.id)
        if row.state in _SEEN and row.text is not None
    ]
    return [line for *_order, line in sorted(said + heard, key=lambda entry: entry[:3])]
