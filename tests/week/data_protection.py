"""Sam is the data protection officer: what people agreed to, who looked, and what is erased."""

from __future__ import annotations

from tests.week.desk import Desk
from tests.week.person import Person, on
from tests.week.phone import Phone
from tests.week.standing import UNA_S_PHONE
from tests.week.week import Week

_AGREED = "Thank you. We will keep your number and answers, so we can invite you. To stop our texts, send STOP. OK?"


class Sam(Person):
    name, who = "Sam", "a data protection officer"

    def __init__(self, week: Week) -> None:
        super().__init__(week)
        self.desk = Desk(week.world, week.bank.sam)
        self.una = ""

    @on("Mon 09:00")
    async def sees_that_somebody_has_left(self) -> None:
        """Una joined ten days before, and left the same day. She has fourteen days to think again."""
        self.una = f"/people/{await self.week.token_at(UNA_S_PHONE)}"
        read = await self.desk.opens(self.una)
        self.notes(read)
        self.must("Una" in read, read)

    @on("Fri 14:00")
    async def sees_that_she_is_erased(self) -> None:
        self.must(await self.desk.finds_nothing_at(self.una), "who left fourteen days ago has no page any more")
        read = await self.desk.opens("/audit")
        self.notes(read[:1500])

    @on("Fri 14:20")
    async def reads_what_was_agreed(self) -> None:
        """Jean said yes late on Monday evening."""
        jean = next(one for one in self.week.people if one.name == "Jean")
        assert isinstance(jean.phone, Phone)
        token = await self.week.token_at(jean.phone.address)
        read = await self.desk.opens(f"/people/{token}")
        self.notes(read)
        self.must(_AGREED in read, f"the words that she read are there: {read}")
        self.must("Monday 30 November" in read, f"and the day: {read}")
        read = await self.desk.opens(f"/audit?person={token}")
        self.notes(read)
        self.must("Sam Field looked at the page of" in read, f"their own look is on record: {read}")

    @on("Fri 14:40")
    async def asks_whether_the_record_is_whole(self) -> None:
        status, said = await self.week.command("audit", "verify")
        self.notes(said)
        self.must(status == 0, f"heard audit verify: {said}")
