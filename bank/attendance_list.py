"""The list of who came to a meeting, as a colleague ticks it, and what the figures say afterwards."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bank import audit, people
from bank.audit import Act
from bank.colleague import Colleague
from storage import attending
from storage.rsvps import Needed, RsvpState
from storage.schema import Record
from storage.store import Tx

_EXPECTED = frozenset({RsvpState.COMING, RsvpState.MAYBE, RsvpState.WAITING})


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody who may have come: `came` is None while nobody knows. `walked_in`: they came without an answer."""

    token: str
    name: str
    state: RsvpState
    guests: int
    came: bool | None
    walked_in: bool
    is_new: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """What became of a meeting, in numbers of people; `walked_in` and `first` are of those who came.

    `unknown`: nobody has ticked whether they came. `had_needs` and `lacked`: by the word of those who came.
    """

    invited: int
    yes: int
    came: int
    did_not: int
    unknown: int
    walked_in: int
    first: int
    had_needs: int
    lacked: int


@dataclass(frozen=True, slots=True)
class Register:
    """Everybody who may have come and whom this colleague may see, by name; `hidden` is how many more there are."""

    people: tuple[Expected, ...]
    hidden: int
    figures: Figures


def look(tx: Tx, colleague: Colleague, meeting: Record, now: datetime, what: str = "attendance") -> Register:
    """Who may have come, and the figures; the look is on record."""
    rows = attending.everybody(tx, meeting.id)
    before = attending.came_before(tx, [row.person_id for row in rows], meeting.starts_at)
    expected = list(filter(may_have_come, rows))
    unseen = people.unseen(tx, colleague)
    shown = [_expected(row, before) for row in expected if row.person_id not in unseen]
    audit.record(tx, now, Act.SAW_MEETING, colleague.id, about=meeting.token, what=what, people=len(shown))
    shown.sort(key=lambda one: (not one.name, one.name.casefold()))
    return Register(tuple(shown), len(expected) - len(shown), _figures(tx, meeting, rows, before))


def may_have_come(row: Record) -> bool:
    """Whoever did not say no, and whoever did come."""
    return row.state in _EXPECTED or row.came is not None


def _expected(row: Record, before: Collection[int]) -> Expected:
    is_new, walked_in = row.person_id not in before, _walked_in(row)
    return Expected(row.person_token, row.name or "", RsvpState(row.state), row.guests, row.came, walked_in, is_new)


def _walked_in(row: Record) -> bool:
    """They came, and had never said that they would."""
    return row.came is True and not row.answered


def _figures(tx: Tx, meeting: Record, rows: list[Record], before: Collection[int]) -> Figures:
    there = [row for row in rows if row.came]
    yes = [row for row in rows if row.state == RsvpState.COMING and not _walked_in(row)]
    return Figures(
        invited=attending.invited(tx, meeting.id),
        yes=len(yes),
        came=len(there),
        did_not=sum(row.came is False for row in yes),
        unknown=sum(row.came is None for row in yes),
        walked_in=sum(map(_walked_in, there)),
        first=sum(row.person_id not in before for row in there),
        had_needs=sum(row.had_needs == Needed.YES for row in there),
        lacked=sum(row.had_needs == Needed.NO for row in there),
    )
