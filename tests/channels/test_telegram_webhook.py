"""Only Telegram's own calls are read, and only whole ones."""

from __future__ import annotations

import json
from typing import Any

import pytest

from channels.message import Forged, Malformed, Request
from channels.telegram.account import TelegramAccount
from channels.telegram.adapter import TelegramAdapter
from channels.transport import Transport
from tests.channels.telegram_updates import GROUP, moved, written


def adapter(**settings: str) -> TelegramAdapter:
    return TelegramAdapter(TelegramAccount("1:token", **settings), Transport())


def post(body: bytes | dict[str, Any], **headers: str) -> Request:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Request("POST", "/webhooks/telegram", named, content)


BOTH = {"secret_token": "now-1", "secret_token_previous": "then-1"}
SECRETS: list[tuple[str, dict[str, str], dict[str, str], bool]] = [
    ("the secret", BOTH, {"x_telegram_bot_api_secret_token": "now-1"}, True),
    ("the one before", BOTH, {"x_telegram_bot_api_secret_token": "then-1"}, True),
    ("another", BOTH, {"x_telegram_bot_api_secret_token": "now-2"}, False),
    ("part of it", BOTH, {"x_telegram_bot_api_secret_token": "now"}, False),
    ("other letters", BOTH, {"x_telegram_bot_api_secret_token": "nów-1"}, False),
    ("an empty header", BOTH, {"x_telegram_bot_api_secret_token": ""}, False),
    ("no header", BOTH, {}, False),
    ("none set, none given", {}, {}, False),
    ("none set, an empty one given", {}, {"x_telegram_bot_api_secret_token": ""}, False),
]


@pytest.mark.parametrize(
    ("settings", "headers", "genuine"), [row[1:] for row in SECRETS], ids=[row[0] for row in SECRETS]
)
def test_only_our_secret_opens_the_door(settings: dict[str, str], headers: dict[str, str], genuine: bool) -> None:
    request = post(written(text="Yes"), **headers)
    if genuine:
        assert len(adapter(**settings).parse(request)) == 1
        return
    with pytest.raises(Forged):
        adapter(**settings).parse(request)


BODIES: list[tuple[str, bytes]] = [
    ("nothing", b""),
    ("a form", b"update_id=1"),
    ("a list", b"[]"),
    ("a number", b"1"),
    ("not UTF-8", b'{"update_id": "\xff"}'),
    ("not a number", b'{"update_id": NaN}'),
    ("too deep", b"[" * 100_000),
    ("no update_id", b"{}"),
]


@pytest.mark.parametrize("body", [row[1] for row in BODIES], ids=[row[0] for row in BODIES])
def test_a_body_that_is_no_update_is_malformed(body: bytes) -> None:
    with pytest.raises(Malformed):
        adapter(**BOTH).parse(post(body, x_telegram_bot_api_secret_token="now-1"))


def test_a_forged_body_is_not_even_read() -> None:
    with pytest.raises(Forged):
        adapter(**BOTH).parse(post(b"not json"))


def test_the_adapter_names_the_group_of_a_call() -> None:
    assert adapter(**BOTH).group_of(post(moved("member", GROUP))) == "-100500"


def test_an_account_does_not_show_its_secrets() -> None:
    shown = repr(TelegramAccount("1:token", "now-1", "then-1"))
    assert not any(secret in shown for secret in ("1:token", "now-1", "then-1"))
