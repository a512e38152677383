"""The console as a test uses it: signed in as somebody, over a real database, with people writing in beside it."""

from __future__ import annotations

import itertools
import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import TracebackType
from typing import TypeVar
from urllib.parse import urlencode

import httpx
from starlette.applications import Starlette

from bank import sign_in
from bank.organisation import Organisation
from bank.tokens import token
from bot import mailing, web
from bot.house import House
from bot.now import MovableNow
from channels.message import Request
from console import form_token
from console.door import COOKIE
from storage import addresses, outbox, staff
from storage.schema import Record
from storage.staff import Role, StaffState
from storage.store import Store, Tx
from tests.bank.ashdale import MORNING

T = TypeVar("T")
_TOKEN = re.compile(r'name="form_token" value="([^"]+)"')
HOST = "https://heard.test"


class StillNow(MovableNow):
    """A Monday, 11am, until it is moved."""

    def __init__(self) -> None:
        super().__init__()
        self._time = MORNING

    def __call__(self) -> datetime:
        return self._time

    def move(self, by: timedelta) -> None:
        self._time += by


@dataclass(frozen=True)
class Somebody:
    """Their phone: what they write comes in through the real adapter and receiver."""

    console: Console
    number: str
    channel: str = "sms"

    async def says(self, *texts: str) -> None:
        for text in texts:
            form = {"sender": f"try-{self.channel}", "address": self.number, "text": text, "id": token()}
            phone = self.console.house.channels.phone
            assert phone is not None
            request = Request("POST", "/try", {}, urlencode(form).encode())
            await self.console.house.receiver.take(phone.parse(request), phone)
            await self.console.house.drain()

    async def heard(self) -> list[str]:
        """Every text that reached this phone, oldest first."""
        rows = await self.console.read(self._rows)
        return [row.text for row in rows if row.state in {"accepted", "sent", "delivered", "read"}]

    def _rows(self, tx: Tx) -> list[Record]:
        found = addresses.find(tx, self.channel, self.number)
        return outbox.at_address(tx, found.id) if found else []

    async def address(self) -> Record:
        """Their row, with its token for the address of pages."""
        found = await self.console.read(lambda tx: addresses.find(tx, self.channel, self.number))
        assert found is not None
        return found


@dataclass
class Browser:
    """Somebody of the team at the console. Redirects are followed; forms carry their token."""

    console: Console
    staff: Record
    client: httpx.AsyncClient

    async def get(self, path: str, **headers: str) -> httpx.Response:
        return await self.client.get(path, headers=headers)

    async def post(
        self, path: str, form: dict[str, str | list[str]] | None = None, page: str | None = None
    ) -> httpx.Response:
        """Send a form with its hidden token: that of the page `page`, else that of the page this browser had last."""
        fields: dict[str, str | list[str]] = {form_token.FIELD: await self._token(page), **(form or {})}
        return await self.client.post(path, data=fields)

    async def _token(self, page: str | None) -> str:
        found = _TOKEN.search((await self.client.get(page)).text) if page else None
        return found[1] if found else self.client.cookies[form_token.COOKIE]


@dataclass
class Console:
    """The whole house without a network: pages, receiver, senders, and a clock to move."""

    house: House
    clock: MovableNow
    app: Starlette
    _browsers: list[httpx.AsyncClient] = field(default_factory=list)
    _numbers: Iterable[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def store(self) -> Store:
        return self.house.store

    @property
    def organisation(self) -> Organisation:
        return self.house.organisation

    async def read(self, work: Callable[[Tx], T]) -> T:
        return await self.store.read(work)

    async def write(self, work: Callable[[Tx], T]) -> T:
        return await self.store.write(work)

    async def moves(self, **by: float) -> None:
        """Time passes, and everything happens that is due."""
        await self.house.move_time(timedelta(**by))
        while await mailing.queue_all(self.house):
            await self.house.drain()

    def phone(self, number: str, channel: str = "sms") -> Somebody:
        return Somebody(self, number, channel)

    async def as_(self, *roles: Role, name: str = "Sam Field") -> Browser:
        """A browser signed in as somebody new with these roles."""
        number = next(iter(self._numbers))
        now = self.clock()

        def hire(tx: Tx) -> tuple[Record, str]:
            row = staff.add(
                tx,
                token=token(),
                name=name,
                login=f"staff{number}",
                state=StaffState.ACTIVE,
                last_step=0,
                created_at=now,
            )
            staff.give(tx, row.id, roles)
            return row, sign_in.come_in(tx, row.id, now)

        row, session = await self.write(hire)
        client = self.client()
        client.cookies.set(COOKIE, session, domain="heard.test")
        client.cookies.set(form_token.COOKIE, secrets.token_urlsafe(24), domain="heard.test")
        return Browser(self, row, client)

    def client(self) -> httpx.AsyncClient:
        """A browser that nobody signed in with."""
        made = httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app),
            base_url=HOST,
            follow_redirects=True,
            event_hooks={"response": [_is_well]},
        )
        self._browsers.append(made)
        return made

    async def __aenter__(self) -> Console:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for client in self._browsers:
            await client.aclose()


async def _is_well(response: httpx.Response) -> None:
    assert response.status_code != 500, f"{response.request.url.path} failed: the log says where"


def console_of(house: House) -> Console:
    assert isinstance(house.now, MovableNow)
    return Console(house, house.now, web.app(house))
