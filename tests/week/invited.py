"""The others who are invited: members who have a phone, a letter box or a landline, and no story of their own.

They are the carers of the journeys, less those whose part somebody with a story has here.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from itertools import zip_longest

from storage.picking import Way
from storage.rsvps import RsvpState
from tests.journeys.carers import CARERS, Carer
from tests.journeys.thousand import Lot, Member
from tests.week.phone import Phone
from tests.week.world import World

TEXTED = frozenset({Way.SMS, Way.WHATSAPP, Way.TELEGRAM})
_HAVE_A_STORY = frozenset({"Kit", "Łucja", "Col", "Otto", "Nell"})
_SCRUTINY = Carer("Halina")
OTHERS = tuple(one for one in CARERS if one.name not in _HAVE_A_STORY)
# How they stand in the end, by what they wrote.
COMING = frozenset(
    {one.name for one in OTHERS if one.means is RsvpState.COMING} | {"Nan", "Oli", "Dan", "Fay", "Zofia"}
)
NOT_SURE = frozenset({"Gus"})
NOT_COMING = frozenset(one.name for one in OTHERS if one.means is RsvpState.NOT_COMING)
# Who said so while all is still to come, and was there.
CAME = frozenset(one.name for one in OTHERS if one.means is RsvpState.COMING) - {"Cal", "Asha"}
LOTS = [Lot(1, one.way, one.language, one.fate, about={"name": one.name}) for one in (*OTHERS, _SCRUTINY)]


@dataclass
class Others:
    """All of them by their names; `phones` of those who text."""

    world: World
    members: dict[str, Member]
    phones: dict[str, Phone]

    async def answer(self) -> None:
        """Each who answers does, in their own words, when they have read what we said before."""
        theirs = [(one.name, one.says) for one in OTHERS]
        for turn in zip_longest(*(says for _name, says in theirs)):
            self.world.now.move(seconds=20)
            now = zip((name for name, _says in theirs), turn, strict=True)
            await asyncio.gather(*(self.say(name, text) for name, text in now if text is not None))
            await self.world.sends()

    async def tell_how_it_was(self) -> None:
        """Each who was there and texts does: very good, heard, and two things that they leave out."""
        for text in ("5", "1", "SKIP", "SKIP", "1"):
            self.world.now.move(seconds=20)
            await asyncio.gather(*(self.say(name, text) for name in sorted(CAME & self.phones.keys())))
            await self.world.sends()

    async def say(self, name: str, text: str) -> None:
        """In brackets: the button that they press."""
        phone = self.phones[name]
        phone.wrote(text, self.world.now())
        await (phone.presses(text.strip("[]")) if text.startswith("[") else phone.sends(text))


def settle(world: World, members: list[Member]) -> Others:
    by_name = {one.name or "": one for one in members}
    phones = {
        name: Phone(world, one.lot.way, one.address, name, one.lot.language)
        for name, one in by_name.items()
        if one.lot.way in TEXTED and name != _SCRUTINY.name
    }
    return Others(world, by_name, phones)
