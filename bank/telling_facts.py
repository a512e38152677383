"""What a text that tells what became of something may say, in the language of whoever reads it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from bank import commitment_words
from bank.organisation import Organisation
from flows.told_words import LINES, MORE, REASON
from language.wording import SOURCE_LANGUAGE, base
from storage import commitments, tellings
from storage.commitments import Event, What
from storage.schema import Record
from storage.store import Tx

# What the answers of the conversation call what it tells: tokens of tellings, and how many more there are.
OF, MORE_THAN_SHOWN = "of", "more"
_REASONS = {Event.MOVED: What.MOVED, Event.STOPPED: What.STOPPED}


def asks(telling: Record) -> str:
    """What somebody is asked by it: "meant", "done", or nothing."""
    if telling.part != "said":
        return ""
    return {Event.PROMISED: "meant", Event.CANNOT: "meant", Event.DONE: "done"}.get(Event(telling.event), "")


def here(answers: Mapping[str, Any]) -> list[str]:
    """The tokens of what the conversation with these answers tells, in its order."""
    return list((answers.get("told") or {}).get(OF, ()))


def choice(number: int, telling: Record) -> str:
    """What it is called among the choices of a list."""
    return f"{(asks(telling) or 'told')[0]}{number}"


def number_in(choice_id: str) -> int:
    """Which of the list the choice of that id is."""
    return int(choice_id[1:])


def sentence(said: str) -> str:
    return said if not said or said[-1] in ".!?" else f"{said}."


def values(tx: Tx, row: Record, event: str, language: str, organisation: Organisation) -> dict[str, str]:
    """What may be said of this commitment, by the names that flows have for it."""
    known = commitment_words.facts(row, language)
    return {
        "commitment": known["title"],
        "heard": known["heard"],
        "will": known["will"],
        "because": known["why"],
        "outcome": sentence(known["outcome"]),
        "done_by": known["due"],
        "first_day": known["first"],
        "reason": _reason(tx, row, event, language, organisation),
    }


def _reason(tx: Tx, row: Record, event: str, language: str, organisation: Organisation) -> str:
    """Why it was moved, or given up, after the sentence that says so; empty where nothing is written."""
    what = _REASONS.get(Event(event))
    change = tellings.last_change(tx, row.id, what) if what is not None else None
    wording: Mapping[str, str] = (change.why if change is not None else None) or {}
    why = wording.get(language) or wording.get(base(language)) or wording.get(SOURCE_LANGUAGE) or ""
    if not why:
        return ""
    return " " + organisation.catalogs.render(REASON, language, {"why": why.rstrip(".")})


def line(row: Record, state: str, language: str, organisation: Organisation) -> str:
    """Its title and how it stands, as one line of a list."""
    known = commitment_words.facts(row, language)
    words = LINES.get(state, LINES["open"])
    return organisation.catalogs.render(words, language, {"commitment": known["title"], "done_by": known["due"]})


@dataclass(frozen=True)
class Telling:
    """What is told in one conversation: `about` is what its answers say of that."""

    tx: Tx
    organisation: Organisation
    language: str
    about: Mapping[str, Any]

    @cached_property
    def rows(self) -> list[Record]:
        """The tellings, in the order in which they are told."""
        names = here({"told": self.about})
        found = tellings.called(self.tx, names)
        return [found[name] for name in names if name in found]

    @cached_property
    def commitments(self) -> dict[int, Record]:
        return commitments.these(self.tx, {row.commitment_id for row in self.rows})

    def of_one(self, name: str) -> str:
        return self._values.get(name, "")

    @cached_property
    def _values(self) -> Mapping[str, str]:
        if not self.rows:
            return {}
        first = self.rows[0]
        row = self.commitments[first.commitment_id]
        return values(self.tx, row, first.event, self.language, self.organisation)

    def lines(self) -> list[str]:
        return [
            line(self.commitments[row.commitment_id], row.event, self.language, self.organisation) for row in self.rows
        ]

    def choices(self) -> list[tuple[str, str]]:
        told = zip(self.rows, self.lines(), strict=True)
        return [(choice(number, row), shown) for number, (row, shown) in enumerate(told)]

    def more(self) -> str:
        number = self.about.get(MORE_THAN_SHOWN)
        return " " + self.organisation.catalogs.render(MORE, self.language, {"number": number}) if number else ""


_OF_ONE = ("commitment", "heard", "will", "because", "outcome", "done_by", "first_day", "reason")


def about(
    tx: Tx, organisation: Organisation, language: str, people: Sequence[Record], told: Mapping[str, Any] | None
) -> dict[str, Callable[[], Any]]:
    """What a flow may know of it. `told` is what the conversation is about, and `people` whoever it is with."""
    telling = Telling(tx, organisation, language, told or {})
    return {
        **{name: partial(telling.of_one, name) for name in _OF_ONE},
        "told_of": telling.choices,
        "told_list": lambda: "\n".join(telling.lines()),
        "told_more": telling.more,
        "happened": lambda: _happened(tx, organisation, language, {person.id for person in people}),
    }


def _happened(tx: Tx, organisation: Organisation, language: str, ids: Collection[int]) -> list[tuple[str, str]]:
    found = tellings.concern(tx, ids)
    return [(row.token, line(row, row.state, language, organisation)) for row in found]
