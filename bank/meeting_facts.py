"""What is told of a meeting: each thing in one language, as flows, invitations, reminders and pages say it."""

from __future__ import annotations

from collections.abc import Mapping

from bank import wall_time
from bank.organisation import Organisation
from language.dates import clock, day
from language.wording import SOURCE_LANGUAGE, base
from storage.schema import Record

Facts = Mapping[str, str]
# What somebody writes about it, each a wording: language to text.
WORDINGS = (
    "title",
    "agenda",
    "who",
    "place",
    "find",
    "link",
    "dial_in",
    "parking",
    "access",
    "paid",
    "expenses",
    "sender",
)
# And why it is cancelled, which is written as it is cancelled.
WRITTEN = (*WORDINGS, "why")


def said(row: Record, name: str, language: str) -> str:
    """What is written under that name, in this language or else in English; empty where nothing is."""
    wording: Mapping[str, str] = row.words.get(name) or {}
    return (wording.get(language) or wording.get(base(language)) or wording.get(SOURCE_LANGUAGE) or "").strip()


def facts(row: Record, language: str, organisation: Organisation) -> Facts:
    """What may be told of it: meeting (its title), day ("Thursday 3 December"), time, ends, where (the place and how to
    find it), and all that is WRITTEN. What nobody has written is empty.
    """
    begins, ends = wall_time.here(row), wall_time.ends_here(row)
    own = {name: said(row, name, language) for name in WRITTEN}
    return {
        **own,
        "meeting": own["title"],
        "day": day(begins.date(), base(language)),
        "time": clock(begins.time(), base(language)),
        "ends": clock(ends.time(), base(language)),
        "where": ", ".join(part.rstrip(".") for part in (own["place"], own["find"]) if part),
        "sender": own["sender"] or organisation.council,
    }


def spoken(meeting: Record, organisation: Organisation) -> str:
    """The meeting as a colleague knows it: "Carers' space, Thursday 3 December, 2pm"."""
    told = facts(meeting, SOURCE_LANGUAGE, organisation)
    return f"{told['meeting']}, {told['day']}, {told['time']}"
