"""What each provider posts to us when a person does something with a phone, signed by the provider's rules."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from itertools import count
from typing import Any
from urllib.parse import urlencode

from channels.message import Request
from channels.telegram.account import TelegramAccount
from channels.twilio import TwilioAccount
from tests.conversations.pocket import Bubble

PUBLIC_URL = "https://heard.ashdale.example"
TWILIO = TwilioAccount(
    account_sid="AC" + "7" * 32,
    auth_token="a-token-of-the-test",
    public_url=PUBLIC_URL,
    sms_from="+447700900001",
    whatsapp_from="+447700900002",
)
TELEGRAM = TelegramAccount("123456:a-bot-of-the-test", secret_token="a-secret-of-the-test", public_url=PUBLIC_URL)
PICTURE = f"https://api.twilio.com/2010-04-01/Accounts/{TWILIO.account_sid}/Messages/MM1/Media/ME1"
BOT = {"id": 123456, "is_bot": True, "first_name": "Ashdale", "username": "AshdaleBot"}
WHEN = 1_795_431_600  # the Monday morning on which every dialogue begins, in seconds

_numbers = count(1)


def twilio(path: str, parameters: Mapping[str, str]) -> Request:
    """A form, with the base64 of the HMAC-SHA1 of the address and every parameter in order of its name."""
    text = PUBLIC_URL + path + "".join(name + parameters[name] for name in sorted(parameters))
    signature = base64.b64encode(hmac.new(TWILIO.auth_token.encode(), text.encode(), hashlib.sha1).digest()).decode()
    headers = {"content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature}
    return Request("POST", path, headers, urlencode(parameters).encode())


def text_message(from_: str, to: str, body: str, **more: str) -> Request:
    """An SMS or WhatsApp message as Twilio posts it. `more` adds or replaces parameters."""
    sid = f"SM{next(_numbers):032x}"
    parameters = {
        "MessageSid": sid,
        "SmsSid": sid,
        "AccountSid": TWILIO.account_sid,
        "From": from_,
        "To": to,
        "Body": body,
        "NumMedia": "0",
        "NumSegments": "1",
    }
    return twilio("/webhooks/twilio/message", parameters | more)


def telegram(**update: Any) -> Request:
    """An update, with the secret in its header."""
    body = json.dumps({"update_id": next(_numbers), **update}, ensure_ascii=True).encode()
    headers = {"content-type": "application/json", "x-telegram-bot-api-secret-token": TELEGRAM.secret_token}
    return Request("POST", "/webhooks/telegram", headers, body)


def chat_message(chat: int, language: str | None, **content: Any) -> dict[str, Any]:
    """A message that a person wrote in their chat with the bot."""
    return {"message_id": next(_numbers), "from": user(chat, language), "chat": room(chat), "date": WHEN, **content}


def bot_message(chat: int, bubble: Bubble) -> dict[str, Any]:
    """A message of ours as Telegram hands it back beside a pressed button."""
    rows = [[{"text": one.label, "callback_data": one.payload}] for one in bubble.message.options]
    return {
        "message_id": int(bubble.provider_id.partition(":")[2]),
        "from": BOT,
        "chat": room(chat),
        "date": WHEN,
        "text": bubble.message.text,
        "reply_markup": {"inline_keyboard": rows},
    }


def user(chat: int, language: str | None) -> dict[str, Any]:
    return {"id": chat, "is_bot": False, "first_name": "A person"} | ({"language_code": language} if language else {})


def room(chat: int) -> dict[str, Any]:
    return {"id": chat, "type": "private", "first_name": "A person"}
