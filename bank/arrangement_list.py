"""The list of what to arrange for one meeting, as a colleague sees it: by person or by kind, what is late first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from bank import audit, people
from bank.audit import Act
from bank.colleague import Colleague
from bank.organisation import Organisation
from storage import arrangements, rsvps
from storage import people as kept
from storage.arrangements import UNSETTLED, ArrangementKind, ArrangementState
from storage.meetings import MeetingState
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.store import Tx

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Listed:
    """One thing for one person, whose `person` is their random name. `due`: the day by which it has to be booked.

    `late`: that day is over and nothing was done. `in_vain`: it is booked, and they do not come, or nobody does, as the
    meeting is cancelled.
    """

    token: str
    person: str
    name: str
    comes: RsvpState
    kind: ArrangementKind
    words: str
    state: ArrangementState
    told: bool
    note: str
    due: date
    late: bool
    in_vain: bool

    @property
    def open(self) -> bool:
        """Something is to be done about it."""
        return self.in_vain or (self.state in UNSETTLED and self.comes != RsvpState.NOT_COMING)


@dataclass(frozen=True, slots=True)
class Everything:
    """`hidden` are people whom this colleague may not see. `coming` are those for whom something may be added."""

    rows: tuple[Listed, ...]
    hidden: int
    coming: tuple[tuple[str, str], ...]

    @property
    def open(self) -> int:
        return sum(one.open for one in self.rows)

    @property
    def is_settled(self) -> bool:
        """Nothing is left to do for those who have a place: it may be marked ready, whatever others may need."""
        return not any(one.open for one in self.rows if one.comes == RsvpState.COMING)

    def by_person(self) -> list[tuple[str, list[Listed]]]:
        return [(rows[0].name, rows) for _person, rows in _grouped(self.rows, lambda one: one.person)]

    def by_kind(self) -> list[tuple[ArrangementKind, list[Listed]]]:
        return _grouped(self.rows, lambda one: one.kind)


def look(tx: Tx, colleague: Colleague, meeting: Record, now: datetime, organisation: Organisation) -> Everything:
    """All that is to be arranged there, and what became of it. The look is on record."""
    unseen = people.unseen(tx, colleague)
    today = now.astimezone(organisation.zone).date()
    comes = {row.person_id: RsvpState(row.state) for row in rsvps.in_meeting(tx, meeting.id)}
    named = {one: kept.get(tx, one) for one in comes if one not in unseen}
    rows = [
        _listed(row, named[row.person_id], comes[row.person_id], today, canceled=meeting.state == MeetingState.CANCELED)
        for row in arrangements.in_meeting(tx, meeting.id)
        if row.person_id in named
    ]
    coming = sorted((one.name or "", one.token) for one in named.values() if comes[one.id] in _MAY_ADD)
    audit.record(tx, now, Act.SAW_MEETING, colleague.id, about=meeting.token, page="arrange", people=len(named))
    canceled = meeting.state == MeetingState.CANCELED
    shown = tuple(sorted((one for one in rows if _is_shown(one, canceled=canceled)), key=_urgent))
    return Everything(shown, len(comes.keys() & unseen), tuple((token, name) for name, token in coming))


_MAY_ADD = (RsvpState.COMING, RsvpState.WAITING)


def find(tx: Tx, colleague: Colleague, meeting: Record, token: str, now: datetime) -> tuple[Record, Record] | None:
    """One of them, with the person whom it is for; None where there is none, or they may not see it.

    The look is on record.
    """
    row = arrangements.by_token(tx, token)
    if row is None or row.meeting_id != meeting.id:
        return None
    person = people.seen(tx, colleague, kept.get(tx, row.person_id).token)
    if person is None:
        return None
    audit.record(tx, now, Act.SAW_MEETING, colleague.id, person_id=person.id, about=meeting.token, page="arrange")
    return row, person


def _listed(row: Record, person: Record, comes: RsvpState, today: date, *, canceled: bool) -> Listed:
    state, due = ArrangementState(row.state), date.fromisoformat(row.due_on)
    gone = canceled or comes == RsvpState.NOT_COMING
    return Listed(
        row.token,
        person.token,
        person.name or "",
        comes,
        ArrangementKind(row.kind),
        row.words,
        state,
        row.told,
        row.note or "",
        due,
        late=not gone and state in UNSETTLED and due < today,
        in_vain=gone and state == ArrangementState.BOOKED,
    )


def _is_shown(one: Listed, *, canceled: bool) -> bool:
    """Of those who do not come, and of a meeting that is cancelled, only what is booked."""
    return one.in_vain or (one.comes != RsvpState.NOT_COMING and not canceled)


def _urgent(one: Listed) -> tuple[bool, date, str, str]:
    return not one.open, one.due, one.name.casefold(), one.kind


def _grouped(rows: Iterable[Listed], by: Callable[[Listed], K]) -> list[tuple[K, list[Listed]]]:
    """In the order in which something of each group is most urgent."""
    found: dict[K, list[Listed]] = defaultdict(list)
    for one in rows:
        found[by(one)].append(one)
    return list(found.items())
