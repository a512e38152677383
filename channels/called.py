"""What people call each channel."""

from __future__ import annotations

from collections.abc import Mapping

from channels.message import Channel

CALLED: Mapping[Channel, str] = {
    Channel.SMS: "SMS",
    Channel.WHATSAPP: "WhatsApp",
    Channel.TELEGRAM: "Telegram",
}
