"""A whole join over a Bot API that others made: our adapter, receiver and sender, on a real store."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from itertools import count

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.now import Now
from bot.receive import Receiver
from bot.sender import Sender
from channels.message import Event, Request
from channels.telegram.account import TelegramAccount
from channels.telegram.adapter import TelegramAdapter
from channels.telegram.polling import Poller
from channels.transport import Transport
from storage import consents, dead_letters, messages_in, outbox, people
from storage.schema import Record
from storage.store import Store, Tx
from tests.bank.ashdale import ASHDALE, number_of
from tests.contracts.telegram_stand_in import Phone, TelegramStandIn

pytestmark = pytest.mark.node

SECRET = "only-telegram-knows"
tokens = (f"{number}:join" for number in count(5001))


@dataclass
class Service:
    """Heard as far as Telegram is concerned."""

    adapter: TelegramAdapter
    receiver: Receiver
    sender: Sender

    async def take(self, events: tuple[Event, ...]) -> None:
        await self.receiver.take(events, self.adapter)

    async def poison(self, raw: str) -> None:
        await self.receiver.keep_dead_letter("telegram", raw, "unreadable")


def serve(account: TelegramAccount, transport: Transport, store: Store) -> Service:
    adapter, now = TelegramAdapter(account, transport), Now()
    sender = Sender("telegram", adapter, store, now, lambda: ASHDALE)
    return Service(adapter, Receiver(store, lambda: ASHDALE, now, lambda _name: sender.wake.set()), sender)


@asynccontextmanager
async def sending(service: Service) -> AsyncIterator[asyncio.Event]:
    """The sender at work; it is told to stop at the end."""
    stop = asyncio.Event()
    working = asyncio.create_task(service.sender.run(stop))
    try:
        yield stop
    finally:
        stop.set()
        service.sender.wake.set()
        await working


@asynccontextmanager
async def by_polling(account: TelegramAccount, transport: Transport, store: Store) -> AsyncIterator[Service]:
    service = serve(account, transport, store)
    async with sending(service) as stop:
        polling = asyncio.create_task(Poller(service.adapter.service).run(service.take, service.poison, stop))
        try:
            yield service
        finally:
            stop.set()
            await polling


@asynccontextmanager
async def by_webhook(account: TelegramAccount, transport: Transport, store: Store) -> AsyncIterator[Service]:
    service: Service

    async def receive(request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        body = await request.read()
        await service.take(service.adapter.parse(Request(request.method, request.path_qs, headers, body)))
        return web.Response()

    app = web.Application()
    app.router.add_post("/webhooks/telegram", receive)
    async with TestServer(app) as server:
        service = serve(replace(account, public_url=str(server.make_url("/"))), transport, store)
        await service.adapter.service.set_webhook()
        async with sending(service):
            yield service
        await service.adapter.service.delete_webhook()


Way = Callable[[TelegramAccount, Transport, Store], AbstractAsyncContextManager[Service]]


@pytest.fixture
def account(telegram_stand_in: TelegramStandIn) -> TelegramAccount:
    return TelegramAccount(next(tokens), secret_token=SECRET, api_base_url=telegram_stand_in.url)


def payload(message: dict[str, object], label: str) -> str:
    """What the button with this label carries on the phone."""
    rows = message["reply_markup"]["inline_keyboard"]  # type: ignore[index]
    return next(str(button["callback_data"]) for row in rows for button in row if button["text"] == label)


def member(tx: Tx) -> Record:
    return tx.execute(people.people.select()).one()


@pytest.mark.parametrize("way", [by_polling, by_webhook])
async def test_a_whole_join(
    way: Way, account: TelegramAccount, transport: Transport, store: Store, telegram_stand_in: TelegramStandIn
) -> None:
    asha = telegram_stand_in.phone(account.token)
    async with way(account, transport, store):
        await asha.says("/start")
        (welcome,) = await asha.saw(1)
        await asha.presses(payload(welcome, "Tell me more"))
        *_about, wants = await asha.saw(2)
        await asha.says("yes please")
        *_before, agree = await saw_button(asha, "Yes, and I am 18 or over", wants)
        await asha.presses(payload(agree, "Yes, and I am 18 or over"))
        shown = await asha.saw(len(_before) + 2)
        await asha.says("Asha")
        shown = await asha.saw(len(shown) + 1)
        await acknowledged(asha, 2)
        await until(store, lambda tx: outbox.tally(tx) == {"accepted": len(shown)})
    assert shown[-2]["text"].startswith("You have joined.")
    assert shown[-1]["text"].startswith("Thank you, Asha.")
    joined = await store.read(member)
    assert (joined.state, joined.name, joined.language) == ("member", "Asha", "en")
    assert await store.read(lambda tx: number_of(tx, consents.consents)) == 2
    assert sum((await store.read(messages_in.tally)).values()) == 5
    assert await store.read(dead_letters.count) == 0


async def saw_button(phone: Phone, label: str, after: dict[str, object]) -> list[dict[str, object]]:
    """All that the phone has, once the newest message offers this."""
    async with asyncio.timeout(10):
        seen = await phone.saw(1)
        while seen[-1] == after or label not in str(seen[-1].get("reply_markup")):
            seen = await phone.saw(len(seen))
    return seen


async def acknowledged(phone: Phone, number: int) -> None:
    """Until so many presses were answered, so that no button goes on spinning."""
    async with asyncio.timeout(10):
        while len(await phone.acknowledged()) < number:
            await asyncio.sleep(0.01)


async def until(store: Store, holds: Callable[[Tx], bool]) -> None:
    async with asyncio.timeout(10):
        while not await store.read(holds):
            await asyncio.sleep(0.01)


async def test_stop_ends_it(
    account: TelegramAccount, transport: Transport, store: Store, telegram_stand_in: TelegramStandIn
) -> None:
    asha = telegram_stand_in.phone(account.token)
    async with by_polling(account, transport, store):
        for number, text in enumerate(("/start", "STOP", "hello?", "/start"), 1):
            await asha.says(text)
            await until(store, lambda tx, most=number: sum(messages_in.tally(tx).values()) == most)
        seen = await asha.saw(3)
    assert [shown["text"][:14] for shown in seen] == ["Ashdale Counci", "We have stoppe", "Ashdale Counci"]
