"""Robin is at the church hall of St Mark's: cards with a code, and paper forms for who has no time to text."""

from __future__ import annotations

from storage.picking import Way
from tests.bank.printed import text_of
from tests.week.desk import Desk
from tests.week.person import Person, on
from tests.week.phone import Phone
from tests.week.standing import CODE
from tests.week.week import Week

_FORMS = {"Bridie": "07700 900961", "Colm": "07700 900962", "Yusuf": "07700 900963"}
# No page of the bank's people, talks or work is there for them.
_CLOSED = ("/people", "/inbox", "/questions", "/broadcasts", "/tasks", "/reports", "/audit", "/settings/codes")


class Robin(Person):
    name, who = "Robin", "a partner at a church hall"

    def __init__(self, week: Week) -> None:
        super().__init__(week)
        self.desk = Desk(week.world, week.bank.robin)
        self.council = Desk(week.world, week.bank.sam)
        self.phones = {
            name: Phone(week.world, Way.SMS, f"+44{number.replace(' ', '')[1:]}", name)
            for name, number in _FORMS.items()
        }
        self.beside = [*self.phones.values()]

    @on("Mon 10:00")
    async def gets_cards(self) -> None:
        """The council prints ten on a sheet."""
        cards = text_of(await self.council.fetches(f"/settings/codes/{CODE}/cards"))
        self.must(cards.count(f"JOIN {CODE}") >= 10, f"ten cards that say JOIN {CODE}: {cards}")

    @on("Wed 11:30")
    async def types_in_three_forms(self) -> None:
        await self.desk.opens("/sign-ups/batch")
        typed: dict[str, str | list[str]] = {}
        for row, (name, number) in enumerate(_FORMS.items(), 1):
            about = {"name": name, "number": number, "language": "en", "signed": "29/11/2026", "is_adult": "yes"}
            typed |= {f"{field}_{row}": given for field, given in about.items()}
        read = await self.desk.presses("Enter the forms", **typed)
        self.must("What you entered is kept." in read, read)
        await self.week.settles()
        for name, phone in self.phones.items():
            said = [line.text for line in phone.unread]
            asked = len(said) == 1 and "Robin Hill of St Mark's told us you want to join us" in said[0]
            self.must(asked, f"{name} is asked once whether it is so: {said}")

    @on("Wed 18:20")
    async def two_of_them_answer(self) -> None:
        for name, text in (("Bridie", "yes please"), ("Bridie", "1"), ("Colm", "no thanks")):
            self.world.now.move(seconds=20)
            self.phones[name].wrote(text, self.now)
            await self.phones[name].sends(text)
            await self.week.settles()

    @on("Fri 15:00")
    async def looks_who_joined(self) -> None:
        read = await self.desk.opens("/sign-ups")
        self.notes(read)
        self.must("Yusuf" in read, f"who has not answered waits on the list: {read}")
        self.must("Bridie" not in read and "Colm" not in read, f"who answered is not theirs to see: {read}")
        self.must("fewer than 10 have joined" in read, f"a few are not counted out: {read}")
        for where in (*_CLOSED, self.week.pages["meeting"]):
            self.must(await self.desk.finds_nothing_at(where), f"{where} is not for a partner")

    async def looks_back(self) -> None:
        texts = {name: len(phone.got) for name, phone in self.phones.items()}
        self.must(texts == {"Bridie": 3, "Colm": 2, "Yusuf": 1}, f"so many texts it took: {texts}")
