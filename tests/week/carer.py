"""Jean is 74 and looks after Ted. Her phone has buttons. She writes in capitals, late, when he is asleep at last."""

from __future__ import annotations

from storage.picking import Way
from tests.week.person import Person, Told, on
from tests.week.phone import Phone
from tests.week.week import Week
from tests.week.world import moment


class Jean(Person):
    name, who = "Jean", "a carer of 74 with a button phone"
    most_to, most_from = 22, 16
    told = (
        Told("day before", "see you on Thursday", moment("Wed 10:00")),
        Told("hours before", "see you today", moment("Thu 12:00")),
        Told("how was it", "thank you for coming", moment("Thu 18:00")),
    )

    def __init__(self, week: Week) -> None:
        super().__init__(week)
        self.phone = Phone(week.world, Way.SMS, "+447700900951", self.name)

    @on("Mon 22:47")
    async def joins_from_a_poster(self) -> None:
        """Answered at once, at night, because it is she who writes."""
        await self.wanders("I SAW YOUR POSTER IN BOOTS. ID LIKE TO JOIN")
        self.reads("Would you like to join?")
        await self.says("YES PLEASE")
        self.reads("To stop our texts, send STOP. OK?")
        await self.says("OK")
        self.reads("Did you mean: Yes, and I am 18 or over?")
        await self.says("YES IM 74")
        self.reads("You have joined.")
        await self.says("JEAN")
        self.reads("Thank you, Jean.")

    @on("Tue 22:58")
    async def has_lost_the_thread(self) -> None:
        """The invitation came at a quarter past ten that morning."""
        await self.wanders("WHO IS THIS??")
        self.reads("Ashdale Council here. We ask people how to make care better.")

    @on("Tue 23:04")
    async def would_come_if_somebody_sat_with_ted(self) -> None:
        """Her yes counts, and her question is not lost inside it."""
        await self.asks("OH YES. ILL COME BUT WHO SITS WITH TED", answer="somebody to sit with Ted", by="Thu 12:00")
        self.reads("We will answer by Thursday 3 December.", "How will you come?")

    @on("Wed 22:40")
    async def answers_the_rest(self) -> None:
        """A day later it goes on where it was, and starts nothing anew."""
        await self.says("IN PERSON", "JUST ME")
        self.reads("May they see your name?")
        await self.says("YES")
        self.reads("We have noted that you come: Meet the director. Thursday 3 December, 2pm")

    @on("Thu 22:51")
    async def says_how_it_was(self) -> None:
        await self.says("IT WAS LOVLEY")
        self.reads("Did people listen to you there?")
        await self.says("YES", "TEA WAS COLD BUT NICE PEOPLE")
        self.reads("What is one thing that we should change?")

    @on("Sat 22:15")
    async def has_too_much_on(self) -> None:
        await self.wanders("PAUSE")
        self.reads("How long shall we stop texting you for?")
        await self.says("TILL AFTER XMAS")
        self.reads("Shall we stop texting you until Saturday 2 January?")
        await self.says("YES")
        self.reads("We will not text you before Saturday 2 January.")

    async def looks_back(self) -> None:
        assert self.phone is not None
        since = [line.text for line in self.phone.got if line.at > self.phone.sent[-1].at and not line.asked]
        self.must(since == [], f"nothing comes once she has paused: {since}")
