"""Price: what a message costs us to send, in tenths of a penny."""

from __future__ import annotations

from channels.message import Channel, Message, numbered
from language.sms import length


def price(message: Message, each: int) -> int:
    """`each` is the price of an SMS segment, or of a message of any other channel."""
    return each * units(message) if each else 0


def units(message: Message) -> int:
    """How many of what its provider counts: SMS segments, or one message."""
    return length(numbered(message)).segments if message.channel is Channel.SMS else 1
