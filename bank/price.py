"""Price: by what a provider counts what we send."""

from __future__ import annotations

from channels.message import Channel, Message, numbered
from language.sms import length


def units(message: Message) -> int:
    """How many of what its provider counts: SMS segments, or one message."""
    return length(numbered(message)).segments if message.channel is Channel.SMS else 1
