"""The check of a list of people before anything is changed: each row is read, and met with whom we know already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bank import reachable
from bank.imported import Entry, Kind, Line, Reader
from language.name_parts import parts
from storage import enlisting
from storage.addresses import AddressState
from storage.enlisting import Known
from storage.people import PersonState
from storage.schema import Record
from storage.store import Tx

# So many lines of the report are kept at hand; all of them are with their rows.
SHOWN = 200
_STOPPED = ("This number told us to stop", "Only a START from that phone ends this. Ask them to text START")
_LEFT = ("Somebody with this number left our list", "Only they can come back. They text START")
_KNOWN = (
    "Somebody with this number is on our list already",
    "If this is somebody else, who shares the phone, add them on the page Add somebody",
)
_SHARED = "If two people share the phone, add the second on the page Add somebody"
_PERHAPS = "Look whether they are the same person. You choose whether these are added"
_GONE = ("Nobody can be reached at this number", "Ask them for another")
# The same words for all that only some of us may know about.
_LOOK = ("This number cannot be added by a list", "Add them by hand, on the page Add somebody")


@dataclass(frozen=True, slots=True)
class Met:
    """Whom we know of the people in some rows: by number, and by name and area."""

    known: Mapping[str, Known]
    namesakes: Mapping[tuple[str, str], str]


@dataclass
class Check:
    """Goes through the rows in their order, part by part."""

    reader: Reader
    numbers: dict[str, int] = field(default_factory=dict)
    names: dict[tuple[tuple[str, ...], str], int] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    first: list[Line] = field(default_factory=list)

    def read(self, rows: Sequence[tuple[int, list[str]]]) -> list[Entry | Line]:
        """What is in these rows, each met with those further up."""
        return [self._met_above(self.reader.read(number, cells)) for number, cells in rows]

    def _met_above(self, read: Entry | Line) -> Entry | Line:
        if isinstance(read, Line) or not read.number:
            return read
        above = self.numbers.setdefault(read.number, read.row)
        if above == read.row:
            return read
        wrong = f"Row {above} has the same phone number"
        return Line(read.row, Kind.TWICE, wrong, _SHARED)

    def settle(self, read: Sequence[Entry | Line], met: Met, now: datetime) -> list[Line]:
        """The lines of all of these that are not to be added, or only perhaps."""
        lines = []
        for one in read:
            line = one if isinstance(one, Line) else refusal(one, met, now) or self._same_name_above(one)
            self._count(one, line)
            if line is not None:
                lines.append(line)
        self.first += lines[: SHOWN - len(self.first)]
        return lines

    def _same_name_above(self, entry: Entry) -> Line | None:
        who = parts(entry.name), entry.district
        if not all(who):
            return None
        above = self.names.setdefault(who, entry.row)
        if above == entry.row:
            return None
        return Line(entry.row, Kind.PERHAPS, f"Row {above} has the same name and area", _PERHAPS)

    def _count(self, read: Entry | Line, line: Line | None) -> None:
        self.counts["rows"] += 1
        if line is not None:
            self.counts[line.kind.value] += 1
        if isinstance(read, Entry) and (line is None or line.kind == Kind.PERHAPS):
            self.counts["texts" if read.number and not read.ring else "rung" if read.number else "letters"] += 1

    def report(self) -> dict[str, Any]:
        return {"counts": dict(self.counts), "first": [line.as_json() for line in self.first]}


def meet(tx: Tx, read: Sequence[Entry | Line]) -> Met:
    """Whom we know of these."""
    entries = [one for one in read if isinstance(one, Entry)]
    known = enlisting.known_at(tx, {one.number for one in entries if one.number})
    named = {(one.name, one.district) for one in entries if one.name and one.district}
    return Met(known, enlisting.namesakes(tx, named))


def refusal(entry: Entry, met: Met, now: datetime) -> Line | None:
    """Why this person is not added by a list, or only perhaps; None where nothing speaks against it."""
    known = met.known.get(entry.number)
    if known is not None and (line := _known(entry.row, known, now)) is not None:
        return line
    namesake = met.namesakes.get((entry.name, entry.district))
    if namesake is None:
        return None
    return Line(entry.row, Kind.PERHAPS, "Somebody with this name is in this area already", _PERHAPS, namesake)


def _known(row: int, known: Known, now: datetime) -> Line | None:
    states = {one.state for one in known.addresses}
    if AddressState.STOPPED in states:
        return Line(row, Kind.STOPPED, *_STOPPED)
    if known.people:
        left = all(person.state == PersonState.LEFT for person in known.people)
        return Line(row, Kind.KNOWN, *(_LEFT if left else _KNOWN), known.people[0].token)
    if any(_needs_a_look(one, now) for one in known.addresses):
        return Line(row, Kind.BROKEN, *_LOOK)
    if states & {AddressState.DEAD, AddressState.BLOCKED}:
        return Line(row, Kind.BROKEN, *_GONE)
    return None


def _needs_a_look(address: Record, now: datetime) -> bool:
    marked = address.held, address.taken_by, address.ours
    return reachable.is_unsafe(address, now) or address.is_spam or any(one is not None for one in marked)
