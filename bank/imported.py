"""One row of a list of people: read by the same rules as what somebody types, or refused in a clear line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from bank import told_facts
from bank.organisation import Organisation
from bank.paper import day_of
from bank.told_facts import BY_NAME
from language import phones
from language.normal import folded
from language.place import place
from language.wording import SOURCE_LANGUAGE
from storage.people import Part

_LONGEST_NAME, _LONGEST_WORDS = 40, 500  # characters
_UK_MOBILE, _UK = "+447", "+44"
_IN_FIGURES = re.compile(r"\d+(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_SPLIT = re.compile(r"[,;|/\n]")
_DISTRICT = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?\Z")
_YES_NO = dict.fromkeys(("yes", "y", "true", "1", "x"), True) | dict.fromkeys(("no", "n", "false", "0"), False)
_PARTS = {"member": Part.MEMBER, "carer": Part.MEMBER, "staff": Part.STAFF, "partner": Part.PARTNER}
OLDEST = date(2000, 1, 1)  # no list of ours has an agreement from before


class Kind(StrEnum):
    """Why a row is not added."""

    BROKEN = "broken"  # something in it is wrong
    TWICE = "twice"  # the same number stands further up
    KNOWN = "known"  # somebody with that number is on our list
    STOPPED = "stopped"
    PERHAPS = "perhaps"  # somebody of the same name in the same area: perhaps the same person


@dataclass(frozen=True, slots=True)
class Line:
    """What the report says of one row: what is wrong, and what would help. `person` is the token of who is meant."""

    row: int
    kind: Kind
    wrong: str
    help: str
    person: str = ""

    def as_json(self) -> list[Any]:
        return [self.row, self.kind.value, self.wrong, self.help, self.person]

    @classmethod
    def from_json(cls, kept: Sequence[Any]) -> Line:
        row, kind, *rest = kept
        return cls(row, Kind(kind), *rest)


@dataclass(frozen=True, slots=True)
class Entry:
    """One person as the list tells of them. `number` is in E.164; `texts` says whether texts go there.

    `area` is a postcode district or a town. `agreed` is the day, where the list has one of its own for each row.
    """

    row: int
    name: str
    number: str
    texts: bool
    post: str
    area: str
    language: str
    topics: tuple[str, ...]
    ways: tuple[str, ...]
    needs: str
    ring: bool
    part: str
    agreed: date | None

    @property
    def district(self) -> str:
        return self.area if _DISTRICT.match(self.area) else ""


@dataclass(frozen=True)
class Reader:
    """Reads rows by what their columns hold. `language` and `part` are of whoever's row says nothing about them."""

    mapping: Mapping[str, int]
    language: str
    part: str
    today: date
    organisation: Organisation

    def read(self, row: int, cells: Sequence[str]) -> Entry | Line:
        """The person in it; or the line that says all that is wrong with it."""
        reading = _Reading(self, {name: cells[at] for name, at in self.mapping.items()})
        number, texts = reading.number()
        entry = Entry(
            row=row,
            name=reading.name(),
            number=number,
            texts=texts,
            post=reading.words("post", "the address"),
            area=reading.area(),
            language=reading.language(),
            topics=reading.several("topics", self.choices["topics"]),
            ways=reading.several("ways", self.choices["ways"]),
            needs=reading.words("needs", "what to arrange"),
            ring=reading.ring() or bool(number and not texts),
            part=reading.part(),
            agreed=reading.agreed(),
        )
        if not (entry.number or entry.post or reading.wrongs):
            reading.note("There is no phone number, and nowhere that letters go", "Add one of them")
        if not reading.wrongs:
            return entry
        return Line(row, Kind.BROKEN, ". ".join(reading.wrongs), ". ".join(reading.helps))

    @cached_property
    def languages(self) -> dict[str, str]:
        """Tags by every name of a language: its tag, its name in English."""
        spoken = self.organisation.catalogs.spoken
        return {folded(name): tag for tag in spoken for name in (tag, told_facts.language_name(tag))}

    @cached_property
    def choices(self) -> dict[str, dict[str, str]]:
        """Ids of topics and of ways by what people call them, in any language that we write."""
        return {name: self._named(name) for name in ("topics", "ways")}

    def _named(self, field: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for language in self.organisation.catalogs.spoken:
            for one, label in told_facts.choices(BY_NAME[field], self.organisation, language):
                found |= {folded(one): one, folded(one.replace("_", " ")): one, folded(label): one}
        return found


class _Reading:
    """One row while it is read: what its columns hold, and what is wrong so far."""

    def __init__(self, reader: Reader, cells: Mapping[str, str]) -> None:
        self._reader = reader
        self._cells = cells
        self.wrongs: list[str] = []
        self.helps: list[str] = []

    def note(self, wrong: str, help_: str) -> None:
        self.wrongs.append(wrong)
        if help_ not in self.helps:
            self.helps.append(help_)

    def _cell(self, name: str) -> str:
        return self._cells.get(name, "")

    def name(self) -> str:
        both = " ".join(f"{self._cell('name')} {self._cell('family_name')}".split())
        if len(both) > _LONGEST_NAME:
            self.note("The name is too long", f"Use {_LONGEST_NAME} characters or fewer")
        return both

    def number(self) -> tuple[str, bool]:
        """The number, and whether texts go there."""
        typed = self._cell("number")
        if not typed:
            return "", False
        if _IN_FIGURES.fullmatch(typed):
            self.note("The spreadsheet program changed the phone number", "Make the column text, and type it again")
            return "", False
        number = phones.e164(typed)
        if number is None:
            self.note(
                "The phone number is not a whole number", "Check its digits. A UK mobile has 11, and begins with 07"
            )
            return "", False
        line = phones.line(number)
        if not number.startswith(_UK) or line == "other":
            self.note("The phone number is not a UK mobile or landline", "Ask them for one, or for where letters go")
        return number, line == "mobile" and number.startswith(_UK_MOBILE)

    def words(self, name: str, called: str) -> str:
        given = self._cell(name)
        if len(given) > _LONGEST_WORDS:
            self.note(f"There is too much about {called}", f"Use {_LONGEST_WORDS} characters or fewer")
        return given

    def area(self) -> str:
        given = self._cell("area")
        found = str(place(given, SOURCE_LANGUAGE).value or "") if given else ""
        if given and not found:
            self.note("The area is not a postcode or a town", "Put the first half of a postcode, like NG5, or a town")
        return found

    def language(self) -> str:
        given = self._cell("language")
        tag = self._reader.languages.get(folded(given)) if given else self._reader.language
        if tag is None:
            ours = ", ".join(sorted({told_facts.language_name(one) for one in self._reader.languages.values()}))
            self.note("We do not write in that language", f"Put one that they read: {ours}")
        return tag or ""

    def several(self, name: str, known: Mapping[str, str]) -> tuple[str, ...]:
        given = [folded(one) for one in _SPLIT.split(self._cell(name)) if one.strip()]
        if any(one not in known for one in given) and (whole := folded(self._cell(name))) in known:
            given = [whole]
        if any(one not in known for one in given):
            called = "topic" if name == "topics" else "way to take part"
            self.note(f"We have no such {called}", f"Use the names of {called}s that the form Add somebody shows")
        return tuple(sorted({known[one] for one in given if one in known}))

    def ring(self) -> bool:
        given = folded(self._cell("ring"))
        if given and given not in _YES_NO:
            self.note("It is not clear whether to ring them", "Put yes or no")
        return _YES_NO.get(given, False)

    def part(self) -> str:
        given = folded(self._cell("part"))
        if given and given not in _PARTS:
            self.note("It is not clear whether they are a member", "Put member, staff or partner")
        return _PARTS.get(given, Part(self._reader.part))

    def agreed(self) -> date | None:
        given = self._cell("agreed")
        if not given:
            return None
        day = day_of(given) or _iso(given)
        if day is None or not OLDEST <= day <= self._reader.today:
            self.note("The day they agreed is not clear", "Put a day that has been, like 27/3/2026")
        return day


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
