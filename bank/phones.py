"""A phone's thread: what somebody sees on their screen, both sides of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from channels.message import Channel, Message, Option
from storage import addresses, messages_in, outbox
from storage.outbox import OutState
from storage.schema import Record
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
            Line(row.settled_at or row.created_at, message=_message(row, found)),
        )
        for row in outbox.at_address(tx, found.id)
        if row.state in _SEEN and row.text is not None
    ]
    return [line for *_order, line in sorted(said + heard, key=lambda entry: entry[:3])]


def _message(row: Record, address: Record) -> Message:
    return Message(
        token=row.token,
        sender=row.sender,
        channel=Channel(address.channel),
        address=address.address or "",
        text=row.text,
        options=tuple(Option(payload, label) for payload, label in row.options or ()),
        one_line=row.one_line,
        in_window=True,
        language=row.language,
    )
