"""Sixty meetings of one year: what the coordinator plans, and what becomes of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum, auto
from random import Random
from zoneinfo import ZoneInfo

from bank.meetings import Details
from storage.meetings import MeetingKind, Repeats, Way

ZONE = ZoneInfo("Europe/London")
WHY = {"en": "The hall has no heating.", "pl": "W sali nie ma ogrzewania."}


class Becomes(Enum):
    """What is changed of it before it begins."""

    NOTHING = auto()
    LATER = auto()  # half an hour later: they are told
    ANOTHER_DAY = auto()  # they are told, and asked again
    CANCELED = auto()


@dataclass
class Gathering:
    """One meeting as it is planned; `code` stands in its title and in its place, so that every text of it is known.

    `group` is whom it is for: so many of the groups. `asked`: so many days before. `becomes` is so many days before.
    """

    code: str
    title: str
    kind: MeetingKind
    on_day: date
    at_time: time
    minutes: int = 120
    way: Way = Way.IN_PERSON
    capacity: int | None = None
    guests: bool = False
    group: int = 0
    asked: int = 16
    repeats: Repeats | None = None
    becomes: Becomes = Becomes.NOTHING
    days_before: int = 4
    of_project: bool = False
    token: str = field(default="", compare=False)

    @property
    def starts(self) -> datetime:
        """In UTC, by our own count."""
        return datetime.combine(self.on_day, self.at_time, ZONE).astimezone(UTC)

    @property
    def ends(self) -> datetime:
        return self.starts + timedelta(minutes=self.minutes)

    def words(self) -> Mapping[str, Mapping[str, str]]:
        """What is written about it."""
        written = {"title": f"{self.title} {self.code}", "expenses": "We pay your fares."}
        if self.way is not Way.ONLINE:
            written |= {"place": f"Room {self.code}, Oak Hall"}
        if self.way is not Way.IN_PERSON:
            written |= {"link": f"https://meet.example/{self.code}"}
        return {name: {"en": text} for name, text in written.items()}

    def details(self, project: str = "", chair: str = "") -> Details:
        """As the console hands it over."""
        own = self.of_project
        return Details(
            self.words(),
            self.on_day,
            self.at_time,
            self.kind,
            self.minutes,
            self.way,
            self.capacity,
            self.guests,
            project if own else "",
            member_chair=chair if own else "",
            repeats=self.repeats,
        )

    def moved(self) -> Gathering:
        """As it is after its change."""
        if self.becomes is Becomes.LATER:
            at = (datetime.combine(self.on_day, self.at_time) + timedelta(minutes=30)).time()
            return replace(self, at_time=at, becomes=Becomes.NOTHING)
        return replace(self, on_day=self.on_day + timedelta(days=1), becomes=Becomes.NOTHING)


_KINDS = (
    ("Workshop", MeetingKind.WORKSHOP, Way.IN_PERSON, 8),
    ("Listening", MeetingKind.LISTENING, Way.HYBRID, None),
    ("Training", MeetingKind.TRAINING, Way.ONLINE, 12),
    ("Workshop", MeetingKind.WORKSHOP, Way.IN_PERSON, 6),
    ("Meeting", MeetingKind.MEETING, Way.HYBRID, 15),
)
_TIMES = (time(10), time(14), time(11, 30), time(9, 30), time(17), time(19))
# As they come, these are changed: two are canceled, four are moved.
_BECOMES = {
    1: Becomes.ANOTHER_DAY,
    2: Becomes.CANCELED,
    6: Becomes.LATER,
    12: Becomes.ANOTHER_DAY,
    17: Becomes.CANCELED,
    21: Becomes.LATER,
}
# The Sundays on which the clocks are changed lie between the first and the last day of each.
_CLOCKS = (date(2027, 3, 29), date(2027, 11, 1))


def planned(rng: Random, begins: date, days: int, number: int, members: int) -> Iterator[Gathering]:
    """Those that the coordinator adds; what the rules of the first two make comes by the clock.

    Where there are few members there are fewer places.
    """
    for one in _planned(rng, begins, days, number):
        if one.capacity is not None and members < _ENOUGH:
            one.capacity = max(2, one.capacity * members // _ENOUGH)
        yield one


_ENOUGH, _MANY = 100, 10


def _planned(rng: Random, begins: date, days: int, number: int) -> Iterator[Gathering]:
    repeated = 2 if number >= _MANY else 1
    yield _space(begins)
    if repeated > 1:
        yield _drop_in(begins)
    singles = max(2, number - expected(days, repeated))
    for one in range(singles):
        ahead = 18 + one * max(1, days - 28) // singles
        yield _single(rng, one, _working(begins + timedelta(days=ahead)))


def expected(days: int, repeated: int) -> int:
    """How many the rules make, about."""
    months = max(1, (days - 10) // 30)
    return months + (min(DROP_INS, max(1, days // 7 - 2)) if repeated > 1 else 0)


DROP_INS = 14


def _space(begins: date) -> Gathering:
    first = _weekday(begins + timedelta(days=16), 1)
    return Gathering(
        "K100", "Space", MeetingKind.SPACE, first, time(14), guests=True, capacity=30, repeats=Repeats.MONTHLY_WEEKDAY
    )


def _drop_in(begins: date) -> Gathering:
    first = _weekday(begins + timedelta(days=8), 3)
    return Gathering(
        "K101", "Coffee", MeetingKind.DROP_IN, first, time(10, 30), 90, repeats=Repeats.WEEKLY, group=1, asked=7
    )


def _single(rng: Random, one: int, on_day: date) -> Gathering:
    title, kind, way, places = _KINDS[one % len(_KINDS)]
    return Gathering(
        f"K{200 + one}",
        title,
        kind,
        on_day,
        rng.choice(_TIMES),
        way=way,
        capacity=places,
        guests=one % 3 == 0,
        group=2 + one % 6,
        asked=rng.choice((13, 15, 17)),
        becomes=_BECOMES.get(one, Becomes.NOTHING),
        days_before=rng.choice((3, 5)),
        of_project=one % 5 == 3,
    )


def _weekday(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _working(day: date) -> date:
    """From Monday to Friday, and on the Mondays after the clocks were changed where it is near to them."""
    for clocks in _CLOCKS:
        if abs(day - clocks) < timedelta(days=2):
            return clocks
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day
