"""One of the people of the week: what they do and when, what reached them, and what must be so in the end."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from tests.week.desk import Desk
from tests.week.phone import Line, Phone
from tests.week.world import World, moment, spoken

if TYPE_CHECKING:
    from tests.week.week import Week

_A_MOMENT = 20  # seconds between what they read and what they write


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of their own: in which words, when, what its answer has in it, and by when they must have it."""

    words: str
    at: datetime
    answer: str
    by: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """Something that they must be told at that very time, and nothing else of the kind before it."""

    what: str
    words: str
    at: datetime


def on(when: str) -> Callable[[Callable[..., Awaitable[None]]], Callable[..., Awaitable[None]]]:
    """They do this then, such as "Tue 22:47"."""

    def marked(does: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
        does.__dict__["when"] = moment(when)
        return does

    return marked


class Person:
    """`who` and `name` for the table; `most_to`, `most_from`: how many texts it may take, to and from them."""

    name: ClassVar[str]
    who: ClassVar[str]
    most_to: ClassVar[int] = 0
    most_from: ClassVar[int] = 0
    told: ClassVar[tuple[Told, ...]] = ()
    is_of_the_team: ClassVar[bool] = False  # their own phone is called at any hour
    phone: Phone | None = None

    def __init__(self, week: Week) -> None:
        self.week = week
        self.world: World = week.world
        self.desk = Desk(week.world, None)
        self.asked: list[Asked] = []
        self.wrong: list[str] = []
        self.lines: list[Line] = []
        # Whose phone their story is about as well.
        self.beside: list[Phone] = []

    @property
    def now(self) -> datetime:
        return self.world.now()

    def moments(self) -> list[tuple[datetime, Callable[[], Awaitable[None]]]]:
        """What they do, in the order in which it is written down."""
        return [(one.when, one.__get__(self)) for one in vars(type(self)).values() if hasattr(one, "when")]

    async def begins(self) -> None:
        """Before the week."""

    async def looks_back(self) -> None:
        """What they can say only at the end of the week."""

    # What they do with a phone.

    async def says(self, *texts: str) -> None:
        """Each answers what was read before it."""
        for text in texts:
            await self._writes(text, answers=True)

    async def wanders(self, text: str) -> None:
        """Something that is no answer to what we asked."""
        await self._writes(text)

    async def asks(self, words: str, answer: str, by: str) -> None:
        """A question of their own, whose answer has these words in it."""
        at = self.now
        await self._writes(words)
        self.asked.append(Asked(words, at, answer, moment(by)))

    def asked_aloud(self, words: str, at: datetime, answer: str, by: str) -> None:
        """What they said by voice is a question of theirs as well."""
        self.asked.append(Asked(words, at, answer, moment(by)))

    async def presses(self, label: str) -> None:
        await self._does(lambda phone: phone.presses(label), f"[{label}]", answers=True)

    async def sends_a_voice_note(self) -> None:
        await self._does(lambda phone: phone.sends_a_voice_note(), "(a voice note)")

    async def _writes(self, text: str, *, answers: bool = False) -> None:
        await self._does(lambda phone: phone.sends(text), text, answers=answers)

    async def _does(self, send: Callable[[Phone], Awaitable[Any]], text: str, *, answers: bool = False) -> None:
        assert self.phone is not None
        self.world.now.move(seconds=_A_MOMENT)
        self.phone.unread.clear()
        self.lines.append(self.phone.wrote(text, self.now, answers=answers))
        await send(self.phone)
        await self.week.hears()

    def reads(self, *fragments: str) -> None:
        """So many texts came since they last did anything, each with these words in it."""
        assert self.phone is not None
        came = [line.text for line in self.phone.unread]
        self.phone.unread.clear()
        fits = len(came) == len(fragments) and all(one in text for one, text in zip(fragments, came, strict=True))
        self.must(fits, f"should read {list(fragments)}, and reads {came}")

    # What they say of it.

    def must(self, holds: object, otherwise: str) -> None:
        if not holds:
            self.wrong.append(f"{spoken(self.now)}: {otherwise}")

    def notes(self, text: str) -> None:
        """What they see on a page, for whoever reads their story."""
        self.lines.append(Line(self.now, self.name, text, is_note=True))

    def unanswered(self) -> list[Asked]:
        return [one for one in self.asked if self.answered_at(one) is None]

    def answered_at(self, one: Asked) -> datetime | None:
        theirs = self.phone.got if self.phone is not None else ()
        return next((line.at for line in theirs if line.at >= one.at and one.answer in line.text), None)

    def told_at(self, one: Told) -> datetime | None:
        theirs = self.phone.got if self.phone is not None else ()
        return next((line.at for line in theirs if one.words in line.text), None)
