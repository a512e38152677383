"""Dale has a learning disability and WhatsApp. Carol, his support worker, helps as he agreed, and no further."""

from __future__ import annotations

from storage.picking import Way
from tests.week.desk import Desk
from tests.week.person import Person, Told, on
from tests.week.phone import Phone
from tests.week.week import Week
from tests.week.world import moment

_NUMBER, _CAROL = "+447700900953", "07700 900954"
_SAID = "Is there a quiet room?"


class Dale(Person):
    name, who = "Dale", "supported, on WhatsApp"
    most_to, most_from = 27, 18
    told = (
        Told("day before", "see you on Thursday", moment("Wed 10:00")),
        Told("read back", f'"{_SAID}"', moment("Wed 14:30")),
        Told("promised", "We will tell you by Friday 4 December", moment("Wed 14:30")),
        Told("hours before", "see you today", moment("Thu 12:00")),
        Told("how was it", "thank you for coming", moment("Thu 18:00")),
    )

    def __init__(self, week: Week) -> None:
        super().__init__(week)
        self.phone = Phone(week.world, Way.WHATSAPP, _NUMBER, self.name)
        self.carol = Phone(week.world, Way.SMS, "+447700900954", "Carol")
        self.beside = [self.carol]
        self.olu = Desk(week.world, week.bank.olu)

    @on("last last Fri 11:30")
    async def joins_with_carol_beside_him(self) -> None:
        await self.wanders("join")
        await self.wanders("easy words please")
        self.reads("We will use easy words now.")
        await self.says("yes", "1")
        self.reads("What is your first name?")
        await self.says("dale")
        self.reads("We will text when you can help.")

    @on("last last Fri 11:50")
    async def says_who_helps_him(self) -> None:
        """Carol rings the council, and Dale says yes himself, to the words that Olu reads to him."""
        await self.olu.opens(f"{await self.page()}/supporters/new")
        await self.olu.presses("Ask the member", called="Carol", number=_CAROL, helps="both")
        await self.olu.follows("Carol")
        read = await self.olu.presses("Keep their yes", agreed_how="phone", answer="Yes, Carol helps me")
        self.must("The member agreed" in read, read)

    @on("last Fri 12:20")
    async def answers_the_first_short_question_himself(self) -> None:
        self.reads("Do you look after someone who needs your help?")
        await self.says("no")

    @on("Tue 15:00")
    async def asks_what_is_on(self) -> None:
        """His text of the week was that question, so no invitation came: he asks, and answers in his own time."""
        await self.wanders("meetings")
        await self.says("1", "yes", "1", "0", "yes")
        self.reads("We know that you come: Meet the director. Thursday 3 December, 2pm")

    @on("Wed 14:00")
    async def asks_by_voice(self) -> None:
        await self.sends_a_voice_note()
        self.reads("A person will look at this by 5pm.")

    @on("Wed 14:30")
    async def olu_types_in_what_he_said(self) -> None:
        """It is read back to him, and it is a question like any other."""
        at = self.now
        await self.olu.opens("/inbox")
        await self.olu.follows("Dale")
        await self.olu.presses("Keep these words and read them back", kind="voice", heard=_SAID)
        self.asked_aloud(_SAID, at, answer="a quiet room beside the hall", by="Fri 17:00")

    @on("Thu 18:20")
    async def says_how_it_was(self) -> None:
        await self.says("good", "1", "skip", "skip", "1")

    @on("Fri 12:40")
    async def carol_answers_the_next_for_him(self) -> None:
        """A week later both are asked the next, and she answers first: what she says is his."""
        asked = [line.text for line in self.carol.got if line.at.date() == self.now.date()]
        self.must(len(asked) == 1 and asked[0].startswith("For Dale."), f"it says for whom she is asked: {asked}")
        self.world.now.move(seconds=20)
        self.carol.wrote("1 3", self.now, answers=True)
        await self.carol.sends("1 3")
        await self.week.settles()
        read = await self.olu.opens(await self.page())
        self.notes(read)
        self.must("Care at home, Charges and money By text from Carol , who helps them" in read, read)

    async def looks_back(self) -> None:
        how = [line.text for line in self.carol.got if "How was it" in line.text]
        self.must(how == [], "how it was is his to say, and nobody else's")

    async def page(self) -> str:
        return f"/people/{await self.week.token_at(_NUMBER, 'whatsapp')}"
