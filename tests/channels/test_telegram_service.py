"""The calls that are not messages: what goes out, and what comes of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from channels.message import Concern
from channels.telegram.account import TelegramAccount
from channels.telegram.adapter import TelegramAdapter
from channels.telegram.problems import CallFailed
from channels.telegram.service import TelegramService, WebhookInfo
from channels.transport import NoAnswer, NotSent
from tests.channels.telegram_api import TOKEN, ScriptedTransport, ok, refusal, scripted

KINDS = ["message", "edited_message", "callback_query", "my_chat_member"]
WELSH = [("help", "Cymorth"), ("stop", "Stopio")]


async def test_the_webhook_is_set_with_our_secret_and_only_the_kinds_we_read() -> None:
    transport = ScriptedTransport({"setWebhook": [ok(True)]})
    account = TelegramAccount(TOKEN, secret_token="now-1", public_url="https://bank.example.org/")
    await TelegramAdapter(account, transport).service.set_webhook()
    assert transport.calls == [
        (
            "setWebhook",
            {
                "url": "https://bank.example.org/webhooks/telegram",
                "secret_token": "now-1",
                "allowed_updates": KINDS,
                "max_connections": 40,
            },
        )
    ]


async def test_the_webhook_reports_how_delivery_stands() -> None:
    answer = {
        "url": "https://bank.example.org/webhooks/telegram",
        "has_custom_certificate": False,
        "pending_update_count": 51,
        "ip_address": "192.0.2.1",
        "last_error_date": 1_796_306_400,
        "last_error_message": "Wrong response from the webhook: 500",
        "max_connections": 40,
        "allowed_updates": KINDS,
    }
    adapter, _ = scripted(ok(answer), name="getWebhookInfo")
    assert await adapter.service.webhook_info() == WebhookInfo(
        url="https://bank.example.org/webhooks/telegram",
        pending=51,
        last_error_at=datetime.fromtimestamp(1_796_306_400, UTC),
        last_error="Wrong response from the webhook: 500",
        ip_address="192.0.2.1",
        max_connections=40,
        kinds=tuple(KINDS),
    )


async def test_no_webhook_is_an_empty_url() -> None:
    answer = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
    adapter, _ = scripted(ok(answer), name="getWebhookInfo")
    assert await adapter.service.webhook_info() == WebhookInfo("", 0, None, None, None, None, ())


async def test_the_menu_is_set_once_a_language() -> None:
    adapter, transport = scripted(ok(True), name="setMyCommands")
    await adapter.service.set_commands({"": [("help", "Help")], "cy": WELSH})
    assert [call for _, call in transport.calls] == [
        {"commands": [{"command": "help", "description": "Help"}]},
        {
            "commands": [{"command": name, "description": words} for name, words in WELSH],
            "language_code": "cy",
        },
    ]


async def test_the_bot_knows_its_name() -> None:
    me = {"id": 666, "is_bot": True, "first_name": "Ashdale", "username": "AshdaleBot"}
    adapter, _ = scripted(ok(me), name="getMe")
    assert await adapter.service.me() == "AshdaleBot"


async def test_a_group_is_left() -> None:
    adapter, transport = scripted(ok(True), name="leaveChat")
    await adapter.service.leave_group("-100500")
    assert transport.calls == [("leaveChat", {"chat_id": "-100500"})]


async def test_updates_come_unread_with_the_next_offset_asked_for() -> None:
    odd = {"update_id": 8, "message": "unreadable"}
    adapter, transport = scripted(ok([odd]), name="getUpdates")
    assert await adapter.service.updates(8, 50) == [odd]
    assert transport.calls == [("getUpdates", {"offset": 8, "timeout": 50, "allowed_updates": KINDS})]


CALLS: list[tuple[str, Callable[[TelegramService], Awaitable[Any]]]] = [
    ("getMe", lambda service: service.me()),
    ("setWebhook", lambda service: service.set_webhook()),
    ("deleteWebhook", lambda service: service.delete_webhook()),
    ("getWebhookInfo", lambda service: service.webhook_info()),
    ("setMyCommands", lambda service: service.set_commands({"": [("help", "Help")]})),
    ("leaveChat", lambda service: service.leave_group("-1")),
    ("getUpdates", lambda service: service.updates(0, 50)),
]
FAULTS: list[tuple[tuple[int, bytes] | Exception, Concern, float | None]] = [
    (refusal(401, "Unauthorized"), Concern.CONFIGURATION, None),
    (refusal(409, "Conflict"), Concern.CONFIGURATION, None),
    (refusal(429, "Too Many Requests", retry_after=7), Concern.TEMPORARY, 7.0),
    (refusal(500, "Internal Server Error"), Concern.AMBIGUOUS, None),
    ((200, b"nonsense"), Concern.AMBIGUOUS, None),
    (NotSent("x"), Concern.TEMPORARY, None),
    (NoAnswer("x"), Concern.AMBIGUOUS, None),
]


@pytest.mark.parametrize(("answer", "concern", "wait"), FAULTS, ids=[str(row[0]) for row in FAULTS])
@pytest.mark.parametrize(("name", "ask"), CALLS, ids=[row[0] for row in CALLS])
async def test_a_failed_call_says_what_an_operator_needs(
    name: str,
    ask: Callable[[TelegramService], Awaitable[Any]],
    answer: tuple[int, bytes] | Exception,
    concern: Concern,
    wait: float | None,
) -> None:
    adapter, _ = scripted(answer, name=name)
    with pytest.raises(CallFailed) as caught:
        await ask(adapter.service)
    assert (caught.value.problem.concern, caught.value.retry_after) == (concern, wait)
    assert TOKEN not in str(caught.value)


@pytest.mark.parametrize(("name", "result"), [("getMe", {"id": 1}), ("getMe", None), ("getUpdates", [{"id": 1}])])
async def test_an_answer_that_makes_no_sense_is_a_failed_call(name: str, result: object) -> None:
    adapter, _ = scripted(ok(result), name=name)
    with pytest.raises(CallFailed):
        await dict(CALLS)[name](adapter.service)
