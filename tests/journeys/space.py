"""A carers' space that Ada leads with Asha: who is asked to it, what each phone got, and what the pages say of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bank import question_rota
from bank.colleague import known
from bank.question_rota import Texts
from channels.fakes.book import Entry
from storage import meetings, people, rsvps, staff
from storage.picking import Way
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.store import Tx
from tests.journeys import carers, figures
from tests.journeys.carers import CARERS
from tests.journeys.story import OWN_PHONE, Telling, at_the_console
from tests.journeys.team import NARROW
from tests.journeys.thousand import Member
from tests.journeys.windows import Window

WORDS = {
    "title__en": "Carers' space",
    "title__pl": "Spotkanie opiekunów",
    "agenda__en": "Tea and talk. A guest tells us about money.",
    "who__en": "About 15 carers, and Dana Field from the council.",
    "place__en": "Oak Hall, Station Road",
    "find__en": "by Aldi",
    "link__en": "https://meet.example/oak",
    "dial_in__en": "07700 900980. It costs what a call to a mobile costs.",
    "parking__en": "There is free parking behind the hall.",
    "access__en": "The hall has no steps. There is a hearing loop.",
    "expenses__en": "We pay your fares.",
}
POLISH = "{council}: {meeting}. {day}, {time}, Oak Hall. STOP to koniec. Czy przyjdziesz?"
SCREEN = {"width": 1200, "height": 900}
# Seconds. People take a moment to write.
_A_MOMENT = 2


@dataclass
class Space(Telling):
    """`at` is the page of the meeting; `invitation` that of the broadcast which invites to it."""

    at: str = ""
    invitation: str = ""
    _read: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    def __getitem__(self, name: str) -> Member:
        return next(one for one in self.members if one.name == name)

    async def tells(self, name: str, *texts: str) -> None:
        """They write these, one after the other, each when they have read what we said before."""
        for text in texts:
            self.town.now.move(seconds=_A_MOMENT)
            await self.says(self[name], text)
            await self.settles()

    async def until(self, when: str) -> None:
        """Time passes until then, on the clock here in winter: "2026-12-02 10:00"."""
        left = datetime.fromisoformat(when).replace(tzinfo=UTC) - self.town.now()
        await self.time_passes(seconds=left.total_seconds())

    def got(self) -> dict[str, list[str]]:
        """What each phone got since we last asked, by the name of whose it is; "Ada": her own."""
        names = {one.address: one.name or "" for one in self.members if one.address} | {OWN_PHONE: "Ada"}
        found: dict[str, list[str]] = defaultdict(list)
        for number, book in enumerate((self.town.twilio.book, self.town.telegram.book)):
            for entry in book.accepted[self._read[number] :]:
                found[names[entry.to.removeprefix("whatsapp:")]].append(entry.text)
            self._read[number] = len(book)
        return dict(found)

    async def row(self) -> Record:
        token = self.at.rpartition("/")[2]

        def look(tx: Tx) -> Record:
            row = meetings.by_token(tx, token)
            assert row is not None
            return row

        return await self.town.house.store.read(look)

    async def stand(self, *states: RsvpState) -> set[str]:
        """The names of those who stand so."""
        row = await self.row()

        def look(tx: Tx) -> set[str]:
            return {people.get(tx, one.person_id).name for one in rsvps.in_meeting(tx, row.id, *states)}

        return await self.town.house.store.read(look)

    async def seats(self) -> int:
        row = await self.row()

        def look(tx: Tx) -> int:
            return sum(1 + one.guests for one in rsvps.in_meeting(tx, row.id, RsvpState.COMING))

        return await self.town.house.store.read(look)

    def here(self) -> str:
        """Where Ada is."""
        return self.ada.page.url.removeprefix(self.town.url).partition("?")[0]

    def book(self) -> list[Entry]:
        """All that either provider took from us."""
        return [*self.town.twilio.book.accepted, *self.town.telegram.book.accepted]

    async def settles_it(self, what: str, state: str, note: str = "") -> None:
        """Ada says what became of something to arrange. Where they are told, she has seen in which words."""
        await self.goes_to("/arrange")
        await self.ada.page.get_by_role("link", name=what).click()
        await self.ada.ticks("state", state)
        await self.ada.fills(note=note)
        await self.ada.is_sound()
        await self.ada.presses("Go on")
        if state in {"booked", "could_not"}:
            assert "They will read this" in await self.ada.reads()
            await self.ada.is_sound()
            await self.ada.is_pictured(f"meeting-arrange-{state}")
            await self.ada.presses("Keep it, and tell them")

    async def changes(self, name: str, **fields: str) -> None:
        """Ada writes something otherwise, looks at what people are told of it, and lets that go."""
        concerned = len(await self.stand(RsvpState.COMING, RsvpState.WAITING, RsvpState.MAYBE))
        await self.goes_to("/change")
        await self.ada.fills(**fields)
        await self.ada.presses("Keep it")
        read = await self.ada.reads()
        assert f"This is news to {concerned} people" in read
        assert ("It is a large change" in read) == (name == "large")
        await self.ada.is_sound()
        await self.ada.is_pictured(f"meeting-change-{name}")
        await self.ada.presses("Keep it, and tell them")
        await self.time_passes(minutes=1)

    async def goes_to(self, page: str = "") -> None:
        """Ada opens a page of the meeting, which is sound."""
        await self.ada.opens(f"{self.at}{page}")
        await self.ada.is_sound()

    async def adds_up(self) -> dict[str, int]:
        """What the page of the answers says: its figures are those of everybody who was asked."""
        await self.goes_to("/answers")
        told = await figures.said(self.ada)
        everybody = told.pop("All")
        assert sum(told.values()) == everybody
        return told


def each_once(got: Mapping[str, Collection[str]], names: Iterable[str], is_right: Callable[[str, str], bool]) -> None:
    """Exactly those of these who text got one message each, and it is the right one: by its name and its words."""
    assert {name: len(texts) for name, texts in got.items()} == dict.fromkeys(texted(names), 1)
    for name, texts in got.items():
        assert all(is_right(name, text) for text in texts), (name, texts)


def texted(names: Iterable[str]) -> set[str]:
    """Those of these who text."""
    by_name = {one.name: one for one in CARERS}
    return {name for name in names if by_name[name].way not in {Way.CALL, Way.LETTER}}


@asynccontextmanager
async def begun(folder: Path, axe: Path, pictures: Path | None) -> AsyncIterator[Space]:
    """Nobody knows of the meeting yet. More than fifty people are not written to before a second person says yes."""
    above = {"HEARD_ORGANISATION__APPROVE_ABOVE": "50"}
    async with at_the_console(folder, axe, pictures, carers.lots(), **above) as told:
        space = Space(told.town, told.ada, told.olu, told.members)
        await told.town.house.store.write(lambda tx: carers.told_us(tx, told.members))
        await told.town.texts(OWN_PHONE, "hello")
        await told.town.house.store.write(lambda tx: _has_phone(tx, told))
        await space.settles()
        space.got()
        for window in (told.ada, told.olu):
            await window.page.set_viewport_size(SCREEN)
        yield space


def _has_phone(tx: Tx, told: Telling) -> None:
    """Ada is texted on a phone of her own, with the words."""
    ada = told.ada.colleague
    staff.change(tx, ada.id, {"alert_channel": "sms", "alert_address": OWN_PHONE})
    question_rota.set_phone(tx, known(tx, staff.get(tx, ada.id)), Texts.WORDS, told.town.now())


async def narrow(window: Window, name: str) -> None:
    """The page on a small phone: nothing has to be scrolled sideways, and it is sound."""
    await window.page.set_viewport_size(NARROW)
    too_wide = await window.page.evaluate("() => document.documentElement.scrollWidth > innerWidth + 1")
    assert not too_wide, window.page.url
    await window.is_sound()
    await window.is_pictured(f"{name}-narrow")
    await window.page.set_viewport_size(SCREEN)
