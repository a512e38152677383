"""Ida looks after the council's machines: is it well, is there a copy, and is nothing lost when it is started anew."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

import httpx

from bot.doctor import examine
from storage import messages_in, outbox, people
from storage.store import Tx
from tests.week.person import Person, on
from tests.week.week import Week

_MISSED = "Quin"
# What cannot be well in an invented council with numbers from films, on a clock that is moved.
_INVENTED = frozenset({"Clock", "Public address", "Sender", "Settings", "WhatsApp"})


class Ida(Person):
    name, who = "Ida", "the council's IT"

    def __init__(self, week: Week) -> None:
        super().__init__(week)
        self.copy = week.world.folder.parent / "copy"

    @on("Mon 08:10")
    async def asks_the_doctor(self) -> None:
        found = await examine(self.world.settings(), self.now)
        wrong = {one.name: one.sentence for one in found if one.well is False}
        self.notes("; ".join(f"{name}: {sentence}" for name, sentence in wrong.items()))
        self.must(wrong.keys() <= _INVENTED, f"nothing else is wrong: {wrong}")

    @on("Wed 12:50")
    async def takes_a_copy(self) -> None:
        """While it runs, as the page for IT says; the keys were copied on another day."""
        self.copy.mkdir()
        with (
            closing(sqlite3.connect(self.world.folder / "heard.db")) as from_,
            closing(sqlite3.connect(self.copy / "heard.db")) as to,
        ):
            from_.backup(to)
        shutil.copytree(self.world.folder / "keys", self.copy / "keys")
        counted = await self.world.house.store.read(_counted)
        status, said = await self.week.command("status", HEARD_DATA_DIR=str(self.copy))
        self.notes(said)
        self.must(status == 0 and f" {counted[0]} " in said, f"the copy opens, and has {counted[0]} members: {said}")

    @on("Wed 13:00")
    async def starts_it_anew(self) -> None:
        """Somebody writes while it is down."""
        before = await self.world.house.store.read(_counted)
        await self.world.stops()
        self.world.now.move(minutes=2)
        await self.week.others.say(_MISSED, "is there parking?")
        self.world.now.move(minutes=4)
        await self.world.starts()
        await self.week.settles()
        after = await self.world.house.store.read(_counted)
        grown = [now - then for now, then in zip(after, before, strict=True)]
        self.must(grown == [0, 1, 2], f"members, messages in and out grew by {grown}")
        said = self.week.others.phones[_MISSED].got[-2].text
        self.must("free parking behind the hall" in said, f"who wrote meanwhile is answered: {said}")

    @on("Fri 16:00")
    async def reads_the_figures(self) -> None:
        async with httpx.AsyncClient(base_url=self.world.town.url) as client:
            well, figures = await client.get("/healthz"), await client.get("/metrics")
        self.must(well.status_code == 200, f"/healthz answers {well.status_code}")
        lines = [line for line in figures.text.splitlines() if not line.startswith("#")]
        waiting = [line for line in lines if line.startswith("heard_queue_due")]
        self.must(waiting and all(line.endswith(" 0.0") for line in waiting), f"nothing waits: {waiting}")
        self.must("heard_dead_letters_waiting 0.0" in lines, "nothing came that could not be taken in")
        self.notes("; ".join(waiting))


def _counted(tx: Tx) -> list[int]:
    """Members, messages in, messages out."""
    return [people.count(tx), sum(messages_in.tally(tx).values()), sum(outbox.tally(tx).values())]
