"""The world of one week: a house with its web, both fake providers, and a clock; the house can be stopped and started.

What the council's IT has beside it stands here too: the folder with the database, and the settings.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from unittest.mock import patch

from bot import house as houses
from bot import mailing, missed
from bot import settings as settings_file
from bot.house import House, open_house
from bot.missed import Missed
from channels.fakes.script import Script
from channels.fakes.telegram import FakeTelegram
from channels.fakes.twilio import FakeTwilio
from channels.telegram import limits
from tests import prepared
from tests.bot.town import HandNow, Town, environment, fake_telegram, fake_twilio, free_port, served
from tests.signed_off import polish_signed_off
from tests.year.wall import wall

MONDAY = date(2026, 11, 30)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_TEMPLATE = "HX" + "7" * 32
_SETTINGS = {
    "HEARD_ORGANISATION__LANGUAGES": '["en", "pl", "en_GB@simple"]',
    "HEARD_ORGANISATION__APPROVE_ABOVE": "50",
    "HEARD_TWILIO__CONTENT_TEMPLATES": f'{{"text": "{_TEMPLATE}"}}',
}
# How often the clock's rounds are gone through while nobody does anything: on the working days of the week, and else.
_BY_DAY, _BY_NIGHT = timedelta(minutes=30), timedelta(hours=4)
_MOST_ROUNDS = 20


def moment(text: str) -> datetime:
    """Such as "Tue 22:47" of the week, on the wall in London; "last Mon" and "next Mon" are of the weeks beside it."""
    *other, day, at = text.split()
    weeks = sum({"last": -1, "next": 1}[one] for one in other)
    return wall(MONDAY + timedelta(days=_DAYS.index(day) + 7 * weeks), time.fromisoformat(at))


def spoken(at: datetime) -> str:
    """As it stands in a transcript, and as `moment` reads it."""
    weeks = (at.date() - MONDAY).days // 7
    return f"{'last ' * -weeks}{'next ' * weeks}{_DAYS[at.weekday()]} {at:%H:%M}"


@dataclass
class World:
    """`port` and `folder` stay the same when the house is started anew."""

    folder: Path
    now: HandNow
    twilio: FakeTwilio
    telegram: FakeTelegram
    port: int
    variables: dict[str, str]
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)
    town: Town = field(init=False)
    fetching: Missed = field(init=False)

    @property
    def house(self) -> House:
        return self.town.house

    async def starts(self) -> None:
        """The house, as `heard run` begins it: what was written meanwhile is fetched from the provider's list."""
        house = await self.stack.enter_async_context(open_house(self.settings(), self.now))
        await self.stack.enter_async_context(served(house, self.port))
        self.town = Town(house, self.now, self.twilio, self.telegram, self.variables["HEARD_PUBLIC_URL"])
        await missed.begin(house)
        self.fetching = Missed(house)
        await self.fetching.fetch()
        assert house.channels.telegram is not None
        await house.channels.telegram.service.set_webhook()

    async def stops(self) -> None:
        await self.stack.aclose()
        self.stack = AsyncExitStack()

    def settings(self) -> settings_file.Settings:
        with patch.dict("os.environ", self.variables):
            return settings_file.load()

    async def sends(self) -> None:
        """All that is said goes, and its receipts are in."""
        await self.house.drain()
        await self.twilio.settled()
        await self.telegram.settled()
        await self.house.drain()

    async def settles(self) -> None:
        """All that is due now is done and sent."""
        for _round in range(_MOST_ROUNDS):
            before = len(self.twilio.book) + len(self.telegram.book)
            await self.house.keep_up()
            while await mailing.queue_all(self.house):
                await self.house.drain()
            await self.sends()
            if len(self.twilio.book) + len(self.telegram.book) == before:
                return

    async def passes_until(self, then: datetime) -> None:
        """Time goes on until then, and everything happens that is due meanwhile."""
        while self.now() < then:
            step = _BY_DAY if _is_by_day(self.now()) else _BY_NIGHT
            self.now.move(seconds=(min(then, _even(self.now(), step)) - self.now()).total_seconds())
            await self.settles()


def _signed_off(folder: Path) -> Path:
    """Our catalogs, as they are once somebody has read the Polish ones and those in easy words."""
    file = polish_signed_off(folder) / "locales" / "en_GB@simple" / "messages.po"
    signed = '"X-Signed-Off: agreement (Ewa K), danger (Ewa K), stop (Ewa K)\\n"'
    file.write_text(file.read_text(encoding="utf-8").replace('"X-Signed-Off: nothing\\n"', signed), encoding="utf-8")
    return folder


def _is_by_day(at: datetime) -> bool:
    return at.date() >= MONDAY and at.weekday() < 5 and 8 <= at.hour < 19


def _even(at: datetime, step: timedelta) -> datetime:
    """The next moment whose minutes are a multiple of the step's."""
    day = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return day + ((at - day) // step + 1) * step


@asynccontextmanager
async def begun(folder: Path, script: Script) -> AsyncIterator[World]:
    """Ten days before the week, with nobody in it; `script` says what becomes of a text to whom."""
    hand = HandNow()
    hand.move(days=-3)
    twilio = fake_twilio(clock=hand, script=script, templates={_TEMPLATE: "{{1}}"})
    telegram = fake_telegram(clock=hand)
    port, data = free_port(), folder / "data"
    data.mkdir(mode=0o700)
    prepared.installation(data)
    variables = environment(await twilio.start(), await telegram.start(), port, data, **_SETTINGS)
    world = World(data, hand, twilio, telegram, port, variables)
    with (
        patch.object(houses, "ROOT", _signed_off(folder / "signed")),
        patch.object(limits, "BOT_RATE", 100_000),  # how fast is not what the week is about
        patch.object(limits, "CHAT_RATE", 100_000),
    ):
        await world.starts()
        try:
            yield world
        finally:
            await world.stops()
            await twilio.stop()
            await telegram.stop()
