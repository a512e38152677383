"""What was said, as a thread on a page shows it: both sides, what became of ours, and how we read theirs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bank.thread import Entry, Thread
from bank.told_facts import language_name
from channels.called import CALLED
from channels.message import Message, Shown, numbered
from console.enclosed import Enclosed, called, enclosed
from console.room import Room
from language.abuse import abusive
from language.dates import day
from language.wording import SOURCE_LANGUAGE, base
from storage.messages_in import Disposition
from storage.outbox import OutState

CHANNELS = {channel.value: name for channel, name in CALLED.items()}
ERASED = "What was written here has been erased."
NO_WORDS = "They sent {what}, without words."
COVERED = "This may be meant to hurt. Show it"
_BECAME = {
    OutState.QUEUED: "Waiting to go",
    OutState.SENDING: "Going now",
    OutState.ACCEPTED: "Sent",
    OutState.SENT: "Sent",
    OutState.DELIVERED: "Delivered",
    OutState.READ: "Read by them",
    OutState.FAILED: "Not delivered",
    OutState.CANCELED: "Not sent, as it was not wanted any more",
    OutState.EXPIRED: "Not sent, as it came too late to help",
    OutState.UNKNOWN: "Nobody knows whether it arrived. Ask them before you send it again",
}
_TROUBLE = frozenset({OutState.FAILED, OutState.UNKNOWN, OutState.EXPIRED})
_CAME_TO = {
    Disposition.FLOW: "It went on with the conversation that Heard leads.",
    Disposition.WORD: "It is one of the words that work at any time.",
    Disposition.QUESTION: "It is a question for a person.",
    Disposition.INBOX: "It was kept for a person to read.",
    Disposition.HELD: "Everything was held for a person to look first.",
    Disposition.AUTOMATIC: "It was kept, and nobody was answered.",
}


@dataclass(frozen=True, slots=True)
class Said:
    """One bubble. `day` is said before the first of each day; `after` is what became of ours, `trouble` where badly.

    `how` tells how theirs was read, in sentences. `covered` has its words wait for a press. `tongue` is its language,
    where that is not English. `gone` stands where no words can be read. `enclosed` is what came beside the words.
    """

    side: str
    who: str
    at: datetime
    channel: str
    text: str
    language: str = ""
    tongue: str = ""
    day: str = ""
    buttons: tuple[str, ...] = ()
    after: str = ""
    trouble: bool = False
    how: tuple[str, ...] = ()
    covered: str = ""
    gone: str = ""
    enclosed: tuple[Enclosed, ...] = ()


def said(entries: Iterable[Entry], thread: Thread, room: Room) -> list[Said]:
    """The thread, oldest first."""
    zone = room.organisation.zone
    shown: list[Said] = []
    before = None
    for entry in entries:
        on = entry.at.astimezone(zone).date()
        begins = "" if on == before else day(on, SOURCE_LANGUAGE)
        before = on
        shown.append(_ours(entry, begins, room) if entry.side == "ours" else _theirs(entry, begins, thread))
    return shown


def _ours(entry: Entry, begins: str, room: Room) -> Said:
    look = as_shown(entry.message, room) if entry.message is not None else None
    why = room.why(entry.sender, entry.problem) if entry.problem else ""
    state = OutState(entry.state)
    became = _BECAME[state]
    return Said(
        "ours",
        who=entry.who or "Heard, by itself",
        at=entry.at,
        channel=CHANNELS.get(entry.channel, ""),
        text=look.text if look else "",
        language=base(entry.language),
        tongue="" if base(entry.language) == SOURCE_LANGUAGE else language_name(base(entry.language)),
        day=begins,
        buttons=look.buttons if look else (),
        after=f"{became}: {why}" if why and state in _TROUBLE else f"{became}.",
        trouble=state in _TROUBLE,
        gone="" if look else ERASED,
    )


def _theirs(entry: Entry, begins: str, thread: Thread) -> Said:
    pieces, who = enclosed(entry.enclosed), _name(entry, thread)
    covered = entry.disposition != Disposition.HELD and entry.side == "theirs" and abusive(entry.text)
    return Said(
        entry.side,
        who=who,
        at=entry.at,
        channel=CHANNELS.get(entry.channel, ""),
        text=entry.text,
        day=begins,
        after=" ".join(_after(entry, who, pieces)),
        how=tuple(_how(entry)) if entry.side == "theirs" else (),
        covered=COVERED if covered else "",
        gone="" if entry.text else (NO_WORDS.format(what=called(pieces)) if entry.media else ERASED),
        enclosed=pieces,
    )


def _name(entry: Entry, thread: Thread) -> str:
    if entry.side == "note":
        return f"{entry.who or 'A colleague'}, to colleagues"
    if entry.who:
        return entry.who
    return "Somebody on this phone" if len(thread.members) > 1 else "They"


def _after(entry: Entry, who: str, pieces: tuple[Enclosed, ...]) -> Iterable[str]:
    """Whom it is for, and what it came with, in sentences."""
    if entry.helped is not None:
        yield f"{who} wrote this for {entry.helped or 'somebody they help'}."
    if entry.typed_by:
        yield f"{entry.typed_by} typed this in from what they sent."
    elif entry.media and entry.text:
        yield f"They sent {called(pieces)} with it."


def _how(entry: Entry) -> Iterable[str]:
    """How we read it, and why."""
    if entry.disposition:
        yield _CAME_TO[Disposition(entry.disposition)]
    if entry.asked:
        yield f"We had asked: {entry.asked.replace('_', ' ')}."
    reading = entry.reading or {}
    meaning = reading.get("word") or reading.get("meaning")
    if meaning:
        doubt = "" if reading.get("sure", True) else ", and were not sure"
        yield f"We read it as: {str(meaning).replace('_', ' ')}{doubt}."
    if reading.get("also"):
        yield f"It may also carry: {', '.join(map(str, reading['also'])).replace('_', ' ')}."
    if reading.get("because") and not abusive(str(reading["because"])):
        yield f"The words that told us: {reading['because']}."


def as_shown(message: Message, room: Room) -> Shown:
    """How it looks on that phone; plainly, where its channel is switched off by now."""
    try:
        return room.show(message)
    except KeyError:
        return Shown(numbered(message))
