"""What was kept is read once more without a signature, and says the same as when it came."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from channels.message import Event, Incoming, Malformed, Receipt, Request
from channels.telegram.account import TelegramAccount
from channels.telegram.adapter import TelegramAdapter
from channels.transport import Transport
from channels.try_phone import TryAdapter
from channels.twilio import TwilioAdapter
from tests.channels.telegram_updates import moved, pressed, written
from tests.channels.twilio_posts import MESSAGE_PATH, RECEIPT, SMS, STATUS_PATH, WHATSAPP, make_adapter, post


def telegram() -> TelegramAdapter:
    return TelegramAdapter(TelegramAccount("1:token", secret_token="now-1"), Transport())


@pytest.fixture
def twilio() -> TwilioAdapter:
    return make_adapter()


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        (MESSAGE_PATH, SMS),
        (MESSAGE_PATH, WHATSAPP),
        (MESSAGE_PATH, SMS | {"Body": "Tak, proszę & + 1 👍"}),
        (f"{STATUS_PATH}?t=our-token", RECEIPT),
    ],
    ids=["sms", "whatsapp", "other letters", "receipt"],
)
def test_a_body_and_an_event_of_twilio_s_read_as_they_came(
    twilio: TwilioAdapter, path: str, fields: dict[str, str]
) -> None:
    request = post(path, fields)
    (came,) = twilio.parse(request)
    assert twilio.read(request.body.decode(), path) == (came,)
    assert twilio.read(came.raw, path) == (came,)


def test_what_was_fetched_names_no_path(twilio: TwilioAdapter) -> None:
    (came,) = twilio.read('{"MessageSid": "SM1", "From": "+447700900123", "Body": "Yes"}', "")
    assert isinstance(came, Incoming)
    (told,) = twilio.read('{"MessageSid": "SM1", "To": "+447700900123", "MessageStatus": "sent"}', "")
    assert isinstance(told, Receipt)


def test_so_reads_what_came_by_get(twilio: TwilioAdapter) -> None:
    (came,) = twilio.read("", f"{MESSAGE_PATH}?{urlencode(SMS)}")
    assert isinstance(came, Incoming)
    assert came.text == SMS["Body"]


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        ("", MESSAGE_PATH),
        ("(empty)", ""),
        ('{"MessageSid": 1}', MESSAGE_PATH),
        ("{", MESSAGE_PATH),
        ("MessageSid=SM1&MessageSid=SM2", MESSAGE_PATH),
        ("Body=%ff", MESSAGE_PATH),
        (urlencode(SMS), "/webhooks/twilio/fax"),
    ],
)
def test_what_is_still_beyond_us_is_malformed(twilio: TwilioAdapter, raw: str, path: str) -> None:
    with pytest.raises(Malformed):
        twilio.read(raw, path)


@pytest.mark.parametrize("update", [written(text="Yes"), pressed(), moved("kicked")], ids=["words", "press", "block"])
def test_an_update_of_telegram_s_reads_as_it_came(update: dict[str, Any]) -> None:
    body = json.dumps(update).encode()
    request = Request("POST", "/webhooks/telegram", {"x-telegram-bot-api-secret-token": "now-1"}, body)
    (came,) = telegram().parse(request)
    assert telegram().read(body.decode(), request.path) == (came,)
    assert telegram().read(came.raw, "") == (came,)


@pytest.mark.parametrize("raw", ["", "{", "[]", '{"update_id": "x"}'])
def test_what_is_no_update_is_malformed(raw: str) -> None:
    with pytest.raises(Malformed):
        telegram().read(raw, "")


def test_what_the_phone_in_the_browser_wrote_is_the_same_message() -> None:
    phone = TryAdapter(lambda text: ("GSM-7", 1))
    form = {"sender": "try-sms", "address": "447700900123", "text": "Yes"}
    (came,) = phone.parse(Request("POST", "/try", {}, urlencode(form).encode()))
    again: tuple[Event, ...] = phone.read(came.raw, "")  # type: ignore[union-attr]
    assert again == (came,)
    with pytest.raises(Malformed):
        phone.read("(empty)", "")
