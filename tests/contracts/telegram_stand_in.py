"""npm's telegram-test-api in its own process: a Bot API made by others, and phones to use it with."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

SCRIPT = Path(__file__).parents[1] / "node" / "telegram-stand-in.js"


@dataclass(frozen=True)
class Phone:
    """One person's Telegram, in a private chat with the bot that has this token."""

    url: str
    token: str
    chat: int
    name: str = "Asha"

    async def says(self, text: str) -> None:
        """Write to the bot; text that begins with "/" goes as a command."""
        await self._ask("says", text=text)

    async def presses(self, payload: str) -> None:
        """Press the last button shown that carries this."""
        await self._ask("presses", data=payload)

    async def saw(self, count: int = 1) -> list[dict[str, Any]]:
        """All the bot's messages in this chat, as the phone has them, once there are so many."""
        seen: list[dict[str, Any]] = await self._ask("saw", count=count)
        assert len(seen) >= count, f"{len(seen)} of {count} messages came"
        return seen

    async def acknowledged(self) -> list[str]:
        """The presses, in all of this bot's chats, that were answered."""
        pressed: list[str] = await self._ask("acknowledged")
        return pressed

    async def _ask(self, what: str, **particulars: Any) -> Any:
        asked = {"token": self.token, "chat": self.chat, "name": self.name} | particulars
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{self.url}/person/{what}", json=asked, raise_for_status=True) as response,
        ):
            return (await response.json())["result"]


@dataclass(frozen=True)
class TelegramStandIn:
    """Where the stand-in listens. Every token is a bot of its own."""

    url: str

    def phone(self, token: str, chat: int = 7001, name: str = "Asha") -> Phone:
        return Phone(self.url, token, chat, name)


@contextmanager
def running(node: str) -> Iterator[TelegramStandIn]:
    """The stand-in, until the block ends. Its packages are those of tests/node."""
    process = subprocess.Popen([node, str(SCRIPT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin
    assert process.stdout
    try:
        yield TelegramStandIn(json.loads(process.stdout.readline())["url"])
    finally:
        process.stdin.close()
        process.wait(timeout=10)
        process.stdout.close()
