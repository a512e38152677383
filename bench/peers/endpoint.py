"""Providers that accept everything at once, and count it: Twilio's messages and Telegram's answers, on one port."""

from __future__ import annotations

import asyncio
import json
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import parse_qs

_END, _LENGTH = b"\r\n\r\n", b"\r\ncontent-length: "
_TO, _DIGITS = b"To=%2B4477", 8
_BOT = {"id": 1, "is_bot": True, "first_name": "Heard", "username": "heard_bench_bot"}


def _answer(status: bytes, body: bytes) -> bytes:
    head = b"HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % (status, len(body))
    return head + body


_QUEUED = _answer(
    b"201 Created",
    json.dumps(
        {
            "sid": f"SM{0:032}",
            "status": "queued",
            "num_segments": "1",
            "direction": "outbound-api",
            "date_created": "Sun, 22 Nov 2026 10:00:00 +0000",
            "error_code": None,
            "error_message": None,
        }
    ).encode(),
)
_ME = _answer(b"200 OK", json.dumps({"ok": True, "result": _BOT}).encode())


@dataclass
class Taken:
    """What arrived: posts, the people among them (by number), and what each chat was told, in order."""

    posts: int = 0
    people: set[bytes] = field(default_factory=set)
    chats: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))


class Endpoint(asyncio.Protocol):
    """One connection. Requests come with a Content-Length, as all of these clients send them, or without a body."""

    def __init__(self, taken: Taken) -> None:
        self._taken = taken
        self._waiting = b""
        self._transport: asyncio.WriteTransport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.WriteTransport", transport)  # uvloop's are no subclass of it

    def data_received(self, data: bytes) -> None:
        self._waiting += data
        while (end := self._waiting.find(_END)) >= 0:
            head, start = self._waiting[:end], end + len(_END)
            _before, found, after = head.lower().partition(_LENGTH)
            length = int(after.partition(b"\r\n")[0]) if found else 0
            if len(self._waiting) < start + length:
                return
            body, self._waiting = self._waiting[start : start + length], self._waiting[start + length :]
            self._transport.write(self._take(head, body))

    def _take(self, head: bytes, body: bytes) -> bytes:
        path = head.split(b" ", 2)[1]
        if path.endswith(b"/Messages.json"):
            at = body.index(_TO) + len(_TO)
            self._taken.posts += 1
            self._taken.people.add(body[at : at + _DIGITS])
            return _QUEUED
        return self._say(head, body) if path.endswith(b"/sendMessage") else _ME

    def _say(self, head: bytes, body: bytes) -> bytes:
        """A bot's answer to a chat: some send JSON, others a form."""
        said = (
            json.loads(body) if b"application/json" in head else {k: v[0] for k, v in parse_qs(body.decode()).items()}
        )
        chat = int(said["chat_id"])
        self._taken.chats[chat].append(said["text"])
        message = {
            "message_id": len(self._taken.chats[chat]),
            "date": int(time.time()),
            "from": _BOT,
            "chat": {"id": chat, "type": "private", "first_name": "Asha"},
            "text": said["text"],
        }
        return _answer(b"200 OK", json.dumps({"ok": True, "result": message}).encode())


@asynccontextmanager
async def endpoint() -> AsyncIterator[tuple[str, Taken]]:
    """Its URL without a slash at the end, and what it takes."""
    taken = Taken()
    server = await asyncio.get_running_loop().create_server(lambda: Endpoint(taken), "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", taken
    finally:
        server.close()
