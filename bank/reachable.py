"""Reachable: whether a text may go to an address now. Whoever asks for more, or for less, says so beside it."""

from __future__ import annotations

from datetime import datetime

from channels.message import Channel
from storage.addresses import AddressState
from storage.schema import Record


def is_unsafe(address: Record, now: datetime) -> bool:
    """Any sign of us could do harm there: they said so, or a lead did. Nothing at all goes until it is over."""
    return address.unsafe_until is not None and now < address.unsafe_until


def may_be_texted(address: Record, now: datetime) -> bool:
    """It is open and known, it is safe, and nobody of ours must look first, has taken it over or called it spam."""
    left_alone = any(one is not None for one in (address.held, address.taken_by, address.spam))
    is_open = address.state == AddressState.OPEN and address.address is not None
    return is_open and not left_alone and not is_unsafe(address, now)


def takes_free_words(address: Record, now: datetime) -> bool:
    """WhatsApp takes what is no template only within 24 hours after they wrote; the others always."""
    return address.channel != Channel.WHATSAPP or (address.window_until is not None and now < address.window_until)
