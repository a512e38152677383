"""One installation with every channel on: its folder, the fakes it speaks to, and the people who write to it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.keys import keys_in
from channels.fakes.telegram import FakeTelegram
from channels.fakes.twilio import FakeTwilio
from channels.fakes.twilio_webhook import Answer
from storage import addresses, messages_in, outbox
from storage.schema import Record
from storage.store import Store, Tx, open_store
from tests.bot.town import OUR_NUMBER, OUR_WHATSAPP, environment, fake_telegram, fake_twilio, free_port
from tests.end_to_end.running import Begin, Running, forked, running

PATIENCE = 20.0  # seconds


@dataclass
class Installation:
    """What outlives a start."""

    variables: dict[str, str]
    folder: Path
    twilio: FakeTwilio
    telegram: FakeTelegram

    def running(self, begin: Begin | None = None) -> AbstractAsyncContextManager[Running]:
        return running(self.variables, self.folder, begin)

    def part(self, name: str) -> AbstractAsyncContextManager[Running]:
        """One part in a process of its own; the web has the port that providers know."""
        port = {} if name == "web" else {"HEARD_PORT": str(free_port())}
        return running(self.variables | port, self.folder, forked(name))

    @property
    def webhook(self) -> str:
        return f"{self.variables['HEARD_PUBLIC_URL']}/webhooks/twilio/message"

    async def texts(self, number: str, text: str) -> Answer:
        return await self.twilio.person_sends(number, text, to=OUR_NUMBER, webhook_url=self.webhook)

    async def whatsapps(self, number: str, text: str) -> Answer:
        to = f"whatsapp:{OUR_WHATSAPP}"
        return await self.twilio.person_sends(f"whatsapp:{number}", text, to=to, webhook_url=self.webhook)

    async def got(self, address: str, number: int) -> list[str]:
        """The texts that a provider accepted for this phone, once there are so many."""
        book = (self.telegram if address.isdecimal() else self.twilio).book
        await book.wait_for(lambda book: len(book.to(address)) >= number, PATIENCE)
        return [entry.text for entry in book.to(address)]

    @asynccontextmanager
    async def beside(self) -> AsyncIterator[Store]:
        """The database itself, as a command has it beside the running processes."""
        url = self.variables.get("HEARD_DATABASE__URL") or f"sqlite:///{self.folder / 'data' / 'heard.db'}"
        store = open_store(url, keys_in(self.folder / "data" / "keys"))
        try:
            yield store
        finally:
            await store.close()

    async def look(self, question: Callable[[Tx], Any]) -> Any:
        async with self.beside() as store:
            return await store.read(question)

    async def heard(self, channel: str, address: str) -> list[Record]:
        """The outbox for one address, oldest first."""

        def rows(tx: Tx) -> list[Record]:
            found = addresses.find(tx, channel, address)
            return outbox.at_address(tx, found.id) if found is not None else []

        return list(await self.look(rows))

    async def until(self, channel: str, address: str, states: list[str]) -> None:
        """Until what was said to this address stands so."""
        deadline = time.monotonic() + PATIENCE
        while (found := [row.state for row in await self.heard(channel, address)]) != states:
            assert time.monotonic() < deadline, found
            await asyncio.sleep(0.05)

    async def settle(self, number: str) -> None:
        """Until nothing said to this number waits or is under way."""
        deadline = time.monotonic() + PATIENCE
        while {"queued", "sending"} & {row.state for row in await self.heard("sms", number)}:
            assert time.monotonic() < deadline
            await asyncio.sleep(0.05)
        await self.twilio.settled()

    async def took(self) -> int:
        """How many messages were taken in; each has its disposition."""
        tally: dict[str | None, int] = await self.look(messages_in.tally)
        assert None not in tally
        return sum(tally.values())


@asynccontextmanager
async def installed(
    folder: Path, twilio: FakeTwilio | None = None, telegram: FakeTelegram | None = None, **more: str
) -> AsyncIterator[Installation]:
    """An installation whose fakes run until the end; nothing of Heard is started yet."""
    fakes = twilio or fake_twilio(), telegram or fake_telegram()
    urls = [await fake.start() for fake in fakes]
    polling = {"HEARD_TELEGRAM__UPDATES": "polling", **more}
    try:
        yield Installation(environment(*urls, free_port(), folder / "data", **polling), folder, *fakes)
    finally:
        for fake in fakes:
            await fake.stop()
