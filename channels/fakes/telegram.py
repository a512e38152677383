"""Telegram's Bot API and its webhook, on a socket of our own, with people to talk to.

Facts are from the Telegram Bot API docs and the open-source telegram-bot-api server.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from aiohttp import web

from channels.fakes.book import Book
from channels.fakes.clock import Clock, Sleep, utc_now
from channels.fakes.fault import Fault, Refuse
from channels.fakes.page import page
from channels.fakes.script import Script, forced
from channels.fakes.server import FakeServer
from channels.fakes.telegram_calls import Calls
from channels.fakes.telegram_courier import Courier
from channels.fakes.telegram_delivery import Delivery
from channels.fakes.telegram_error import JSON, TelegramError, answer, refusal
from channels.fakes.telegram_files import Files
from channels.fakes.telegram_group import Group
from channels.fakes.telegram_limits import Limits
from channels.fakes.telegram_person import Person
from channels.fakes.telegram_updates import Updates
from channels.fakes.telegram_world import World

_NOT_IN_ANSWERS = frozenset({"setwebhook", "deletewebhook", "close", "logout"})


class FakeTelegram(FakeServer):
    """One bot. `script` plays on sendMessage; `scripts` on other methods, by their names.

    `limits` switches the rate limits on. `local` takes webhooks on plain http and any port.
    """

    def __init__(
        self,
        token: str,
        *,
        book: Book | None = None,
        script: Script | None = None,
        scripts: Mapping[str, Script] | None = None,
        clock: Clock = utc_now,
        sleep: Sleep = asyncio.sleep,
        limits: Limits | None = None,
        username: str = "ashdale_heard_bot",
        local: bool = True,
    ) -> None:
        super().__init__(clock, sleep)
        self.token = token
        self.book = Book() if book is None else book
        id_ = int(token.partition(":")[0]) if token.partition(":")[0].isdecimal() else 1
        bot = {"id": id_, "is_bot": True, "first_name": "Heard", "username": username}
        self.world = World(bot, self.book, clock)
        self.script = script or Script()
        self.scripts = {name.lower(): other for name, other in (scripts or {}).items()} | {"sendmessage": self.script}
        self.courier = Courier(self.world.updates, clock, sleep)
        self.courier.on_reply = self._called_in_answer
        self.calls = Calls(self.world, limits)
        self.delivery = Delivery(self.world.updates, self.courier, lambda: self.session, local=local)
        self.files = Files(token)
        self._methods = {**self.calls.table(), **self.delivery.table(), **self.files.table()}

    @property
    def updates(self) -> Updates:
        """What waits to be told to the bot."""
        return self.world.updates

    def routes(self) -> Sequence[web.RouteDef]:
        return (
            web.route("*", f"/bot{self.token}/{{method}}", self._call),
            self.files.route(),
            web.get("/", self._page),
            web.route("*", "/{rest:.*}", self._elsewhere),
        )

    async def stop(self) -> None:
        await self.courier.stop()
        await super().stop()

    async def settled(self) -> None:
        """Wait until the webhook has had every update, or it was dropped."""
        await self.courier.settled()

    def person(
        self,
        id_: int,
        first_name: str = "Asha",
        language_code: str | None = "en",
        *,
        started: bool = False,
        **more: str,
    ) -> Person:
        """Somebody with this id, the same one each time. `more` are further fields of the User object.

        The bot may not write before the person has; `started` says that they did.
        """
        known = self.world.chats.get(id_)
        if isinstance(known, Person):
            return known
        person = Person(self.world, id_, first_name, language_code, **more)
        person.started = started
        self.world.chats[id_] = person
        return person

    def group(self, id_: int, title: str = "Carers") -> Group:
        group = Group(self.world, id_, title)
        self.world.chats[id_] = group
        return group

    async def _call(self, request: web.Request) -> web.Response:
        name = request.match_info["method"].lower()
        if name not in self._methods:
            return refusal(TelegramError(404))
        try:
            parameters = await _read(request)
        except (ValueError, TypeError):
            return refusal(TelegramError(400, "Bad Request: can't parse the request"))
        run = partial(self._run, name, parameters)
        fault = self._fault(name, parameters)
        return await (run() if fault is None else self.misbehave(fault, request, run, answer))

    def _fault(self, name: str, parameters: Mapping[str, Any]) -> Fault | None:
        script = self.scripts.get(name)
        if script is None:
            return None
        text = str(parameters.get("text", ""))
        fault = script.next(str(parameters.get("chat_id", "")), text).fault
        code = forced(text)
        return fault or (Refuse(code) if code and 400 <= code < 600 else None)

    async def _run(self, name: str, parameters: Mapping[str, Any]) -> web.Response:
        try:
            result = await self._methods[name](parameters)
        except TelegramError as error:
            return refusal(error)
        return web.Response(body=json.dumps({"ok": True, "result": result}).encode(), headers=JSON)

    async def _called_in_answer(self, call: dict[str, Any]) -> None:
        """A method named in the answer to an update; the bot never learns its result."""
        name = call.pop("method").lower()
        if name in self._methods and not name.startswith("get") and name not in _NOT_IN_ANSWERS:
            await self._run(name, call)

    async def _page(self, _request: web.Request) -> web.Response:
        return page("Fake Telegram", {"Sent by the bot": self.book})

    async def _elsewhere(self, request: web.Request) -> web.Response:
        return refusal(TelegramError(401 if request.path.startswith("/bot") else 404))


async def _read(request: web.Request) -> dict[str, Any]:
    """Query, JSON or form: Telegram takes each. Raises ValueError for what cannot be read."""
    found: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        found |= json.loads(await request.read() or b"{}")
    elif request.can_read_body:
        found |= await request.post()
    return {name: value for name, value in found.items() if value is not None}
