"""The week itself: everybody's moments in the order of time, and what is counted of each person in the end."""

from __future__ import annotations

import os
import sys
from asyncio import create_subprocess_exec
from asyncio.subprocess import PIPE, STDOUT
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from bot.settings import ROOT
from storage import addresses, reach
from storage.store import Tx
from tests.journeys import thousand
from tests.week import invited, standing
from tests.week.invited import Others
from tests.week.person import Person
from tests.week.phone import Phone
from tests.week.standing import Bank
from tests.week.world import World, begun, moment, spoken

Act = Callable[[], Awaitable[None]]
ENDS = moment("next Mon 12:00")


class Week:
    """`bank` is what stood there before it; `others` are the members who have no story of their own."""

    def __init__(self, world: World, bank: Bank, others: Others) -> None:
        self.world = world
        self.bank = bank
        self.others = others
        self.people: list[Person] = []
        self.phones: list[Phone] = list(others.phones.values())
        # Where the pages of the week's own things are, by what they are.
        self.pages: dict[str, str] = {}

    def joined_by(self, people: Sequence[type[Person]]) -> None:
        self.people = [one(self) for one in people]
        theirs = (phone for one in self.people for phone in (one.phone, *one.beside) if phone is not None)
        self.phones = [*dict.fromkeys([*self.phones, *theirs])]

    def the(self, kind: type[Person]) -> Person:
        return next(one for one in self.people if isinstance(one, kind))

    async def token_at(self, number: str, channel: str = "sms") -> str:
        """The token of who is reached there."""

        def look(tx: Tx) -> str:
            found = addresses.find(tx, channel, number)
            assert found is not None
            return str(reach.people_at(tx, found.id)[0].token)

        return await self.world.house.store.write(look)

    async def command(self, *words: str, **variables: str) -> tuple[int, str]:
        """`heard` and these words, as the council's IT types them: its exit code, and what it says."""
        english = {"HEARD_ORGANISATION__LANGUAGES": '["en"]'}  # its own catalogs are not signed off
        given = os.environ | self.world.variables | english | variables
        piped = {"stdout": PIPE, "stderr": STDOUT}
        running = await create_subprocess_exec(sys.executable, "-m", "bot", *words, env=given, cwd=ROOT, **piped)
        said, _nothing = await running.communicate()
        return running.returncode or 0, " ".join(said.decode().split())

    async def hears(self) -> None:
        """What is said at once lies on somebody's phone."""
        await self.world.sends()
        self._look()

    async def settles(self) -> None:
        """All that is due is done, sent, and lies there."""
        await self.world.settles()
        self._look()

    def _look(self) -> None:
        for phone in self.phones:
            phone.looks()

    async def plays(self) -> None:
        for one in self.people:
            await one.begins()
        moments = [(at, order, one, act) for order, one in enumerate(self.people) for at, act in one.moments()]
        for at, _order, one, act in sorted(moments, key=lambda found: found[:2]):
            await self._goes_on_until(at)
            await self._does(one, act)
        await self._goes_on_until(ENDS)
        for one in self.people:
            await self._does(one, one.looks_back)
            await one.desk.goes()

    async def _goes_on_until(self, at: datetime) -> None:
        await self.world.passes_until(at)
        self._look()

    async def _does(self, one: Person, act: Act) -> None:
        """What goes wrong in it is theirs to tell, and the week goes on."""
        try:
            await act()
        except (AssertionError, LookupError, ValueError) as why:
            one.wrong.append(f"{spoken(self.world.now())} {act.__name__}: {why}")
        await self.settles()


@asynccontextmanager
async def a_week(folder: Path, people: Sequence[type[Person]]) -> AsyncIterator[Week]:
    """One that nobody has lived yet."""
    async with begun(folder, thousand.scripts(invited.LOTS)) as world:
        bank = await standing.settle(world)
        week = Week(world, bank, invited.settle(world, bank.members))
        week.joined_by(people)
        yield week
