"""The line for one meeting by our own count: who has a seat, who waits, and to whom a seat was offered."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

COMING, WAITING, MAYBE, NOT = "coming", "waiting", "maybe", "not_coming"


class Says(StrEnum):
    """What somebody answers."""

    YES = "yes"
    NO = "no"
    MAYBE = "maybe"


@dataclass
class Place:
    """How one person stands."""

    state: str
    turn: int = 0
    guests: int = 0
    offered: datetime | None = None

    @property
    def seats(self) -> int:
        return 1 + self.guests if self.state == COMING or self.offered is not None else 0


@dataclass
class Line:
    """Everybody who answered. `history` is how each stood from when on; `said` when they last spoke of it."""

    capacity: int | None
    places: dict[int, Place] = field(default_factory=dict)
    history: dict[int, list[tuple[datetime, str]]] = field(default_factory=dict)
    said: dict[int, list[datetime]] = field(default_factory=dict)
    turns: int = 0

    @property
    def free(self) -> int:
        """Seats that nobody has and nobody was offered."""
        taken = sum(one.seats for one in self.places.values())
        return 10_000 if self.capacity is None else self.capacity - taken

    def waiting(self) -> list[int]:
        """Who is in line, and was offered nothing, the next first."""
        line = [(one.turn, who) for who, one in self.places.items() if one.state == WAITING and one.offered is None]
        return [who for _turn, who in sorted(line)]

    def answer(self, who: int, said: Says, at: datetime) -> None:
        """They say so now."""
        self.said.setdefault(who, []).append(at)
        if said is not Says.YES:
            self._stands(who, Place(NOT if said is Says.NO else MAYBE), at)
            return
        before = self.places.get(who)
        if before is not None and before.state == COMING:
            return
        if before is not None and before.offered is not None:
            self._stands(who, Place(COMING, before.turn, before.guests), at)
            return
        waits = before is not None and before.state == WAITING
        line = self.waiting()
        first = not line or (waits and line[0] == who)
        self.turns += not waits
        turn = before.turn if before is not None and waits else self.turns
        self._stands(who, Place(COMING if first and self.free > 0 else WAITING, turn), at)

    def bring(self, who: int, guests: int, at: datetime) -> None:
        """They say how many they bring, having a seat: as many as there are seats for, once nobody waits."""
        self.said.setdefault(who, []).append(at)
        mine = self.places[who]
        room = mine.guests + (max(self.free, 0) if not self.waiting() else 0)
        mine.guests = min(guests, room)

    def touched(self, who: int, at: datetime) -> None:
        """They said something else of it."""
        self.said.setdefault(who, []).append(at)

    def offer(self, who: int, until: datetime) -> str:
        """A seat was offered to them. What was wrong about that; empty: nothing."""
        mine, line, free = self.places.get(who), self.waiting(), self.free
        if mine is None or who not in line:
            return "to somebody who does not wait"
        mine.guests = min(mine.guests, max(free - 1, 0))
        mine.offered = until
        if free < 1:
            return "of a place that is not free"
        return "" if who in line[:free] else "to somebody who is not next"

    def lapse(self, now: datetime) -> list[int]:
        """Who did not take it in time."""
        late = [who for who, one in self.places.items() if one.offered is not None and one.offered <= now]
        for who in late:
            self._stands(who, Place(NOT), now)
        return late

    def leave(self, who: int, at: datetime) -> None:
        """They left the bank."""
        if who in self.places and self.places[who].state != NOT:
            self._stands(who, Place(NOT), at)

    def state(self, who: int, at: datetime) -> str | None:
        """How they stood then."""
        before = [state for when, state in self.history.get(who, ()) if when <= at]
        return before[-1] if before else None

    def standing(self, *states: str) -> set[int]:
        return {who for who, one in self.places.items() if one.state in states}

    def counted(self, without: Collection[int] = ()) -> tuple[int, int, int, int, int]:
        """Who comes, their guests, who waits, may come and does not; not these, of whom nothing is kept."""
        places = [one for who, one in self.places.items() if who not in without]
        each = [sum(one.state == state for one in places) for state in (COMING, WAITING, MAYBE, NOT)]
        guests = sum(one.guests for one in places if one.state == COMING)
        return each[0], guests, each[1], each[2], each[3]

    def _stands(self, who: int, place: Place, at: datetime) -> None:
        self.places[who] = place
        self.history.setdefault(who, []).append((at, place.state))


def last(times: Iterable[datetime], until: datetime) -> datetime | None:
    return max((one for one in times if one <= until), default=None)
