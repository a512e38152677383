"""Attenders: those who answered a meeting, each with what has to be known to have them well there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage import arrangements, attending
from storage.arrangements import ArrangementKind, ArrangementState
from storage.meetings import Way
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class ToArrange:
    """Something to arrange for one person: as they put it, how it stands, and what they were told of it."""

    kind: ArrangementKind
    words: str
    state: ArrangementState
    note: str


@dataclass(frozen=True, slots=True)
class Attender:
    """Somebody who answered. `way`: how they come, None where they have not said; they count as in the room then.

    `number` is their place in the line, 1 is next; 0 where they do not wait. `helpers` are who helps them, as both
    agreed. `is_new`: they came to nothing of ours before. `named`: who leads it with us may see their name.
    """

    person_id: int
    token: str
    name: str
    state: RsvpState
    way: Way | None
    guests: int
    late: bool
    early: bool
    note: str
    is_new: bool
    named: bool
    arrange: tuple[ToArrange, ...]
    format: str
    language: str
    helpers: tuple[str, ...]
    number: int
    ask_at: datetime | None
    offered_until: datetime | None

    @property
    def in_room(self) -> bool:
        return self.way is not Way.ONLINE

    def needs(self, *kinds: ArrangementKind) -> list[ToArrange]:
        """What of these kinds is to be arranged for them."""
        return [one for one in self.arrange if one.kind in kinds]


def of(tx: Tx, meeting: Record) -> list[Attender]:
    """Everybody on our list who answered it, those who wait in the order of their turns and the others by name."""
    rows = attending.everybody(tx, meeting.id)
    ids = [row.person_id for row in rows]
    before = attending.came_before(tx, ids, meeting.starts_at)
    helpers, arrange = attending.helpers(tx, ids), _to_arrange(tx, meeting)
    line = [row.person_id for row in rows if row.state == RsvpState.WAITING]
    found = [
        Attender(
            row.person_id,
            row.person_token,
            row.name or "",
            RsvpState(row.state),
            _way(meeting, row),
            row.guests,
            row.late,
            row.early,
            row.note or "",
            row.person_id not in before,
            row.named,
            tuple(arrange.get(row.person_id, ())),
            row.format or "",
            row.language,
            tuple(helpers.get(row.person_id, ())),
            line.index(row.person_id) + 1 if row.person_id in line else 0,
            row.ask_at,
            row.offered_until,
        )
        for row in rows
    ]
    return sorted(found, key=_in_order)


def standing(attenders: Sequence[Attender], state: RsvpState) -> tuple[Attender, ...]:
    return tuple(one for one in attenders if one.state == state)


def _in_order(one: Attender) -> tuple[int, bool, str]:
    return one.number, not one.name, one.name.casefold()


def _way(meeting: Record, row: Record) -> Way | None:
    if meeting.way != Way.HYBRID:
        return Way(meeting.way)
    return Way(row.way) if row.way else None


def _to_arrange(tx: Tx, meeting: Record) -> dict[int, list[ToArrange]]:
    """By person; what is not needed any more is left out."""
    found: dict[int, list[ToArrange]] = {}
    for row in arrangements.in_meeting(tx, meeting.id):
        if row.state != ArrangementState.NOT_NEEDED:
            one = ToArrange(ArrangementKind(row.kind), row.words, ArrangementState(row.state), row.note or "")
            found.setdefault(row.person_id, []).append(one)
    return found
