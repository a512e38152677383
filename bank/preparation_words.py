"""What the preparation page says, on a screen and on paper: of each who answered, what is arranged, and numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from bank import arrangement_times
from bank.attenders import Attender, ToArrange
from bank.head_count import HeadCount
from bank.part import FORMATS
from bank.told_facts import language_name
from language.wording import SOURCE_LANGUAGE, base
from storage.arrangements import ArrangementKind, ArrangementState
from storage.meetings import Way
from storage.rsvps import RsvpState

# How an instant is told: "12 noon, Monday 23 November".
At = Callable[[datetime], str]

NO_NAME = "Somebody we have no name for"
ERASED = "The words are erased."
NAMES_AGREED = "These agreed that you see their name. Others come too."
KINDS: Mapping[ArrangementKind, str] = arrangement_times.LABELS
STATES = {
    ArrangementState.TO_DO: "To be arranged",
    ArrangementState.BOOKED: "Arranged",
    ArrangementState.COULD_NOT: "It could not be had",
    ArrangementState.TALKED: "Talked over with them",
    ArrangementState.NOT_NEEDED: "Not needed any more",
}
_WAYS = {Way.IN_PERSON: "Comes in person", Way.ONLINE: "Comes online", None: "In person or online: not said yet"}
_FORMATS = dict(FORMATS)


def what(one: ToArrange) -> str:
    """What it is, and their own words where these say more."""
    label, words = KINDS[one.kind], one.words.strip().rstrip(".")
    return f"{label}: {words}" if words and words.casefold() != label.casefold() else label


def state(one: ToArrange) -> str:
    """How it stands, with what they were told, or agreed."""
    begins = "What we agreed" if one.state is ArrangementState.TALKED else "We told them"
    return f"{STATES[one.state]}. {begins}: {one.note}" if one.note else f"{STATES[one.state]}."


def states(counted: Mapping[ArrangementState, int]) -> str:
    """As one reads it: "2 to be arranged, 1 arranged"."""
    return ", ".join(f"{count} {STATES[one][0].lower()}{STATES[one][1:]}" for one, count in counted.items())


def when_and_where(facts: Mapping[str, str]) -> list[str]:
    """Lines below the title; what nobody has written is left out."""
    online = f"Online: {facts['link']}" if facts.get("link") else ""
    dial_in = f"By phone: {facts['dial_in']}" if facts.get("dial_in") else ""
    when = f"{facts['day']}, {facts['time']} to {facts['ends']}"
    return [line for line in (when, facts.get("where", ""), online, dial_in) if line]


def catering(count: HeadCount) -> str:
    return f"In the room, and so for food and drink: {count.catering}"


def catering_parts(count: HeadCount) -> list[str]:
    """Who they are, in one line; none where nobody is in the room."""
    parts = [
        _counted(count.room, "member", "members"),
        _counted(count.guests, "guest", "guests"),
        _counted(count.along, "personal assistant or support worker", "personal assistants or support workers"),
        _counted(count.hosts, "who leads it", "who lead it"),
    ]
    told = ", ".join(part for part in parts if part)
    return [told] if told else []


def numbers(count: HeadCount) -> list[tuple[str, str]]:
    """The numbers, each with its label; some only where they are not nought."""
    always = [
        ("Members who come", str(count.coming)),
        ("Online", str(count.online)),
        ("Here for the first time", str(count.first)),
    ]
    some = [
        ("In line for a place", count.waiting),
        ("Not sure yet", count.maybe),
        ("Cannot come", count.not_coming),
        ("Were asked", count.invited),
        ("Have not answered", count.not_answered),
    ]
    return always + [(label, str(number)) for label, number in some if number]


def about(one: Attender, at: At) -> list[str]:
    """What there is to know of somebody, a line each."""
    return [*_coming(one, at), *_needs(one)]


def _coming(one: Attender, at: At) -> Iterator[str]:
    if one.number:
        yield f"Number {one.number} in line"
    if one.offered_until is not None:
        yield f"A free place is kept for them until {at(one.offered_until)}"
    if one.state == RsvpState.COMING or one.way is Way.ONLINE:
        yield _WAYS[one.way]
    if one.guests:
        yield f"Brings {_counted(one.guests, 'guest', 'guests')}"
    changes = [says for says, is_so in (("comes late", one.late), ("leaves early", one.early)) if is_so]
    if changes or one.note:
        told = " and ".join(changes) or "they said"
        yield f"{told[0].upper()}{told[1:]}" + (f": {one.note}" if one.note else "")
    if one.ask_at is not None and one.state == RsvpState.MAYBE:
        yield f"We ask them again: {at(one.ask_at)}"
    if one.is_new:
        yield "Here for the first time"


def _needs(one: Attender) -> Iterator[str]:
    for need in one.arrange:
        yield f"{what(need)}. {STATES[need.state]}"
    if one.format:
        yield f"Asked for our texts as: {_FORMATS.get(one.format, one.format)}"
    if base(one.language) != SOURCE_LANGUAGE:
        yield f"We write to them in {language_name(one.language)}"
    if one.helpers:
        yield f"Who helps them, as they agreed: {', '.join(one.helpers)}"


def _counted(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}" if number else ""
