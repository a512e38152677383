"""A town for one test: the house built from settings, its web on a free port, and both fake providers beside it."""

from __future__ import annotations

import asyncio
import os
import random
import socket
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any
from unittest.mock import patch

import uvicorn

from bot import run, web
from bot import settings as settings_file
from bot.house import House, open_house
from bot.now import Now
from channels.fakes.book import Entry
from channels.fakes.telegram import FakeTelegram
from channels.fakes.twilio import FakeTwilio
from channels.fakes.twilio_webhook import Answer
from storage import addresses, outbox
from storage.schema import Record
from storage.store import Tx
from tests import prepared
from tests.bank.ashdale import MORNING

ACCOUNT, AUTH_TOKEN = "AC" + "5" * 32, "an-auth-token-of-the-test"
BOT_TOKEN, SECRET = "555:a-bot-token-of-the-test", "a-secret-of-the-test"
OUR_NUMBER, OUR_WHATSAPP = "+447700900990", "+447700900991"


def _ports() -> Iterator[int]:
    """Below those that Linux hands out by itself (32768 and up), above those that a browser refuses (10080), and other
    ones in each test process.
    """
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:])
    mine = [*range(11_000 + worker % 5 * 4_000, 15_000 + worker % 5 * 4_000)]
    random.shuffle(mine)
    return cycle(mine)


_PORTS = _ports()


def free_port() -> int:
    """A port that nobody has, and that nobody is given before a server of ours takes it."""
    for port in _PORTS:
        with socket.socket() as free, suppress(OSError):
            free.bind(("127.0.0.1", port))
            return port
    raise AssertionError("there are always more")


def environment(twilio_url: str, telegram_url: str, port: int, folder: Path, **more: str) -> dict[str, str]:
    """The variables of an installation with every channel on, each by its fake."""
    return {
        "HEARD_DEMO": "off",
        "HEARD_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "HEARD_PORT": str(port),
        "HEARD_DATA_DIR": str(folder),
        "HEARD_TWILIO__ACCOUNT_SID": ACCOUNT,
        "HEARD_TWILIO__AUTH_TOKEN": AUTH_TOKEN,
        "HEARD_TWILIO__API_BASE_URL": twilio_url,
        "HEARD_TWILIO__SMS_FROM": OUR_NUMBER,
        "HEARD_TWILIO__WHATSAPP_FROM": OUR_WHATSAPP,
        "HEARD_TELEGRAM__TOKEN": BOT_TOKEN,
        "HEARD_TELEGRAM__API_BASE_URL": telegram_url,
        "HEARD_TELEGRAM__SECRET_TOKEN": SECRET,
        "HEARD_TELEGRAM__UPDATES": "webhook",
        **{f"HEARD_SENDER__{channel}__PER_SECOND": "0" for channel in ("SMS", "WHATSAPP", "TELEGRAM")},
    } | more


class HandNow(Now):
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self._time = MORNING

    def __call__(self) -> datetime:
        return self._time

    def move(self, **time: float) -> None:
        self._time += timedelta(**time)


@dataclass
class Town:
    """Everything that talks to each other over loopback. Nothing is sent but by `house.drain()`."""

    house: House
    now: HandNow
    twilio: FakeTwilio
    telegram: FakeTelegram
    url: str

    async def texts(self, number: str, text: str, **more: str) -> Answer:
        """A signed SMS; the answer of our web."""
        webhook = f"{self.url}/webhooks/twilio/message"
        return await self.twilio.person_sends(number, text, to=OUR_NUMBER, webhook_url=webhook, **more)

    async def heard(self, number: str, channel: str = "sms") -> list[Record]:
        """The outbox for one address, oldest first."""

        def look(tx: Tx) -> list[Record]:
            found = addresses.find(tx, channel, number)
            assert found is not None
            return outbox.at_address(tx, found.id)

        return await self.house.store.write(look)

    async def states(self, number: str, channel: str = "sms") -> list[str]:
        return [row.state for row in await self.heard(number, channel)]

    def got(self, address: str) -> list[Entry]:
        """What the provider accepted for this phone."""
        return list((self.telegram if address.isdecimal() else self.twilio).book.to(address))


@asynccontextmanager
async def settled_in(
    folder: Path, twilio: FakeTwilio, telegram: FakeTelegram, now: HandNow | None = None, **more: str
) -> AsyncIterator[Town]:
    """A town, taken down at the end. `more` are further variables of the settings."""
    port = free_port()
    variables = environment(await twilio.start(), await telegram.start(), port, folder, **more)
    now = now or HandNow()
    if not (folder / "heard.db").exists():
        prepared.installation(folder)
    async with open_house(_settings(variables), now) as house, served(house, port):
        try:
            yield Town(house, now, twilio, telegram, variables["HEARD_PUBLIC_URL"])
        finally:
            await twilio.stop()
            await telegram.stop()


@asynccontextmanager
async def served(house: House, port: int) -> AsyncIterator[None]:
    """The web of the house on a real port of this machine."""
    config = uvicorn.Config(
        web.app(house),
        port=port,
        log_config=None,
        access_log=False,
        lifespan="off",
        timeout_keep_alive=run.KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=1,
    )
    server = WithoutSignals(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        assert not serving.done()
        await asyncio.sleep(0.002)
    try:
        yield
    finally:
        server.should_exit = True
        await serving


class WithoutSignals(uvicorn.Server):
    """Leaves Ctrl-C to pytest."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _settings(variables: Mapping[str, str]) -> settings_file.Settings:
    with patch.dict("os.environ", variables):
        return settings_file.load()


def fake_twilio(**more: Any) -> FakeTwilio:
    return FakeTwilio(ACCOUNT, AUTH_TOKEN, **more)


def fake_telegram(**more: Any) -> FakeTelegram:
    return FakeTelegram(BOT_TOKEN, **more)
