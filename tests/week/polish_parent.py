"""Marta has a son who uses care, and writes in Polish. A card on a table in the church hall told her of it."""

from __future__ import annotations

from storage.picking import Way
from tests.week.person import Person, Told, on
from tests.week.phone import Phone
from tests.week.week import Week
from tests.week.world import moment


class Marta(Person):
    name, who = "Marta", "a Polish-speaking parent"
    most_to, most_from = 18, 13
    told = (
        Told("day before", "do zobaczenia: czwartek", moment("Wed 10:00")),
        Told("hours before", "do zobaczenia dziś", moment("Thu 12:00")),
        Told("how was it", "Jak było?", moment("Thu 18:00")),
    )

    def __init__(self, week: Week) -> None:
        super().__init__(week)
        self.phone = Phone(week.world, Way.SMS, "+447700900952", self.name, "pl")

    @on("Mon 12:30")
    async def joins_by_the_card(self) -> None:
        """A number tells nobody's language: she says so once, and never again."""
        await self.wanders("JOIN OAK")
        self.reads("Would you like to join?")
        await self.wanders("po polsku")
        self.reads("Czy chcesz dołączyć?")
        await self.says("tak")
        self.reads("Czy zgadzasz się?")
        await self.says("1", "Marta")
        self.reads("Dziękujemy, Marta.")

    @on("Tue 19:40")
    async def says_that_she_comes(self) -> None:
        await self.says("tak", "1", "0", "tak")
        self.reads("Zapisane: Rozmowa z dyrektorem. czwartek 3 grudnia, 14.00")

    @on("Tue 19:50")
    async def asks_two_things(self) -> None:
        """One that the meeting's own words answer, at once; and one that a person must."""
        await self.asks("Czy mogę przyjść z synem?", answer="możesz przyjść z kimś", by="Tue 19:51")
        await self.asks("Kto zajmuje się szkołą syna?", answer="Anna Green", by="Thu 17:00")
        self.reads("Odpowiemy do: czwartek 3 grudnia.")

    @on("Thu 20:05")
    async def says_how_it_was(self) -> None:
        await self.says("bardzo dobrze")
        self.reads("Czy ludzie Cię tam słuchali?")
        await self.says("tak")

    async def looks_back(self) -> None:
        """After "po polsku" no English came."""
        assert self.phone is not None
        english = [line.text for line in self.phone.got[1:] if "Thank you" in line.text or "Please" in line.text]
        self.must(english == [], f"she reads Polish: {english}")
