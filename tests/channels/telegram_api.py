"""A Bot API for tests: scripted answers, behind a real socket or in place of the transport."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from channels.message import Channel, Message, Option
from channels.telegram.account import TelegramAccount
from channels.telegram.adapter import TelegramAdapter
from channels.transport import Answer, Body, Transport

TOKEN = "123:never-logged"
SENT = {
    "message_id": 77,
    "from": {"id": 666, "is_bot": True, "first_name": "Ashdale", "username": "AshdaleBot"},
    "chat": {"id": 7001, "type": "private", "first_name": "Asha"},
    "date": 1_796_306_400,
    "text": "Are you coming?",
}


def ok(result: Any) -> tuple[int, bytes]:
    return 200, json.dumps({"ok": True, "result": result}).encode()


def refusal(status: int, description: str, **parameters: Any) -> tuple[int, bytes]:
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    return status, json.dumps(body | ({"parameters": parameters} if parameters else {})).encode()


def message(address: str = "7001", text: str = "Are you coming?", *options: Option) -> Message:
    return Message("token-1", "telegram", Channel.TELEGRAM, address, text, options)


class ScriptedTransport(Transport):
    """Takes one answer or exception after another for each method; the last one stays."""

    def __init__(self, script: Mapping[str, list[tuple[int, bytes] | Exception]]) -> None:
        super().__init__()
        self._script = {method: list(answers) for method, answers in script.items()}
        self.calls: list[tuple[str, dict[str, Any]]] = []

    async def call(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: Body | None = None,
        timeout: float,
    ) -> Answer:
        name = url.rpartition("/")[2]
        self.calls.append((name, json.loads(body or b"{}")))
        answers = self._script[name]
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, Exception):
            raise answer
        return Answer(answer[0], {}, answer[1])


def scripted(
    *answers: tuple[int, bytes] | Exception, name: str = "sendMessage"
) -> tuple[TelegramAdapter, ScriptedTransport]:
    transport = ScriptedTransport({name: list(answers)})
    return TelegramAdapter(TelegramAccount(TOKEN, public_url="https://bank.example.org/"), transport), transport


class Wanting:
    """What a server over a real socket is to do with the next call."""

    RESET = "reset"
    SILENCE = "silence"


@asynccontextmanager
async def serving(behaviour: tuple[int, bytes] | str) -> AsyncIterator[str]:
    """A server's address; it answers, breaks the connection, or says nothing until it is closed."""
    over = asyncio.Event()

    async def handle(request: web.Request) -> web.Response:
        await request.read()
        if behaviour == Wanting.RESET and request.transport:
            request.transport.abort()
        if isinstance(behaviour, str):
            await over.wait()
            return web.Response()
        return web.Response(status=behaviour[0], body=behaviour[1])

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handle)
    server = TestServer(app)
    await server.start_server()
    try:
        yield str(server.make_url("")).rstrip("/")
    finally:
        over.set()
        await server.close()
