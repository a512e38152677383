"""Which channels are on: an adapter for each sender that has its credentials."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.settings import Settings
from channels.message import Adapter, Channel
from channels.telegram.account import TelegramAccount
from channels.telegram.adapter import TelegramAdapter
from channels.transport import Transport
from channels.try_phone import SENDERS as TRY_SENDERS
from channels.try_phone import TryAdapter
from channels.twilio import TwilioAccount, TwilioAdapter
from language.sms import length


@dataclass(frozen=True, slots=True)
class Channels:
    """`adapters` is by sender name. The families are kept by their own type for what only they do."""

    adapters: Mapping[str, Adapter]
    twilio: TwilioAdapter | None
    telegram: TelegramAdapter | None
    phone: TryAdapter | None


def measure(text: str) -> tuple[str, int]:
    """Encoding and segments of an SMS."""
    measured = length(text)
    return measured.encoding, measured.segments


def twilio_account(settings: Settings) -> TwilioAccount:
    own = settings.twilio.model_dump()
    return TwilioAccount(public_url=settings.public_url, **own)


def telegram_account(settings: Settings) -> TelegramAccount:
    own = settings.telegram.model_dump(exclude={"updates", "name"})
    return TelegramAccount(public_url=settings.public_url if hears_by_webhook(settings) else "", **own)


def hears_by_webhook(settings: Settings) -> bool:
    """Telegram calls us where it can reach us; elsewhere we ask it."""
    if settings.telegram.updates == "auto":
        return settings.public_url.startswith("https://") and bool(settings.telegram.secret_token)
    return settings.telegram.updates == "webhook"


def turn_on(settings: Settings, transport: Transport) -> Channels:
    """Build what has credentials; what has none is off."""
    adapters: dict[str, Adapter] = {}
    twilio = TwilioAdapter(twilio_account(settings), transport, measure) if settings.twilio.on else None
    for sender, number in (("sms", settings.twilio.sms_from), ("whatsapp", settings.twilio.whatsapp_from)):
        if twilio is not None and (number or settings.twilio.messaging_service_sid):
            adapters[sender] = twilio
    telegram = TelegramAdapter(telegram_account(settings), transport) if settings.telegram.on else None
    if telegram is not None:
        adapters["telegram"] = telegram
    phone = TryAdapter(measure) if settings.is_demo else None
    if phone is not None:
        adapters |= dict.fromkeys(TRY_SENDERS, phone)
    return Channels(adapters, twilio, telegram, phone)


def masked_numbers(settings: Settings, senders: Collection[str]) -> dict[str, str]:
    """The numbers of those senders that are on, as they may be shown: "ends 123". Only what Twilio carries has one."""
    own = {"sms": settings.twilio.sms_from, "whatsapp": settings.twilio.whatsapp_from}
    numbers = {channel.value: own.get(channel, "") for channel in Channel if channel in senders}
    return {name: f"ends {number[-3:]}" if number else "" for name, number in numbers.items()}
