"""New address: whom we have not written to before, and how their row begins."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bank.organisation import Organisation
from bank.tokens import token
from channels.message import Channel
from language import phones
from storage import addresses
from storage.addresses import AddressState
from storage.schema import Record
from storage.store import Tx


def columns(channel: str, sender: str, address: str, now: datetime, **more: Any) -> dict[str, Any]:
    """What its row holds, and `more`: a landline has its texts read out, whoever gave us the number."""
    return {
        "token": token(),
        "channel": channel,
        "sender": sender,
        "address": address,
        "address_key": addresses.key_of(channel, address),
        "state": AddressState.OPEN,
        "landline": channel == Channel.SMS and phones.line(address) == "landline",
        "created_at": now,
    } | more


def add(tx: Tx, channel: str, sender: str, address: str, now: datetime, **more: Any) -> Record:
    """Its row; the one that is there, where another message brought it at the same moment."""
    added = addresses.add_once(tx, **columns(channel, sender, address, now, **more))
    known = added or addresses.find(tx, channel, address)
    if known is None:
        raise LookupError("an address that was just added is not there")
    return known


def for_texts(tx: Tx, number: str, now: datetime, organisation: Organisation, **more: Any) -> Record:
    """The same for the texts to a number (E.164)."""
    return add(tx, Channel.SMS, organisation.texts_from, number, now, **more)
