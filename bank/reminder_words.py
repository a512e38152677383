"""The words of a reminder, and of news of a meeting: what helps this one person, in one message."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bank import meeting_facts, wall_time
from bank.interest_facts import ASK_US
from bank.organisation import Organisation
from flows import engine
from flows.about_you import FOR_ONE, FOR_UNNAMED
from flows.arranged_words import BOOKED
from flows.grammar import Flow
from flows.reminder import CLOSING, REMINDER
from storage.meetings import Way
from storage.reminders import Step
from storage.schema import Record

# What stands in a line of its own: an address of a page must not run into what follows it.
_OWN_LINE = frozenset({"link", "number", "calendar"})


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that somebody is told: which step, of which meeting, how they come, what is booked for them, and where
    their calendar has it from.
    """

    step: Step
    meeting: Record
    way: str
    booked: tuple[str, ...] = ()
    calendar: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads it: their language, what stands before it where several share the phone (`named`: whom it is for,
    empty for somebody without a name), and whether they help the member of that name.
    """

    language: str
    named: str | None = None
    helps: str | None = None


@dataclass(frozen=True, slots=True)
class Worded:
    """One message: its wording's key and its text."""

    key: str
    text: str


def way_of(meeting: Record, rsvp: Record | None) -> str:
    """How they come: as they told us, or as the meeting is; in person, where it is both and they did not tell."""
    if meeting.way != Way.HYBRID:
        return str(meeting.way)
    return str(rsvp.way if rsvp is not None and rsvp.way else Way.IN_PERSON)


def reminder(told: Sequence[Told], reader: Reader, now: datetime, organisation: Organisation) -> Worded:
    """One message for all of it, the first thing first."""
    said = [_pieces(REMINDER, one, reader, now, organisation, one_more=bool(n)) for n, one in enumerate(told)]
    closing = next((piece[CLOSING] for piece in said if CLOSING in piece), "")
    lines = [_line(piece, one, reader, organisation) for piece, one in zip(said, told, strict=True)]
    if closing:
        lines = [_with_closing(lines[0], closing)] if len(lines) == 1 else [*lines, closing]
    return Worded(f"{REMINDER.name}.{next(iter(said[0]))}.text", "\n".join((*_for_whom(reader, organisation), *lines)))


def news(flow: Flow, told: Told, reader: Reader, now: datetime, organisation: Organisation) -> Worded:
    """What has changed."""
    said = _pieces(flow, told, reader, now, organisation)
    line = _in_lines(said, said.keys())
    return Worded(f"{flow.name}.{next(iter(said))}.text", "\n".join((*_for_whom(reader, organisation), line)))


def _pieces(
    flow: Flow, told: Told, reader: Reader, now: datetime, organisation: Organisation, *, one_more: bool = False
) -> dict[str, str]:
    """What the flow says, by the names of its steps."""
    known = facts(told.meeting, reader, organisation) | {"calendar": told.calendar}
    about = {
        "step": told.step.value,
        "online": told.way == Way.ONLINE,
        "today": _is_today(told.meeting, now),
        "to_helper": reader.helps is not None,
        "one_more": one_more,
    }
    found = {}
    for saying in engine.begin(flow, known, about).say:
        name = saying.key.split(".")[1]
        found[name] = " ".join(organisation.catalogs.render(words, reader.language, known) for words in saying.words)
    return found


def facts(meeting: Record, reader: Reader, organisation: Organisation) -> dict[str, Any]:
    """What a text about this meeting may say."""
    known = meeting_facts.facts(meeting, reader.language, organisation)
    render = organisation.catalogs.render
    return {
        **known,
        "council": organisation.council,
        "where": known["where"] or render(ASK_US, reader.language, {}),
        "why": _sentence(known["why"]),
        "helped": reader.helps or "",
    }


def _sentence(said: str) -> str:
    return said if not said or said[-1] in ".!?" else f"{said}."


def _is_today(meeting: Record, now: datetime) -> bool:
    return wall_time.here(meeting).date() == now.astimezone(ZoneInfo(meeting.zone)).date()


def _line(pieces: Mapping[str, str], told: Told, reader: Reader, organisation: Organisation) -> str:
    """All of one meeting but the last sentence, which stands once."""
    main, *rest = (name for name in pieces if name != CLOSING)
    booked = [organisation.catalogs.render(BOOKED[kind], reader.language, {}) for kind in told.booked]
    return _in_lines({main: " ".join((pieces[main], *booked)), **{name: pieces[name] for name in rest}}, (main, *rest))


def _in_lines(pieces: Mapping[str, str], names: Collection[str]) -> str:
    together = " ".join(pieces[name] for name in names if name not in _OWN_LINE)
    return "\n".join((together, *(pieces[name] for name in names if name in _OWN_LINE)))


def _with_closing(line: str, closing: str) -> str:
    first, *rest = line.split("\n")
    return "\n".join((f"{first} {closing}", *rest))


def _for_whom(reader: Reader, organisation: Organisation) -> tuple[str, ...]:
    if reader.named is None:
        return ()
    words = FOR_ONE if reader.named else FOR_UNNAMED
    return (organisation.catalogs.render(words, reader.language, {"name": reader.named}),)
