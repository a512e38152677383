"""Ashdale with its members, and two of its team at the console: where a story about all of them is played."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot import mailing
from channels.fakes.book import Entry
from storage import broadcasts, people, staff
from storage.picking import Way
from storage.projects import PlacesBy
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from tests.bank import leaflet
from tests.bot.town import OUR_WHATSAPP, HandNow, Town, fake_telegram, fake_twilio, settled_in
from tests.journeys import thousand
from tests.journeys.own_words import Answering
from tests.journeys.thousand import Fate, Lot, Member
from tests.journeys.windows import Window, windows

PLACES = 100
OWN_PHONE = "+447700900985"
_AT_ONCE = 20  # people who write in the same moment


@dataclass
class Telling:
    """A town with these members, and two colleagues at the console."""

    town: Town
    ada: Window
    olu: Window
    members: Sequence[Member]

    async def time_passes(self, **by: float) -> None:
        """And everything happens that is due. Nobody looks at a page meanwhile."""
        for window in (self.ada, self.olu):
            await window.looks_away()
        self.town.now.move(**by)
        await self.town.house.keep_up()
        while await mailing.queue_all(self.town.house):
            await self.town.house.drain()
        await self.settles()

    async def settles(self) -> None:
        await self.town.house.drain()
        await self.town.twilio.settled()
        await self.town.telegram.settled()
        await self.town.house.drain()

    async def says(self, one: Member, text: str) -> None:
        """They write this. In brackets: the button that they press, on Telegram."""
        if one.lot.way is Way.TELEGRAM:
            person = self.town.telegram.person(int(one.address))
            await (person.presses(text.strip("[]")) if text.startswith("[") else person.says(text))
            return
        if one.lot.way is Way.WHATSAPP:
            webhook = f"{self.town.url}/webhooks/twilio/message"
            to = f"whatsapp:{OUR_WHATSAPP}"
            answer = await self.town.twilio.person_sends(one.to, text, to=to, webhook_url=webhook)
        else:
            answer = await self.town.texts(one.address, text)
        assert answer.status == 200, answer


@dataclass
class Story(Telling):
    """What one part of the journey leaves to the next. `sent` is what both books took of the invitation."""

    project: Record
    at: str = ""
    sent: list[Entry] = field(default_factory=list)
    answering: list[Answering] = field(default_factory=list)

    async def broadcast(self) -> Record:
        def look(tx: Tx) -> Record:
            (row,) = broadcasts.newest(tx)
            return row

        return await self.town.house.store.read(look)

    async def hears(self, answering: Sequence[Answering], turn: int) -> None:
        """Whoever has something left to say says it now, a few in each moment."""
        left = [one for one in answering if len(one.said.messages) > turn]
        while left:
            some, left = left[:_AT_ONCE], left[_AT_ONCE:]
            await asyncio.gather(*(self.says(one.member, one.said.messages[turn]) for one in some))
        await self.settles()


@asynccontextmanager
async def begun(folder: Path, axe: Path, pictures: Path | None) -> AsyncIterator[Story]:
    """Ada leads a project with Asha, a member, and nobody was told of it yet."""
    async with at_the_console(folder, axe, pictures, (*thousand.LOTS, *thousand.BESIDE)) as told:
        town, ada = told.town, told.ada
        project = await town.house.store.write(lambda tx: _draft(tx, ada.colleague, told.members))
        yield Story(town, ada, told.olu, told.members, project)


@asynccontextmanager
async def at_the_console(
    folder: Path, axe: Path, pictures: Path | None, lots: Sequence[Lot], **settings: str
) -> AsyncIterator[Telling]:
    """These are on the list, and Ada and Olu are signed in."""
    now = HandNow()
    fakes = fake_twilio(clock=now, script=thousand.scripts(lots)), fake_telegram(clock=now)
    languages = {"HEARD_ORGANISATION__LANGUAGES": '["en", "pl"]'}
    async with settled_in(folder, *fakes, now, **languages | settings) as town:
        assert town.house.channels.telegram is not None
        await town.house.channels.telegram.service.set_webhook()
        members = await town.house.store.write(lambda tx: thousand.settle(tx, lots))
        _have_phones(town, members)
        async with windows(town, axe, pictures) as open_:
            ada = await open_.of("Ada Lead", Role.COORDINATOR)
            olu = await open_.of("Olu Second", Role.COORDINATOR, Role.APPROVER)
            yield Telling(town, ada, olu, members)


def _have_phones(town: Town, members: Iterable[Member]) -> None:
    for one in members:
        if one.lot.way is Way.TELEGRAM:
            person = town.telegram.person(int(one.address), "Somebody", one.lot.language, started=True)
            person.blocked = one.lot.fate is Fate.BLOCKED
            person.deactivated = one.lot.fate is Fate.CLOSED


def _draft(tx: Tx, ada: Record, members: Sequence[Member]) -> Record:
    """Led by Ada and by Asha, who is a member."""
    asha = people.get(tx, next(one.id for one in members if one.name == "Asha"))
    staff.change(tx, ada.id, {"alert_channel": "sms", "alert_address": OWN_PHONE})
    draft = leaflet.but(places=PLACES, places_by=PlacesBy.FIRST, districts=())
    return leaflet.led(tx, leaflet.again(tx, ada.id), asha, draft)
