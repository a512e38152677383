"""The walk through the year: on to the next moment at which anything is due or anybody acts, and what happens then."""

from __future__ import annotations

import heapq
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, time, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from random import Random
from unittest.mock import patch

from sqlalchemy import false, func, select

from bot import house as houses
from bot import mailing
from channels.telegram.limits import Buckets
from storage.broadcasts import broadcasts
from storage.meetings import GOES_ON, meetings
from storage.outbox import messages_out
from storage.picking import Way
from storage.reminders import reminders
from storage.rsvps import rsvps
from storage.store import Tx
from tests.bot.town import HandNow, Town, fake_telegram, fake_twilio, settled_in
from tests.signed_off import polish_signed_off
from tests.year import coordinator, people, wall
from tests.year.meetings import ZONE, Becomes, Gathering, planned
from tests.year.reading import Reader
from tests.year.talking import Talking
from tests.year.year import Year

_TEMPLATE = "HX" + "7" * 32
_SETTINGS = {
    "HEARD_ORGANISATION__LANGUAGES": '["en", "pl"]',
    "HEARD_TWILIO__CONTENT_TEMPLATES": f'{{"text": "{_TEMPLATE}"}}',
    "HEARD_SENDER__SMS__PENCE_A_DAY": "0",
    "HEARD_SENDER__WHATSAPP__PENCE_A_DAY": "0",
}
_HOUR = timedelta(hours=1)


@asynccontextmanager
async def begun(folder: Path, rng: Random, number: int) -> AsyncIterator[Year]:
    """The town on its first morning, with so many members whom nobody has told anything."""
    now = HandNow()
    fakes = fake_twilio(clock=now, templates={_TEMPLATE: "{{1}}"}), fake_telegram(clock=now)
    with patch.object(houses, "ROOT", polish_signed_off(folder / "signed")):
        async with settled_in(folder, *fakes, now, **_SETTINGS) as town:
            await _hears_telegram(town)
            members = await town.house.store.write(lambda tx: people.settle(tx, rng, number, now()))
            for one in members:
                if one.way is Way.TELEGRAM:
                    town.telegram.person(int(one.address), one.name, one.language, started=True)
            reader = Reader(town.house.organisation.catalogs, ("en", "pl"))
            year = Year(town, rng, reader, {one.id: one for one in members})
            await coordinator.begins(year)
            yield year


async def _hears_telegram(town: Town) -> None:
    """By its webhook. Telegram's pace goes by a watch of its own, on which seconds pass between two messages."""
    telegram = town.house.channels.telegram
    assert telegram is not None
    watch = count(1000, 2)
    telegram._buckets = Buckets(lambda: float(next(watch)))
    await telegram.service.set_webhook()


class Walk(Talking):
    """Goes through it, day by day."""

    def __init__(self, year: Year, days: int, number: int) -> None:
        super().__init__(year)
        self.ends = year.now + timedelta(days=days)
        self._newest_task = 0
        self._due = year.now
        first = year.now.astimezone(ZONE).date()
        for one in planned(year.rng, first, days, number, len(year.members)):
            # Those that come again are added at once; the others three weeks before their day.
            at = max(year.now, one.starts - timedelta(days=one.asked, hours=26)) if one.repeats is None else year.now
            self.at(at, partial(self._adds, one))

    async def goes(self) -> None:
        """To its end."""
        self._mornings()
        while (moment := await self._next()) is not None:
            self.year.town.now.move(seconds=(moment - self.year.now).total_seconds())
            await self._passes()

    def _mornings(self) -> None:
        day = self.year.now.astimezone(ZONE).date()
        while wall.wall(day, time(9)) < self.ends:
            if day.weekday() == 0 and wall.wall(day, time(9)) > self.year.now:
                self.at(wall.wall(day, time(9)), self._nothing)
            if wall.working(day) and wall.wall(day, time(11, 5)) > self.year.now:
                self.at(wall.wall(day, time(11, 5)), self._at_the_desk)
            day += timedelta(days=1)

    async def _nothing(self) -> None:
        """A week begins; what is due by itself is done then at the latest."""

    async def _next(self) -> datetime | None:
        """When something is due next, or somebody acts."""
        due, waits = await self.year.town.house.store.read(partial(_due, now=self.year.now))
        if waits or self._is_offered_later():
            due.append(_next_hour(self.year.now))
        self._due = min(due, default=self.ends)
        found = min([self._due, *(one[0] for one in self.acts[:1])])
        return found if found < self.ends else None

    def _is_offered_later(self) -> bool:
        """A place is free, and whoever waits for it could not be asked yet."""
        return any(
            self.year.lines[code].waiting()[: max(0, self.year.lines[code].free)] for code in self.year.to_come()
        )

    async def _passes(self) -> None:
        """All that happens in this moment."""
        now = self.year.now
        self.year.figures["moments"] += 1
        for line in self.year.lines.values():
            line.lapse(now)
        if self._due <= now:
            await self._keeps_up()
        while self.acts and self.acts[0][0] <= now:
            _when, _order, act = heapq.heappop(self.acts)
            await act()
        await self._keeps_up()
        self._all_is_offered()

    async def _keeps_up(self) -> None:
        await self.year.town.house.keep_up()
        while await mailing.queue_all(self.year.town.house):
            await self.year.town.house.drain()
        await self.settles()
        for who in sorted(self.year.left):
            for code in self.year.to_come():
                self.year.lines[code].leave(who, self.year.now)
        self._newest_task = await coordinator.sees_offers(self.year, self._newest_task)

    async def _adds(self, one: Gathering) -> None:
        await coordinator.adds(self.year, one)
        self._will_be(one)

    def _will_be(self, one: Gathering) -> None:
        """What the coordinator does about it, and when."""
        year = self.year
        year.figures["meetings"] += 1
        day = max(year.now + _HOUR, one.starts - timedelta(days=one.asked))
        self.at(day, partial(coordinator.invites, year, one.code))
        if one.becomes is not Becomes.NOTHING:
            at = time(11, 10) if one.days_before == 3 else time(20, 40)
            changes = wall.wall(one.on_day - timedelta(days=one.days_before), at)
            self.at(changes, partial(coordinator.changes, year, one.code))
        moved = timedelta(days=1, hours=1) if one.becomes in {Becomes.ANOTHER_DAY, Becomes.LATER} else timedelta()
        self.at(one.ends + moved + coordinator.ends_at_desk(one), partial(coordinator.ticks, year, one.code))

    async def _at_the_desk(self) -> None:
        for one in await coordinator.opens_drafts(self.year):
            self._will_be(one)
        await coordinator.works(self.year)

    def _all_is_offered(self) -> None:
        """No seat is free for which somebody waits who could be asked now."""
        year = self.year
        for code in year.to_come():
            line, starts = year.lines[code], year.plans[code].starts
            for who in line.waiting()[: max(0, line.free)]:
                one = year.members[who]
                rings = not year.is_reached(who) or starts - year.now <= timedelta(hours=3)
                if who not in year.left and wall.may(None if rings else one, year.now):
                    year.is_wrong(f"{code}: a place is free, and {who} was not offered it")


def _next_hour(now: datetime) -> datetime:
    """At which texts may go."""
    then = now.replace(minute=0, second=0, microsecond=0) + _HOUR
    while not wall.may(None, then):
        then += _HOUR
    return then


def _due(tx: Tx, now: datetime) -> tuple[list[datetime], bool]:
    """When anything is due next, and whether something waits that was due before and could not be done."""
    goes_on = meetings.c.state.in_(sorted(GOES_ON))
    found = [
        select(func.min(reminders.c.due_at)).where(reminders.c.state == "planned", reminders.c.due_at > now),
        select(func.min(messages_out.c.due_at)).where(messages_out.c.state == "queued", messages_out.c.due_at > now),
        select(func.min(rsvps.c.offered_until)).where(rsvps.c.offered_until > now),
        select(func.min(rsvps.c.ask_at)).where(rsvps.c.ask_at > now),
        select(func.min(meetings.c.ends_at)).where(goes_on, meetings.c.ends_at > now),
        select(func.min(broadcasts.c.due_at)).where(broadcasts.c.state == "queueing", broadcasts.c.due_at > now),
    ]
    to_come = select(rsvps.c.id).join(meetings, meetings.c.id == rsvps.c.meeting_id)
    late = [
        to_come.where(goes_on, meetings.c.starts_at > now, (rsvps.c.ask_at <= now) | (rsvps.c.told == false())),
        select(messages_out.c.id).where(messages_out.c.state == "queued", messages_out.c.due_at <= now),
    ]
    moments = [moment for one in found if (moment := tx.execute(one).scalar_one()) is not None]
    return moments, any(tx.execute(one.limit(1)).first() is not None for one in late)
