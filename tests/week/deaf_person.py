"""Ruth is Deaf. English is her second language after BSL, and nobody must ever ring her."""

from __future__ import annotations

from sqlalchemy import select

from storage import people
from storage.picking import Way
from storage.store import Tx
from storage.tasks import TaskKind, tasks
from tests.week.person import Person, Told, on
from tests.week.phone import Phone
from tests.week.week import Week
from tests.week.world import moment

_CHAT = "7100000001"


class Ruth(Person):
    name, who = "Ruth", "a Deaf person on Telegram"
    most_to, most_from = 19, 13
    told = (
        Told("interpreter", "Your BSL interpreter is booked. Jo meets you at the door.", moment("Wed 10:30")),
        Told("day before", "see you on Thursday", moment("Wed 10:00")),
        Told("hours before", "see you today", moment("Thu 12:00")),
        Told("how was it", "thank you for coming", moment("Thu 18:00")),
    )

    def __init__(self, week: Week) -> None:
        super().__init__(week)
        self.phone = Phone(week.world, Way.TELEGRAM, _CHAT, self.name)

    @on("Mon 16:00")
    async def joins(self) -> None:
        await self.wanders("JOIN")
        await self.presses("Yes")
        await self.presses("Yes, and I am 18 or over")
        self.reads("What shall we call you?")
        await self.says("Ruth")
        self.reads("Thank you, Ruth.")

    @on("Tue 13:10")
    async def says_that_she_comes_and_what_she_needs(self) -> None:
        """She says it once, beside her yes."""
        await self.says("Yes. I need a BSL interpreter")
        self.reads("How will you come?")
        await self.presses("In person")
        await self.says("0")
        await self.presses("Yes")
        self.reads("We have noted that you come", "We will tell you when we have arranged what you need.")

    @on("Thu 12:05")
    async def sees_that_it_is_checked_again(self) -> None:
        """Two hours before, it is said once more that the interpreter is there."""
        assert self.phone is not None
        last = self.phone.got[-1].text
        self.must("see you today" in last and "Your BSL interpreter is booked." in last, last)

    @on("Thu 19:10")
    async def says_how_it_was(self) -> None:
        await self.says("5")
        await self.presses("Yes")
        await self.says("SKIP", "SKIP")
        self.reads("Did you have what you needed there?")
        await self.presses("Yes")

    async def looks_back(self) -> None:
        assert self.phone is not None
        asks = [line.text for line in self.phone.got if "interpreter" in line.text and "?" in line.text]
        self.must(asks == [], f"she is not asked again what she needs: {asks}")
        token = await self.week.token_at(_CHAT, "telegram")

        def calls(tx: Tx) -> int:
            person = people.by_token(tx, token)
            assert person is not None
            asked = select(tasks.c.id).where(tasks.c.person_id == person.id, tasks.c.kind == TaskKind.CALL)
            return len(tx.execute(asked).all())

        self.must(await self.world.house.store.read(calls) == 0, "nobody is asked to ring her")
