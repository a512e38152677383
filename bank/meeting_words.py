"""Meeting words: the meetings that somebody reads in a list: theirs, with their answer, and what they could join."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bank import meeting_facts, rsvp_facts
from bank.interest_facts import LASTS
from bank.organisation import Organisation
from language.wording import Words, _
from storage import meeting_said, meetings, places, rsvp_line, rsvps
from storage.meetings import GOES_ON
from storage.places import PlaceState
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.store import Tx

# So far ahead a meeting is offered to whoever was not invited to it.
_AHEAD = timedelta(days=90)
_STANDS: Mapping[str, Words] = {
    RsvpState.COMING: _("you come"),
    RsvpState.WAITING: _("in line"),
    RsvpState.MAYBE: _("not sure"),
    RsvpState.NOT_COMING: _("not coming"),
}
_INVITED = _("coming?")
_LONGEST_TITLE = 22  # characters of it in a list

Listed = tuple[str, str]  # a meeting's token, and what it is called in a list


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads the list: the one who writes, or everybody who shares the phone where that is not known."""

    tx: Tx
    organisation: Organisation
    now: datetime
    language: str
    people: Sequence[Record]

    @property
    def ids(self) -> list[int]:
        return [person.id for person in self.people]


def facts(
    tx: Tx, organisation: Organisation, now: datetime, language: str, people: Sequence[Record], meeting: str | None
) -> dict[str, Callable[[], Any]]:
    """`my_meetings`, `their_meetings` and how they stand in the one that is spoken of."""
    reader = Reader(tx, organisation, now, language, people)
    return {
        "my_meetings": lambda: mine(reader),
        "their_meetings": lambda: asked_or_answered(reader),
        "comes_to_it": lambda: _comes_to(reader, meeting),
    }


def mine(reader: Reader) -> list[Listed]:
    """All that they answered or are asked to, and what else they could join; the soonest first."""
    answered = _answered(reader)
    found = {**{row.id: row for row in _open_to(reader)}, **{row.id: row for row, _rsvp in answered}}
    stands = {row.id: rsvp for row, rsvp in answered} if len(reader.people) == 1 else {}
    invited = _invited(reader)
    ordered = sorted((*found.values(), *(row for row in invited if row.id not in found)), key=_by_time)
    asked = {row.id for row in invited} if len(reader.people) == 1 else set()
    return [(row.token, _label(reader, row, stands.get(row.id), invited=row.id in asked)) for row in ordered]


def asked_or_answered(reader: Reader) -> list[Listed]:
    """The meetings that an answer of theirs may be for."""
    found = {row.id: row for row, _rsvp in _answered(reader)} | {row.id: row for row in _invited(reader)}
    return [(row.token, _label(reader, row)) for row in sorted(found.values(), key=_by_time)]


def _by_time(row: Record) -> tuple[datetime, int]:
    return row.starts_at, row.id


def _answered(reader: Reader) -> list[tuple[Record, Record]]:
    rows = rsvp_line.upcoming(reader.tx, reader.ids, reader.now) if reader.people else []
    found = meetings.these(reader.tx, {row.meeting_id for row in rows})
    return [(found[row.meeting_id], row) for row in rows]


def _invited(reader: Reader) -> list[Record]:
    asked = meeting_said.invited_to(reader.tx, reader.ids, reader.now - LASTS) if reader.people else []
    found = meetings.these(reader.tx, {one.meeting_id for one in asked})
    return [row for row in found.values() if rsvp_facts.is_open(row, reader.now)]


def _open_to(reader: Reader) -> list[Record]:
    """What they could join: of their projects, and open to all of the bank; not where every place is taken."""
    if not reader.people:
        return []
    found = (place for who in reader.ids for place in places.of_person(reader.tx, who))
    theirs = {place.project_id for place in found if place.state == PlaceState.PLACE}
    coming = meetings.between(reader.tx, reader.now, reader.now + _AHEAD, list(GOES_ON))
    return [row for row in coming if row.project_id in {None, *theirs} and _has_room(reader.tx, row)]


def _has_room(tx: Tx, row: Record) -> bool:
    if row.capacity is None:
        return True
    return rsvp_line.taken(tx, row.id) + rsvp_line.in_line(tx, row.id) < int(row.capacity)


def _label(reader: Reader, row: Record, rsvp: Record | None = None, *, invited: bool = False) -> str:
    told = meeting_facts.facts(row, reader.language, reader.organisation)
    stands = _STANDS[rsvp.state] if rsvp is not None else _INVITED if invited else None
    named = f"{short(told['meeting'])}, {told['day']}"
    return named if stands is None else f"{named}: {reader.organisation.catalogs.render(stands, reader.language, {})}"


def short(title: str) -> str:
    """As much of it as a list has room for: who picks it reads all."""
    if len(title) <= _LONGEST_TITLE:
        return title
    cut = title[: _LONGEST_TITLE - 3]
    return f"{cut.rpartition(' ')[0] or cut}..."


def _comes_to(reader: Reader, meeting: str | None) -> bool:
    """The only one reached there has a place in it."""
    if meeting is None or len(reader.people) != 1:
        return False
    row = meetings.by_token(reader.tx, meeting)
    found = rsvps.of(reader.tx, row.id, reader.ids[0]) if row is not None else None
    return found is not None and found.state == RsvpState.COMING
