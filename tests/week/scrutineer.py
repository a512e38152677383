"""Halina is in the group that scrutinises. She said what is promised on Monday, and looks whether it is kept."""

from __future__ import annotations

from tests.week.desk import Desk
from tests.week.person import Person, Told, on
from tests.week.phone import Phone
from tests.week.standing import HALINA
from tests.week.week import Week
from tests.week.world import moment

_PROMISE = "We will answer it on Saturdays and Sundays"


class Halina(Person):
    name, who = HALINA, "a member who scrutinises"
    most_to, most_from = 5, 3
    # One text in seven days: what tells of the month waits until a week after the promise.
    told = (
        Told("promised", f"{_PROMISE} by Thursday 3 December.", moment("Mon 11:00")),
        Told("the month", "what we promised. Late now: 1.", moment("next Mon 11:00")),
    )

    def __init__(self, week: Week) -> None:
        super().__init__(week)
        me = week.others.members[HALINA]
        self.phone = Phone(week.world, me.lot.way, me.address, self.name)
        self.desk = Desk(week.world, None)

    @on("Mon 18:30")
    async def hears_of_the_promise(self) -> None:
        await self.says("yes thats right")
        self.reads("Thank you for telling us.")

    @on("Mon 20:00")
    async def reads_the_page(self) -> None:
        """By the link that the group has. Nobody signs in there, and nobody can change it."""
        read = await self.desk.opens(self.week.bank.scrutiny)
        self.notes(read)
        self.must(_PROMISE in read and "First day Thursday 3 December 2026" in read, read)
        self.must("We are working on it." in read, read)
        self.must(HALINA not in read and "Ada" not in read, f"no names: {read}")

    @on("Thu 20:00")
    async def looks_on_its_day(self) -> None:
        read = await self.desk.opens(self.week.bank.scrutiny)
        self.must("It is late." not in read, f"its day is not over: {read}")

    @on("Fri 10:00")
    async def says_that_it_is_not_kept(self) -> None:
        """It is late on the page by itself, with nobody of the staff at it."""
        read = await self.desk.opens(self.week.bank.scrutiny)
        self.notes(read)
        self.must("Late now A weekend phone" in read and "It is late." in read, read)
        await self.wanders("not kept. nobody answered the phone on saturday")
        self.reads("A person will read this by 5pm.")

    @on("Fri 10:10")
    async def asks_what_happened(self) -> None:
        await self.wanders("WHAT HAPPENED")
        self.reads("A weekend phone: we will, by Thursday 3 December")
