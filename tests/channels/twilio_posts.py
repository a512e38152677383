"""Requests as Twilio makes them, signed here by the rules and not by the library."""

import base64
import hashlib
import hmac
from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from channels.message import Request
from channels.transport import Transport
from channels.twilio import TwilioAccount, TwilioAdapter

TOKEN = "test-token-1"
PUBLIC_URL = "https://hub.example.org.uk"
MESSAGE_PATH, STATUS_PATH = "/webhooks/twilio/message", "/webhooks/twilio/status"
FORM = "application/x-www-form-urlencoded"

ACCOUNT = TwilioAccount(
    account_sid="AC" + "0" * 32,
    auth_token=TOKEN,
    auth_token_previous="test-token-0",
    public_url=PUBLIC_URL,
    sms_from="+447700900456",
    whatsapp_from="+447700900457",
)

SMS = {
    "MessageSid": "SM" + "1" * 32,
    "SmsSid": "SM" + "1" * 32,
    "AccountSid": ACCOUNT.account_sid,
    "From": "+447700900123",
    "To": "+447700900456",
    "Body": "Yes please",
    "NumMedia": "0",
    "NumSegments": "1",
    "FromCity": "",
}
WHATSAPP = SMS | {
    "From": "whatsapp:+447700900123",
    "To": "whatsapp:+447700900457",
    "WaId": "447700900123",
    "ProfileName": "Asha 🌻",
}
RECEIPT = {
    "MessageSid": "SM" + "2" * 32,
    "MessageStatus": "delivered",
    "AccountSid": ACCOUNT.account_sid,
    "From": "+447700900456",
    "To": "+447700900123",
}

Pairs = Mapping[str, str] | Iterable[tuple[str, str]]


def measure(text: str) -> tuple[str, int]:
    return "GSM-7", 1 + len(text) // 160


def make_adapter(account: TwilioAccount = ACCOUNT, transport: Transport | None = None) -> TwilioAdapter:
    return TwilioAdapter(account, transport or Transport(), measure)


def sign(url: str, pairs: Pairs = (), token: str = TOKEN) -> str:
    """Base64 of HMAC-SHA1 over the URL and, sorted, each name followed by its value."""
    items = pairs.items() if isinstance(pairs, Mapping) else pairs
    text = url + "".join(name + value for name, value in sorted(set(items)))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()


def post(path: str, pairs: Pairs, *, base: str = PUBLIC_URL, token: str = TOKEN, **headers: str) -> Request:
    """A signed form post. `headers` replaces or adds headers, underscores for hyphens."""
    items = list(pairs.items() if isinstance(pairs, Mapping) else pairs)
    given = {"content-type": FORM, "host": "internal:8000", "x-twilio-signature": sign(base + path, items, token)}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    return Request("POST", path, given, urlencode(items).encode())


def message_post(**changes: str) -> Request:
    return post(MESSAGE_PATH, SMS | changes)


def whatsapp_post(**changes: str) -> Request:
    return post(MESSAGE_PATH, WHATSAPP | changes)


def receipt_post(path: str = STATUS_PATH + "?t=tok_1", **changes: str) -> Request:
    return post(path, RECEIPT | changes)
