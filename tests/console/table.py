"""A table with phones on it: the page over a real store, and a browser that has no script."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import httpx
from starlette.applications import Starlette
from starlette.routing import Mount

from bank import upkeep
from bank.organisation import Organisation
from bot.receive import Receiver
from bot.sender import Sender
from channels.message import Request
from channels.try_phone import SENDERS, TryAdapter
from console.try_page import Desk, routes
from language.sms import length
from storage.store import Store

_BUBBLE = re.compile(r'<li class="(ours|theirs)">.*?<bdi[^>]*>(.*?)</bdi>', re.DOTALL)
_BUTTON = re.compile(r'name="payload" value="([^"]+)"[^>]*><bdi>(.*?)</bdi>')
_THREAD = re.compile(r'<ol class="thread".*?</ol>', re.DOTALL)


def measure(text: str) -> tuple[str, int]:
    measured = length(text)
    return measured.encoding, measured.segments


def desk_on(store: Store, organisation: Organisation, start: datetime) -> Desk:
    """A desk whose clock is moved by hand, and by a second with each message."""
    adapter = TryAdapter(measure)
    time = [start]
    senders = [Sender(name, adapter, store, lambda: time[0], lambda: organisation) for name in SENDERS]
    receiver = Receiver(store, lambda: organisation, lambda: time[0], lambda _sender: None)

    async def drain() -> None:
        for sender in senders:
            await sender.drain()

    async def deliver(request: Request) -> None:
        time[0] += timedelta(seconds=1)
        await receiver.take(adapter.parse(request), adapter)
        await drain()

    async def move_time(by: timedelta) -> None:
        time[0] += by
        await store.write(lambda tx: upkeep.run(tx, time[0], organisation))
        await drain()

    return Desk(store, lambda: time[0], lambda: organisation, adapter.show, deliver, move_time)


@dataclass
class Table:
    """The page as a browser without script uses it: `where` is its address, `html` what it shows."""

    client: httpx.AsyncClient
    where: str = "/try/"
    html: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def codes(self) -> list[str]:
        return [value for _name, value in parse_qsl(urlsplit(self.where).query)]

    @property
    def threads(self) -> list[list[tuple[str, str]]]:
        """For each phone, who said what: ("ours" or "theirs", the words)."""
        return [
            [(side, unescape(words)) for side, words in _BUBBLE.findall(part)] for part in _THREAD.findall(self.html)
        ]

    @property
    def buttons(self) -> list[tuple[str, str]]:
        """Payload and label of each, oldest first."""
        return _BUTTON.findall(self.html)

    async def open(self, query: str = "") -> Table:
        await self._see(await self.client.get(f"/try/{query}"))
        return self

    async def says(self, code: str, *texts: str) -> None:
        for text in texts:
            await self.uses("say", at=code, text=text)

    async def uses(self, action: str, **fields: str) -> None:
        query = urlsplit(self.where).query
        await self._see(await self.client.post(f"/try/{action}?{query}", data=fields))

    async def _see(self, answer: httpx.Response) -> None:
        assert answer.status_code == 200, answer
        self.where, self.html, self.headers = str(answer.url), answer.text, answer.headers


@asynccontextmanager
async def table_of(desk: Desk) -> AsyncIterator[Table]:
    app = Starlette(routes=[Mount("/try", routes=routes(desk))])
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://heard.example", follow_redirects=True) as client:
        yield Table(client)
