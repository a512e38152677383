"""A year of one bank: the town, its members and meetings, our own count of them, and what went wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from bank.colleague import Colleague
from channels.fakes.book import Entry
from storage.schema import Record
from tests.bot.town import Town
from tests.year.line import Line
from tests.year.meetings import Gathering
from tests.year.people import Member
from tests.year.reading import Read, Reader


@dataclass(frozen=True, slots=True)
class Got:
    """One text that a provider took: to whom, when, and what it is. `asked`: within a minute after they wrote."""

    who: int
    entry: Entry
    read: Read
    asked: bool

    @property
    def at(self) -> datetime:
        return self.entry.at


@dataclass(frozen=True, slots=True)
class News:
    """A meeting was moved or cancelled then; `concerned` had said yes or maybe, or waited."""

    code: str
    at: datetime
    canceled: bool
    concerned: frozenset[int]


@dataclass(frozen=True, slots=True)
class Offered:
    """A place was offered to somebody then, by text or for a call."""

    code: str
    who: int
    at: datetime


@dataclass
class Year:
    """All that is known of it. People are by their ids, meetings by their codes."""

    town: Town
    rng: Random
    reader: Reader
    members: dict[int, Member]
    ada: Colleague = field(init=False)
    olu: Colleague = field(init=False)
    project: Record | None = None
    chair: Member | None = None
    groups: Sequence[Record] = ()
    plans: dict[str, Gathering] = field(default_factory=dict)
    lines: dict[str, Line] = field(default_factory=dict)
    # When each was to start, from which moment on: the last is as it stands.
    starts: dict[str, list[tuple[datetime, datetime]]] = field(default_factory=lambda: defaultdict(list))
    canceled: dict[str, datetime] = field(default_factory=dict)
    invited: dict[str, int] = field(default_factory=dict)
    ticked: dict[tuple[str, int], tuple[datetime, bool]] = field(default_factory=dict)
    news: list[News] = field(default_factory=list)
    offers: list[Offered] = field(default_factory=list)
    got: list[Got] = field(default_factory=list)
    wrote: dict[int, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    # What people wrote to us: when, who, and in which words.
    said: list[tuple[datetime, int, str]] = field(default_factory=list)
    stopped: dict[int, datetime] = field(default_factory=dict)
    left: dict[int, datetime] = field(default_factory=dict)
    paused: dict[int, list[tuple[datetime, datetime]]] = field(default_factory=lambda: defaultdict(list))
    # Who told us how it was, by the code of the meeting.
    told: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    wrong: list[str] = field(default_factory=list)
    figures: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def now(self) -> datetime:
        return self.town.now()

    def is_wrong(self, what: str) -> None:
        self.wrong.append(f"{self.now:%a %d %b %Y %H:%M} {what}")

    def goes_on(self, code: str) -> bool:
        """It is open, and has not begun."""
        return code in self.lines and code not in self.canceled and self.now < self.plans[code].starts

    def is_reached(self, who: int) -> bool:
        """They can be texted."""
        return self.members[who].texts and who not in self.stopped and who not in self.left

    def to_come(self) -> Iterable[str]:
        return [code for code in self.lines if self.goes_on(code)]

    def of(self, address: str) -> int | None:
        """Who has this address."""
        return self._by_address.get(address)

    def __post_init__(self) -> None:
        self._by_address = {one.to: one.id for one in self.members.values() if one.texts}
