"""A listening space that took place this morning: fifty-three carers came to tell the director, and are asked of it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path

from sqlalchemy import select

from bank import attendance, groups, meetings, promises_group, promises_month
from bank.meetings import Details
from channels.fakes.book import Entry
from storage import commitments, people
from storage import meetings as meetings_kept
from storage.commitments import CommitmentState, tellings
from storage.meetings import MeetingKind
from storage.picking import Way
from storage.schema import Record
from storage.store import Tx
from tests.bank import leaflet
from tests.bank.ashdale import ASHDALE
from tests.journeys import space
from tests.journeys.carers import CARERS
from tests.journeys.space import Space
from tests.journeys.thousand import Member
from tests.journeys.windows import Window

NO_PHONE = "Sid"  # the number is not in use
TITLE = {"en": "Listening space", "pl": "Rozmowa z dyrektorem"}
_WORDS = {
    "title": TITLE,
    "agenda": {"en": "You talk, and the director listens."},
    "place": {"en": "Oak Hall, Station Road", "pl": "Oak Hall, Station Road"},
    "find": {"en": "by Aldi"},
    "expenses": {"en": "We pay your fares."},
}
_DAY, _AT, _MINUTES = date(2026, 11, 23), time(11, 30), 120
_OVER = "2026-11-23 13:40"
_AT_ONCE = 20  # people who write in the same moment


@dataclass
class Listening(Space):
    """`project` is the page of what it belongs to, `reminded` whoever left questions open, and `promises` where each
    commitment's page is, by its title.
    """

    project: str = ""
    reminded: set[str] = field(default_factory=set)
    promises: dict[str, str] = field(default_factory=dict)

    async def says(self, one: Member, text: str) -> None:
        """They write where we wrote last. WhatsApp is closed to us a day after they wrote there: we text instead."""
        if one.lot.way is Way.WHATSAPP and self._last_to(one).to == one.address:
            await self.town.texts(one.address, text)
        else:
            await super().says(one, text)

    def _last_to(self, one: Member) -> Entry:
        theirs = [entry for entry in self.town.twilio.book.accepted if entry.to in {one.to, one.address}]
        return theirs[-1]

    async def all_say(self, texts: Mapping[str, str]) -> None:
        """Each of these writes that, some in every moment."""
        self.town.now.move(seconds=2)
        left = list(texts.items())
        while left:
            some, left = left[:_AT_ONCE], left[_AT_ONCE:]
            await asyncio.gather(*(self.says(self[name], text) for name, text in some))
        await self.settles()

    async def chooses(self, name: str, asks: str) -> None:
        """Ada ticks what they said to that question."""
        theirs = self.ada.page.get_by_role("region", name=asks).get_by_role("listitem")
        link = self.ada.page.get_by_role("link", name=name, exact=True)
        await theirs.filter(has=link).get_by_role("checkbox").check()

    async def approves(self, window: Window, where: str, post: str, on: tuple[str, ...] = ()) -> None:
        """A colleague says yes to a commitment as that; or enters what the member said, on which day."""
        await window.opens(where)
        await window.page.locator("a[href^='/approvals/']", has_text=post).click()
        await window.is_sound()
        if on:
            await window.fills(**dict(zip(("on__day", "on__month", "on__year"), on, strict=True)))
        await window.ticks("given", "yes")
        await window.presses("Keep the answer")

    async def says_it_is_done(self, title: str, outcome: Mapping[str, str]) -> None:
        """Ada does, and what was done, in each language."""
        await self.ada.opens(f"{self.promises[title]}/done")
        await self.ada.is_sound()
        await self.ada.fills(**{f"outcome__{language}": said for language, said in outcome.items()})
        await self.ada.presses("It is done: ask those who said it")
        await self.ada.is_sound()

    async def group_page(self) -> str:
        """Where the page is of the group that scrutinises: some of those who came."""

        def choose(tx: Tx) -> str:
            ada = leaflet.again(tx, self.ada.colleague.id)
            group = groups.add(tx, ada, "Our Voice", self.town.now())
            groups.put_in(tx, ada, group, [people.get(tx, self[name].id) for name in ("Asha", "Bea")], self.town.now())
            promises_month.choose(tx, ada, group.token, self.town.now(), ASHDALE)
            return promises_group.link(tx, ASHDALE)

        return await self.town.house.store.write(choose)

    async def stand(self) -> dict[str, str]:
        """How each commitment stands, by its title."""

        def look(tx: Tx) -> dict[str, str]:
            return {row.words["title"]["en"]: str(row.state) for row in _all(tx)}

        return await self.town.house.store.read(look)

    async def said_to(self, title: str) -> dict[str, str]:
        """Who answered to what they were told last of it, and what."""

        def look(tx: Tx) -> dict[str, str]:
            row = next(
                one for one in commitments.in_states(tx, list(CommitmentState)) if one.words["title"]["en"] == title
            )
            theirs = tx.execute(
                select(tellings).where(tellings.c.commitment_id == row.id, tellings.c.answer.is_not(None))
            )
            return {people.get(tx, one.person_id).name: one.answer for one in theirs}

        return await self.town.house.store.read(look)

    async def row(self, caption: str, name: str) -> dict[str, str]:
        """A row of the table of that caption, by the heads of its columns."""
        found = self.ada.page.get_by_role("table", name=caption, exact=True)
        heads = await found.locator("thead th").all_inner_texts()
        rows = await found.locator("tbody tr").all_inner_texts()
        (row,) = [one for one in rows if one.startswith(name)] or [rows]
        assert isinstance(row, str), row
        return dict(zip(heads[1:], (cell.strip() for cell in row.split("\t")[1:]), strict=True))

    async def table(self, caption: str) -> dict[str, str]:
        """What the table of that caption shows, by its first column."""
        found = self.ada.page.get_by_role("table", name=caption, exact=True)
        rows = [row.split("\t") for row in await found.locator("tbody tr").all_inner_texts()]
        return {row[0].strip(): row[-1].strip() for row in rows}


def _all(tx: Tx) -> list[Record]:
    return commitments.in_states(tx, list(CommitmentState))


async def _took_place(told: Listening) -> Record:
    """Ada leads it with Asha, as she leads its project; nobody was told of it by text."""

    def hold(tx: Tx) -> tuple[Record, Record]:
        asha = people.get(tx, told["Asha"].id)
        ada = leaflet.again(tx, told.ada.colleague.id)
        project = leaflet.opened(tx, ada, asha)
        chairs = {"staff_chair": ada.token, "member_chair": asha.token}
        details = Details(_WORDS, _DAY, _AT, MeetingKind.LISTENING, minutes=_MINUTES, project=project.token, **chairs)
        row = meetings.add(tx, ada, details, told.town.now(), ASHDALE)
        return meetings.open_(tx, ada, row, told.town.now()), project

    row, project = await told.town.house.store.write(hold)
    told.at, told.project = f"/meetings/{row.token}", f"/projects/{project.token}"
    await told.until(_OVER)
    await told.town.house.store.write(lambda tx: _came(tx, told))
    return row


def _came(tx: Tx, told: Listening) -> None:
    """All of them walked in, and a colleague ticked them."""
    ada = leaflet.again(tx, told.ada.colleague.id)
    row = meetings_kept.by_token(tx, told.at.rpartition("/")[2])
    assert row is not None
    for one in told.members:
        attendance.walk_in(tx, ada, row, people.get(tx, one.id), told.town.now(), ASHDALE)


@asynccontextmanager
async def begun(folder: Path, axe: Path, pictures: Path | None) -> AsyncIterator[Listening]:
    async with space.begun(folder, axe, pictures) as found:
        told = Listening(found.town, found.ada, found.olu, found.members)
        await _took_place(told)
        told.got()
        yield told


def names_in(text: str, also: Iterable[str] = ()) -> set[str]:
    """Whose names stand in it."""
    return {name for name in (*(one.name for one in CARERS), *also) if re.search(rf"\b{re.escape(name)}\b", text)}


def got_one(got: Mapping[str, Sequence[str]], names: Iterable[str]) -> None:
    """Exactly these got one text each."""
    found, wanted = {name: len(texts) for name, texts in got.items()}, dict.fromkeys(names, 1)
    assert found == wanted, {name: got.get(name) for name in {*found, *wanted} if found.get(name) != wanted.get(name)}
