"""Our Telegram adapter against a Bot API that others made (npm telegram-test-api)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from channels.message import Accepted, Channel, Event, Incoming, Kind, Message, Option, Request
from channels.telegram.account import TelegramAccount
from channels.telegram.adapter import TelegramAdapter
from channels.telegram.polling import Poller
from channels.telegram.problems import CallFailed
from channels.transport import Transport
from tests.contracts.telegram_stand_in import Phone, TelegramStandIn

pytestmark = pytest.mark.node

SECRET = "only-telegram-knows"
tokens = (f"{number}:contract" for number in count(1))


@pytest.fixture
def account(telegram_stand_in: TelegramStandIn) -> TelegramAccount:
    return TelegramAccount(next(tokens), secret_token=SECRET, api_base_url=telegram_stand_in.url)


@pytest.fixture
def adapter(account: TelegramAccount, transport: Transport) -> TelegramAdapter:
    return TelegramAdapter(account, transport)


@pytest.fixture
def asha(telegram_stand_in: TelegramStandIn, account: TelegramAccount) -> Phone:
    return telegram_stand_in.phone(account.token)


def message(text: str, *options: Option) -> Message:
    return Message("token-1", "telegram", Channel.TELEGRAM, "7001", text, options)


QUESTION = message("Are you coming?", Option("o1", "Yes"), Option("o2", "No"))


async def test_what_we_send_is_what_the_phone_shows(adapter: TelegramAdapter, asha: Phone) -> None:
    plain = await adapter.send(message("*Oak Hall*, 2pm. 你好"))
    asked = await adapter.send(QUESTION)
    first, second = await asha.saw(2)
    assert (plain, asked) == (Accepted(f"7001:{first['message_id']}"), Accepted(f"7001:{second['message_id']}"))
    assert (first["text"], "reply_markup" in first) == ("*Oak Hall*, 2pm. 你好", False)
    assert second["text"] == "Are you coming?"
    assert second["reply_markup"]["inline_keyboard"] == [
        [{"text": "Yes", "callback_data": "o1"}],
        [{"text": "No", "callback_data": "o2"}],
    ]


async def test_the_bot_says_who_it_is(adapter: TelegramAdapter) -> None:
    assert await adapter.service.me() == "TestNameBot"


class Inbox:
    """Events as they come, and a way to wait for so many. A webhook is closed for the next `closed_for` calls."""

    def __init__(self) -> None:
        self.closed_for = 0
        self.events: list[Incoming] = []
        self._arrived = asyncio.Condition()

    async def take(self, events: tuple[Event, ...]) -> None:
        async with self._arrived:
            self.events += [event for event in events if isinstance(event, Incoming)]
            self._arrived.notify_all()

    async def holds(self, number: int) -> list[Incoming]:
        async with asyncio.timeout(10), self._arrived:
            await self._arrived.wait_for(lambda: len(self.events) >= number)
        return self.events


@asynccontextmanager
async def polling(account: TelegramAccount, transport: Transport) -> AsyncIterator[tuple[TelegramAdapter, Inbox]]:
    adapter, inbox, stop = TelegramAdapter(account, transport), Inbox(), asyncio.Event()

    async def poison(raw: str) -> None:
        raise AssertionError(raw)

    running = asyncio.create_task(Poller(adapter.service).run(inbox.take, poison, stop))
    try:
        yield adapter, inbox
    finally:
        stop.set()
        await running


@asynccontextmanager
async def webhook(account: TelegramAccount, transport: Transport) -> AsyncIterator[tuple[TelegramAdapter, Inbox]]:
    inbox = Inbox()

    async def receive(request: web.Request) -> web.Response:
        if inbox.closed_for > 0:
            inbox.closed_for -= 1
            return web.Response(status=503)
        headers = {name.lower(): value for name, value in request.headers.items()}
        await inbox.take(adapter.parse(Request(request.method, request.path_qs, headers, await request.read())))
        return web.Response()

    app = web.Application()
    app.router.add_post("/webhooks/telegram", receive)
    async with TestServer(app) as server:
        adapter = TelegramAdapter(replace(account, public_url=str(server.make_url("/"))), transport)
        await adapter.service.set_webhook()
        yield adapter, inbox
        await adapter.service.delete_webhook()


Way = Callable[[TelegramAccount, Transport], AbstractAsyncContextManager[tuple[TelegramAdapter, Inbox]]]
both_ways = pytest.mark.parametrize("way", [polling, webhook])


@both_ways
async def test_words_arrive_in_order(way: Way, account: TelegramAccount, transport: Transport, asha: Phone) -> None:
    async with way(account, transport) as (_, inbox):
        for text in ("/start code-1", "Yes", "你好 - at 2pm?"):
            await asha.says(text)
        started, *others = await inbox.holds(3)
    assert (started.start_code, started.address) == ("code-1", "7001")
    assert [event.text for event in others] == ["Yes", "你好 - at 2pm?"]
    assert {event.kind for event in others} == {Kind.TEXT}
    assert len({event.provider_id for event in (started, *others)}) == 3
    assert all(event.sent_at and abs(event.sent_at - datetime.now(UTC)) < timedelta(minutes=1) for event in others)


@both_ways
async def test_a_press_comes_back_with_its_question(
    way: Way, account: TelegramAccount, transport: Transport, asha: Phone
) -> None:
    async with way(account, transport) as (adapter, inbox):
        asked = await adapter.send(QUESTION)
        await asha.presses("o2")
        (press,) = await inbox.holds(1)
        await adapter.acknowledge(press)
        assert press.callback_id
        assert await asha.acknowledged() == [press.callback_id]
    assert (press.kind, press.payload, press.text, press.address) == (Kind.BUTTON, "o2", "No", "7001")
    assert asked == Accepted(str(press.quoted_id))


async def test_people_are_told_apart(
    account: TelegramAccount, transport: Transport, asha: Phone, telegram_stand_in: TelegramStandIn
) -> None:
    ben = telegram_stand_in.phone(account.token, 7002, "Ben")
    async with polling(account, transport) as (adapter, inbox):
        await asha.says("Yes")
        await ben.says("No")
        events = await inbox.holds(2)
        await adapter.send(replace(QUESTION, address="7002"))
        assert [shown["text"] for shown in await ben.saw()] == ["Are you coming?"]
        assert await asha.saw(0) == []
    assert {(event.address, event.text) for event in events} == {("7001", "Yes"), ("7002", "No")}


async def test_a_webhook_that_was_down_gets_all_of_it_later(
    account: TelegramAccount, transport: Transport, asha: Phone
) -> None:
    async with webhook(account, transport) as (_, inbox):
        inbox.closed_for = 2
        await asyncio.gather(asha.says("one"), inbox.holds(1))
        await asha.says("two")
        assert [event.text for event in await inbox.holds(2)] == ["one", "two"]


async def test_what_came_before_a_crash_is_fetched_again(
    account: TelegramAccount, transport: Transport, asha: Phone
) -> None:
    await asha.says("Yes")
    service = TelegramAdapter(account, transport).service
    first, again = await service.updates(0, 0), await service.updates(0, 0)
    assert first == again
    assert await service.updates(first[0]["update_id"] + 1, 0) == []


async def test_a_bot_with_a_webhook_cannot_also_poll(account: TelegramAccount, transport: Transport) -> None:
    async with webhook(account, transport) as (adapter, _):
        assert (await adapter.service.webhook_info()).url.endswith("/webhooks/telegram")
        with pytest.raises(CallFailed) as caught:
            await adapter.service.updates(0, 0)
        assert caught.value.problem.code == "409"
