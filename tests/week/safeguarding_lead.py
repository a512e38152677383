"""Priya is on call, with a phone of her own beside her bed. On Saturday night somebody writes that he hits her."""

from __future__ import annotations

import re
from datetime import timedelta

from storage.picking import Way
from tests.week.desk import Desk
from tests.week.person import Person, on
from tests.week.phone import Phone
from tests.week.standing import PRIYA_S_PHONE
from tests.week.week import Week

_WHO = "Pat"
_WORDS = "hes hit me again im scared"


class Priya(Person):
    name, who = "Priya", "a safeguarding lead"
    is_of_the_team = True
    most_to, most_from = 3, 1

    def __init__(self, week: Week) -> None:
        super().__init__(week)
        self.phone = Phone(week.world, Way.SMS, PRIYA_S_PHONE, self.name)
        self.desk = Desk(week.world, week.bank.priya)
        self.colleague = Desk(week.world, week.bank.olu)
        self.theirs = week.others.phones[_WHO]
        self.beside = [self.theirs]

    @on("Sat 02:10")
    async def is_told_within_a_minute(self) -> None:
        written = self.now
        await self.week.others.say(_WHO, _WORDS)
        self.world.now.move(seconds=5)  # the clock looks for alerts every five seconds
        await self.week.settles()
        (answer,) = [line for line in self.theirs.got if line.at >= written]
        self.must("999" in answer.text, f"they are told whom to ring now: {answer.text}")
        (alert,) = [line for line in self.phone.got if line.at >= written]
        self.must(alert.at - written <= timedelta(minutes=1), f"told at {alert.at}, of what was written {written}")
        self.must(_WHO not in alert.text and _WORDS not in alert.text, f"no name and no word of theirs: {alert.text}")

    @on("Sat 02:14")
    async def takes_it(self) -> None:
        """From her bed."""
        assert self.phone is not None
        code = re.search(r"TAKEN (\d+)", self.phone.got[-1].text)
        assert code is not None
        await self.says(f"TAKEN {code[1]}")

    @on("Sat 09:00")
    async def was_not_woken_again(self) -> None:
        since = [line.text for line in self.phone.got if line.at > self.phone.sent[-1].at + timedelta(minutes=2)]
        self.must(since == [], f"who has taken it is left to see to it: {since}")

    @on("Sat 09:10")
    async def writes_to_them(self) -> None:
        read = await self.desk.opens("/safeguarding")
        where = self.desk.page.link("", "/safeguarding/")
        read = await self.desk.opens(where)
        self.notes(read)
        self.must(_WORDS in read and "Taken by Priya Nair" in read, read)
        await self.desk.presses("Send", words="Hello, it is Priya at the council. Is now a good time to talk?")
        await self.week.settles()
        self.must("it is Priya" in self.theirs.got[-1].text, self.theirs.got[-1].text)
        self.must(await self.colleague.finds_nothing_at(where), "no other colleague finds out that it is there")

    @on("Sat 10:40")
    async def lets_it_go(self) -> None:
        await self.week.others.say(_WHO, "yes im at my sisters now")
        await self.week.settles()
        where = self.desk.where.partition("?")[0]
        await self.desk.opens(where)
        read = await self.desk.presses("Let it go", reason="She is with her sister. The police have it.")
        self.must("Nothing is held any longer." in read, read)
