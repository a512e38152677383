"""Twilio's parameters, read as what a person sent or what became of a message.

Parameter names: Twilio docs, Request parameters and Message status callbacks.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from channels.message import Channel, Incoming, Kind, Poison, Receipt, Status
from channels.twilio.buttons import pressed
from channels.twilio.media import TwilioMedia
from channels.twilio.problems import problem

ADDRESS_LIMIT = 140
SID_LIMIT = 64
WHATSAPP = "whatsapp:"
KEYWORDS = ("STOP", "START", "HELP")

STATUSES: Mapping[str, Status] = {
    "accepted": Status.ACCEPTED,
    "scheduled": Status.ACCEPTED,
    "queued": Status.ACCEPTED,
    "sending": Status.ACCEPTED,
    "sent": Status.SENT,
    "delivered": Status.DELIVERED,
    "read": Status.READ,
    "failed": Status.FAILED,
    "undelivered": Status.FAILED,
    "canceled": Status.CANCELED,
}

_as_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def incoming(parameters: Mapping[str, str], store: TwilioMedia) -> Incoming:
    """What a person sent. The text is kept to the letter. Raises Poison."""
    channel, address = _end(parameters.get("From", ""))
    payload, title = pressed(parameters)
    media = _count(parameters.get("NumMedia", ""))
    keyword = parameters.get("OptOutType", "").upper()
    return Incoming(
        sender=channel.value,
        channel=channel,
        address=address,
        provider_id=_sid(parameters),
        text=parameters.get("Body", "") or title,
        kind=_kind(parameters, payload, media),
        payload=payload,
        quoted_id=parameters.get("OriginalRepliedMessageSid") or None,
        media=media,
        phone=address if address[0] == "+" and address[1:].isascii() and address[1:].isdecimal() else None,
        opt_out=keyword if keyword in KEYWORDS else None,
        forwarded=_says_true(parameters, "Forwarded") or _says_true(parameters, "FrequentlyForwarded"),
        raw=_as_json(parameters),
        enclosed=store.named(parameters, media) if media else (),
    )


def receipt(parameters: Mapping[str, str], token: str | None) -> Receipt:
    """What became of the message that we call `token`. Raises Poison."""
    status = STATUSES.get(parameters.get("MessageStatus", "").lower())
    if status is None:
        raise Poison("unknown MessageStatus")
    channel, _ = _end(parameters.get("To") or parameters.get("From", ""))
    code = parameters.get("ErrorCode", "")
    return Receipt(
        sender=channel.value,
        provider_id=_sid(parameters),
        status=status,
        token=token,
        problem=problem(code) if code.strip("0") else None,
        raw=_as_json(parameters),
    )


def _end(address: str) -> tuple[Channel, str]:
    """A person's channel and address: a phone number, or WhatsApp's name for them ("GB.abc")."""
    channel = Channel.WHATSAPP if address.startswith(WHATSAPP) else Channel.SMS
    bare = address.removeprefix(WHATSAPP)
    if not bare or len(bare) > ADDRESS_LIMIT or ":" in bare:
        raise Poison("no usable address")
    return channel, bare


def _sid(parameters: Mapping[str, str]) -> str:
    sid = parameters.get("MessageSid", "")
    if not 0 < len(sid) <= SID_LIMIT:
        raise Poison("no usable MessageSid")
    return sid


def _count(digits: str) -> int:
    if not digits:
        return 0
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 3):
        raise Poison("NumMedia is not a small number")
    return int(digits)


def _kind(parameters: Mapping[str, str], payload: str | None, media: int) -> Kind:
    if payload is not None:
        return Kind.BUTTON
    if media:
        return Kind.MEDIA
    if parameters.get("Latitude") and parameters.get("Longitude"):
        return Kind.LOCATION
    return Kind.TEXT


def _says_true(parameters: Mapping[str, str], name: str) -> bool:
    return parameters.get(name, "").lower() == "true"
