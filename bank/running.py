"""How Heard itself is running: its processes, what waits to be sent, today's figures, the clock and troubles.

Figures and names of our own: no name, number or word of anybody's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bank import trouble
from bank.organisation import Organisation
from language.lasting import lasting
from storage import backlog, dead_letters, leases, pulses, tallies, ticks, troubles
from storage.backlog import MOST, Waiting
from storage.outbox import Priority
from storage.schema import Record
from storage.store import Tx

# What every Heard needs, and what it does not do without it.
PARTS = {
    "web": "Nothing can come in, and nobody can open these pages: no web process runs",
    "worker": "Nothing is sent: no worker runs",
    "clock": "Nothing happens by time, alerts about danger included: no clock runs",
}
PRIORITIES = {
    Priority.REPLY: "Replies",
    Priority.SAFETY: "About danger",
    Priority.REMINDER: "About meetings that they come to",
    Priority.INVITATION: "Invitations and questions",
    Priority.BULK: "To many people",
}
TICKS = {
    "alerts": "Alerts about danger",
    "upkeep": "Reminders, questions and erasing",
    "mailing": "Messages to many people",
    "transfers": "Lists that are imported or exported",
    "doubts": "Texts of which nobody knows whether they went",
    "silent": "Texts that nothing more is known of",
    "missed": "Texts that we missed",
    "templates": "What WhatsApp says of our templates",
    "forget": "The database's log, so that what was erased is gone",
}
_ALONE = {"clock": "keeps time", "telegram": "asks Telegram for messages"}
IN = "in"
SILENT = timedelta(seconds=30)  # six beats
_LATE = timedelta(minutes=1)
_FORGOTTEN = timedelta(hours=1)
_LATELY = timedelta(hours=1)
_KEPT = timedelta(days=7)
_DEMO = "try-"


@dataclass(frozen=True, slots=True)
class Process:
    """One process that runs, or that was heard of in the last hour. `number` is for telling them apart."""

    number: int
    parts: tuple[str, ...]
    leads: tuple[str, ...]
    started_at: datetime
    beat_at: datetime
    silent: bool
    wrong: str = ""

    @property
    def duties(self) -> list[str]:
        """What it does that no other does at the same time, in words."""
        if self.silent:
            return []
        sends = [sender_name(name.partition(":")[2]) for name in self.leads if ":" in name]
        alone = [_ALONE.get(name, name) for name in self.leads if ":" not in name]
        return [*alone, *([f"sends for {', '.join(sends)}"] if sends else [])]


@dataclass(frozen=True, slots=True)
class Running:
    """`counts` are of today: messages in, and out by what their provider said. `at` is when we looked."""

    at: datetime
    processes: list[Process]
    queue: list[Waiting]
    counts: dict[str, int]
    unknown: int
    dead_letters: int
    ticks: dict[str, datetime]
    troubles: list[Record]

    @property
    def came_in(self) -> int:
        return self.counts.get(IN, 0)

    @property
    def went_out(self) -> dict[str, int]:
        return {what: count for what, count in sorted(self.counts.items()) if what != IN}

    @property
    def wrongs(self) -> list[str]:
        """What is wrong with Heard itself, in plain words; nothing where all is well."""
        return [*_missing(self.processes), *_unwell(self.processes), *_late(self.ticks, self.at)]

    def age(self, since: datetime) -> str:
        """How long ago that was: "12 seconds"."""
        return lasting((self.at - since).total_seconds())


def look(tx: Tx, now: datetime, organisation: Organisation) -> Running:
    """Everything there is to know of it, at a cost that does not grow with the number of messages."""
    return Running(
        at=now,
        processes=_processes(tx, now),
        queue=backlog.waiting(tx, now),
        counts=tallies.of(tx, day(now, organisation)),
        unknown=backlog.unknown(tx),
        dead_letters=dead_letters.count(tx),
        ticks=ticks.last(tx),
        troubles=troubles.since(tx, now - _LATELY, trouble.OURS),
    )


def day(now: datetime, organisation: Organisation) -> str:
    """Which day it is for the organisation: "2026-11-23"."""
    return now.astimezone(organisation.zone).date().isoformat()


def is_old(tx: Tx, now: datetime, organisation: Organisation) -> bool:
    """Whether `forget` has anything to do."""
    return pulses.are_silent(tx, now - _FORGOTTEN) or tallies.are_old(tx, day(now - _KEPT, organisation))


def forget(tx: Tx, now: datetime, organisation: Organisation) -> int:
    """Take out processes that are long gone, and figures of old days. Returns how many."""
    return pulses.forget(tx, now - _FORGOTTEN) + tallies.forget(tx, day(now - _KEPT, organisation))


def counted(count: int) -> str:
    """A number that was counted no further than `MOST`."""
    return f"{MOST} or more" if count >= MOST else str(count)


def part_name(part: str) -> str:
    """A part of a process as people call it: "web", "clock", "sender of Texts (SMS)"."""
    kind, _, sender = part.partition(":")
    return f"sender of {sender_name(sender)}" if sender else kind


def sender_name(sender: str) -> str:
    """A sender as people call it; the demo's own are marked."""
    name = trouble.name(sender.removeprefix(_DEMO))
    return f"{name} of the demo" if sender.startswith(_DEMO) else name


def _processes(tx: Tx, now: datetime) -> list[Process]:
    held = leases.held(tx)
    return [
        Process(
            number,
            tuple(part for part in PARTS if part in row.parts.split()),
            tuple(name for name, holder in held.items() if holder == row.token),
            row.started_at,
            row.beat_at,
            row.beat_at < now - SILENT,
            row.wrong or "",
        )
        for number, row in enumerate(pulses.every(tx), 1)
    ]


def _missing(processes: Iterable[Process]) -> list[str]:
    there = {part for process in processes if not process.silent for part in process.parts}
    return [f"{without}." for part, without in PARTS.items() if part not in there]


def _unwell(processes: Iterable[Process]) -> list[str]:
    return [
        f"Process {process.number} says that its {part_name(process.wrong)} is not well."
        for process in processes
        if process.wrong and not process.silent
    ]


def _late(last: Mapping[str, datetime], now: datetime) -> list[str]:
    newest = max(last.values(), default=None)
    if newest is None or now - newest <= _LATE:
        return []
    return [f"The clock last ticked {lasting((now - newest).total_seconds())} ago."]
