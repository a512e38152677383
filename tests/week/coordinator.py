"""Ada leads the work. On Monday she promises something, by Thursday fifty-three were asked to a meeting and it was
held, and on Friday the director wants a report by noon.
"""

from __future__ import annotations

import re

from storage.picking import Way
from tests.bank.printed import text_of
from tests.week.desk import Desk
from tests.week.invited import CAME, COMING, NOT_COMING, NOT_SURE, OTHERS, Others
from tests.week.person import Person, Told, on
from tests.week.phone import Phone
from tests.week.standing import ADA_S_PHONE
from tests.week.week import Week
from tests.week.world import moment

_PROMISE = {
    "title__en": "A weekend phone",
    "title__pl": "Telefon w weekend",
    "heard__en": "nobody picks up the phone at the weekend",
    "heard__pl": "w weekend nikt nie odbiera telefonu",
    "will__en": "answer it on Saturdays and Sundays",
    "will__pl": "odbieramy go w soboty i niedziele",
}
_MEETING = {
    "title__en": "Meet the director",
    "title__pl": "Rozmowa z dyrektorem",
    "agenda__en": "You talk, and the director listens.",
    "who__en": "About 20 carers, and Dana Field from the council.",
    "place__en": "Oak Hall, Station Road",
    "find__en": "by Aldi",
    "link__en": "https://meet.example/oak",
    "parking__en": "There is free parking behind the hall.",
    "access__en": "The hall has no steps. There is a hearing loop.",
    "expenses__en": "We pay your fares.",
    "at_time": "2pm",
    "until": "4pm",
}
_POLISH = "{council}: {meeting}. {day}, {time}, Oak Hall. STOP to koniec. Czy przyjdziesz?"
_THURSDAY = {"day": "3", "month": "12", "year": "2026"}
# Who comes, of those with a story of their own.
_IN_A_STORY = ("Dale", "Jean", "Marta", "Ruth")
_FIGURE = re.compile(r"(All|Coming|Wait for a place|Not sure|Not coming|Have not answered) : (\d+)")


class Ada(Person):
    name, who = "Ada", "a coordinator with 53 people and a director"
    is_of_the_team = True
    most_to = 3
    told = (Told("promise late", "A weekend phone", moment("Fri 09:30")),)

    def __init__(self, week: Week) -> None:
        super().__init__(week)
        self.phone = Phone(week.world, Way.SMS, ADA_S_PHONE, self.name)
        self.phone.looks()
        self.desk = Desk(week.world, week.bank.ada)
        self.second = Desk(week.world, week.bank.olu)
        self.meeting = ""
        self.invitation = ""

    @property
    def others(self) -> Others:
        return self.week.others

    @on("last Thu 16:10")
    async def ticks_who_came_to_the_group(self) -> None:
        await self.desk.opens(f"/meetings/{self.week.bank.met}/attend")
        await self.desk.presses("Find them", number=self.others.members["Halina"].address)
        await self.desk.presses("They came", person=self.desk.page.value("Halina"))

    @on("Mon 09:15")
    async def promises_something(self) -> None:
        desk = self.desk
        await desk.opens(f"/commitments/new?meeting={self.week.bank.met}")
        given = {f"due__{part}": one for part, one in _THURSDAY.items()}
        owner, said_it = desk.page.value("Ada Lead"), desk.page.value("Halina")
        await desk.presses("Keep it", **_PROMISE, **given, kind="will", owner=owner, people=said_it)
        self.week.pages["promise"] = desk.where
        await desk.presses("Ask for their yes")

    @on("Mon 09:40")
    async def has_it_approved(self) -> None:
        await self.second.opens("/")
        await self.second.follows("Say yes or no to")
        await self.second.presses("Keep the answer", given="yes")
        await self.week.settles()
        await self.desk.opens(self.week.pages["promise"])
        self.must("It is promised" in self.desk.reads() or "Promised" in self.desk.reads(), self.desk.reads())

    @on("Mon 11:00")
    async def plans_the_meeting(self) -> None:
        desk = self.desk
        await desk.opens("/meetings/new")
        day = {f"on_day__{part}": one for part, one in _THURSDAY.items()}
        rest = {"kind": "listening", "repeats": "", "way": "hybrid", "guests": "yes"}
        leads = {"staff_chair": desk.page.value("Ada Lead"), "member_chair": self.week.bank.asha}
        await desk.presses("Keep it", **_MEETING, **day, **rest, **leads)
        self.meeting = desk.where.partition("?")[0]
        self.week.pages["meeting"] = self.meeting
        read = await desk.presses("Open it: people may be invited")
        self.must("It is open." in read, read)

    @on("Tue 10:00")
    async def invites_fifty_three(self) -> None:
        desk = self.desk
        await desk.opens(f"{self.meeting}/invite")
        read = await desk.presses("See how many", whom="all")
        self.notes(read)
        self.must("It would reach 53 people" in read, read)
        await desk.presses("Go on to the words", whom="all")
        read = await desk.presses("Keep it and look at it", words__pl=_POLISH)
        self.notes(read)
        self.invitation = desk.where.partition("?")[0]
        await desk.presses("Ask them to approve it")

    @on("Tue 10:15")
    async def has_the_invitation_approved_and_lets_it_go(self) -> None:
        await self.second.opens("/")
        await self.second.follows("Say yes or no to an invitation")
        await self.second.presses("Keep the answer", given="yes")
        await self.desk.opens(self.invitation)
        await self.desk.presses("Let it go to 53 people")

    @on("Tue 11:30")
    async def hears_from_most_of_them(self) -> None:
        await self.others.answer()

    @on("Wed 09:30")
    async def answers_what_they_asked(self) -> None:
        await self.answers("WHO SITS WITH TED", "en", "We pay somebody to sit with Ted. Ada rings you today.")
        await self.answers(
            "Kto zajmuje się szkołą syna?", "pl", "Szkołą zajmuje się Anna Green. Napisze do Ciebie w piątek."
        )
        await self.answers("will the money man come again", "en", "Not on Thursday. He comes in January.")

    @on("Wed 10:30")
    async def arranges_what_they_need(self) -> None:
        await self.settles_it("BSL interpreter, Ruth", "Jo meets you at the door.")
        await self.settles_it("Large print, Wes", "")

    @on("Wed 15:30")
    async def answers_a_voice(self) -> None:
        words = "Yes. There is a quiet room beside the hall."
        await self.answers("Is there a quiet room?", "en", words)

    @on("Thu 10:30")
    async def prepares_it_on_one_page(self) -> None:
        read = await self.desk.opens(f"{self.meeting}/prepare")
        self.notes(read)
        for said in ("Members who come 25", "Not sure yet 1", "Cannot come 6"):
            self.must(said in read, f"{said}: {read}")
        self.must("BSL interpreter Ruth I need a BSL interpreter Arranged." in read, read)
        self.must("Marta Comes in person Here for the first time We write to them in Polish" in read, read)

    @on("Thu 16:20")
    async def ticks_who_came(self) -> None:
        await self.desk.opens(f"{self.meeting}/attend")
        there = [self.desk.page.value(name) for name in (*sorted(CAME), *_IN_A_STORY)]
        read = await self.desk.presses("Keep who came", came=there)
        self.must(f"Came {len(there)} " in read, read)

    @on("Thu 19:00")
    async def hears_how_it_was(self) -> None:
        await self.others.tell_how_it_was()

    @on("Fri 11:20")
    async def writes_the_report(self) -> None:
        """What it says is what was said: twenty-five yeses, six noes, one not sure; and how many were asked."""
        read = await self.desk.opens(f"{self.meeting}/answers")
        figures = {name: int(number) for name, number in _FIGURE.findall(read)}
        everybody = figures.pop("All")
        answered = {
            "Coming": len(COMING) + len(_IN_A_STORY),
            "Wait for a place": 0,
            "Not sure": len(NOT_SURE),
            "Not coming": len(NOT_COMING),
        }
        silent = figures.pop("Have not answered")
        self.must(figures == answered, f"{figures}, and they said {answered}")
        self.must(sum(answered.values()) + silent == everybody, f"{answered} and {silent} of {everybody}")
        self.must(everybody == self._were_asked(), f"{everybody}, and {self._were_asked()} had a text or asked")
        read = text_of(await self.desk.fetches(f"{self.meeting}/feedback/report.pdf"))
        self.notes(read)
        said = f"Said that they would come {answered['Coming']} Came {len(CAME) + len(_IN_A_STORY)} "
        self.must(said in " ".join(read.split()), read)

    @on("Fri 11:45")
    async def the_director_reads_it(self) -> None:
        """Before noon, and without a name in it."""
        director = Desk(self.world, self.week.bank.dana)
        read = " ".join(text_of(await director.fetches(f"{self.meeting}/feedback/report.pdf")).split())
        names = [one.name for one in (*OTHERS, *self.week.people) if re.search(rf"\b{one.name}\b", read)]
        self.must("“TEA WAS COLD BUT NICE PEOPLE”" in read, read)
        self.must(names == [], f"names in the report: {names}")
        await director.goes()

    @on("Fri 12:30")
    async def reads_what_came_back(self) -> None:
        read = await self.desk.opens("/")
        self.must("This promise is late" in read, f"what is late stands on Today: {read}")
        read = await self.desk.opens(self.week.pages["promise"])
        self.must("not kept. nobody answered the phone on saturday" in read, read)

    async def answers(self, asked: str, language: str, words: str) -> None:
        """One of the questions, looked at before it goes."""
        await self.desk.opens("/questions")
        await self.desk.follows(asked)
        await self.desk.presses("Look at it first", **{f"answer-{language}": words})
        await self.desk.presses("Send the answer")

    async def settles_it(self, what: str, note: str) -> None:
        """It is booked; she reads what they will read before it goes."""
        await self.desk.opens(f"{self.meeting}/arrange")
        await self.desk.follows(what)
        read = await self.desk.presses("Go on", state="booked", note=note)
        self.must("They will read this" in read, read)
        await self.desk.presses("Keep it, and tell them")

    def _were_asked(self) -> int:
        """Whom the invitation reached by text, by what the providers delivered; and Dale, who found it himself."""
        asks = ("Coming?", "Can you come?", "Czy przyjdziesz?")
        books = (*self.world.twilio.book.accepted, *self.world.telegram.book.accepted)
        asked = {one.to for one in books if "Oak Hall" in one.text and any(words in one.text for words in asks)}
        return len(asked - {self.others.members["Sid"].to}) + 1
