"""Threads: what the inbox lists. One thread is everything said with one person, over all their channels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bank.colleague import Colleague
from channels.message import Channel
from language.abuse import abusive
from language.normal import folded
from language.phones import e164
from storage import addresses, staff, threads
from storage.people import PersonState
from storage.schema import Record
from storage.store import Tx
from storage.threads import Among, Eyes, Show

A_PAGE = 25
# Words are sealed, so they are looked for in so many messages and no more; the page says so.
MOST_SEARCHED, MOST_FOUND = 5_000, 50
_FIRST_WORDS = 80


@dataclass(frozen=True, slots=True)
class Summary:
    """One thread in a list. `words` are the first characters of what was said last, by us where `ours`.

    `who` is empty where we have no name. `looked_after_by` and `taken_by` are names of colleagues.
    """

    token: str
    who: str
    channels: tuple[str, ...]
    words: str
    ours: bool
    at: datetime
    looked_after_by: str
    taken_by: str
    to_do: bool
    asked: bool
    held: bool
    spam: bool
    covered: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the list. `after` is what the next page begins after; empty where this is the last."""

    rows: list[Summary]
    after: str = ""


def eyes(colleague: Colleague) -> Eyes:
    """What they may look at."""
    return Eyes(colleague.id, colleague.is_lead, colleague.oneself)


def listed(tx: Tx, colleague: Colleague, show: Show, after: str = "") -> Listed:
    """One page of threads, the last written from first."""
    looking = eyes(colleague)
    start = threads.by_token(tx, looking, after) if after else None
    found = threads.listed(tx, looking, show, A_PAGE + 1, start)
    rows = found[:A_PAGE]
    return Listed(summaries(tx, colleague, rows), rows[-1].token if len(found) > A_PAGE else "")


def with_number(tx: Tx, colleague: Colleague, typed: str) -> list[Summary]:
    """The threads of exactly this number, on any channel."""
    number = e164(typed) or typed.strip()
    rows = [addresses.find(tx, channel, one) for channel in Channel for one in dict.fromkeys((number, typed.strip()))]
    return summaries(tx, colleague, threads.these(tx, eyes(colleague), [row.id for row in rows if row]))


def with_words(tx: Tx, colleague: Colleague, words: str, among: Among) -> list[Summary]:
    """Threads in whose latest messages, of those that are looked through, all of these words stand."""
    wanted = folded(words).split()
    latest = threads.latest_words(tx, eyes(colleague), among, MOST_SEARCHED) if wanted else []
    found: dict[int, None] = {}
    for row in latest:
        if row.text and row.address_id not in found and all(word in folded(row.text) for word in wanted):
            found[row.address_id] = None
    return _each_once(tx, colleague, list(found)[:MOST_FOUND])


def with_name(tx: Tx, colleague: Colleague, name: str) -> list[Summary]:
    """The threads of everybody whose name has all these parts."""
    return _each_once(tx, colleague, threads.named(tx, eyes(colleague), name, MOST_FOUND))


def _each_once(tx: Tx, colleague: Colleague, address_ids: Sequence[int]) -> list[Summary]:
    """A thread's addresses may all have been found: the last written from stands for it."""
    rows = threads.these(tx, eyes(colleague), address_ids)
    near = threads.shared(tx, address_ids)
    shown: list[Record] = []
    for row in rows:
        if not any((row.id, other.id) in near for other in shown):
            shown.append(row)
    return summaries(tx, colleague, shown)


def summaries(tx: Tx, colleague: Colleague, rows: Sequence[Record]) -> list[Summary]:
    """These addresses as the list shows them, each for its whole thread."""
    near: dict[int, set[int]] = {row.id: {row.id} for row in rows}
    for one, other in threads.shared(tx, near):
        near[one].add(other)
    every = {row.id: row for row in threads.these(tx, eyes(colleague), set().union(*near.values()))}
    known = _Known.of(tx, every)
    return [known.summary(row, [one for one in every.values() if one.id in near[row.id]]) for row in rows]


@dataclass(frozen=True, slots=True)
class _Known:
    """What is loaded once for a whole page."""

    names: Mapping[int, list[str]]
    came: Mapping[int, Record]
    went: Mapping[int, Record]
    to_do: set[int]
    asked: set[int]
    held: set[int]
    team: Mapping[int, str]

    @classmethod
    def of(cls, tx: Tx, every: Mapping[int, Record]) -> _Known:
        ids = list(every)
        reached = threads.people_of(tx, ids)
        names: dict[int, list[str]] = {}
        for one in reached:
            if one.state == PersonState.MEMBER and one.name:
                names.setdefault(one.address_id, []).append(one.name)
        return cls(
            names=names,
            came=threads.last_in(tx, ids),
            went=threads.last_out(tx, ids),
            to_do={one.address_id for one in (*threads.open_tasks(tx, ids), *threads.open_questions(tx, ids))},
            asked=threads.asked(tx, ids),
            held={row.id for row in every.values() if row.held == threads.HELD}
            | {one.address_id for one in reached if one.held == threads.HELD},
            team={one.id: one.name for one in staff.everyone(tx)},
        )

    def summary(self, row: Record, group: Sequence[Record]) -> Summary:
        ids = {one.id for one in group}
        words, ours, at = self._last(ids)
        return Summary(
            token=row.token,
            who=" and ".join(dict.fromkeys(name for one in group for name in self.names.get(one.id, ()))),
            channels=tuple(dict.fromkeys(one.channel for one in group)),
            words=words,
            ours=ours,
            at=at or row.last_in_at or row.created_at,
            looked_after_by=self._colleague(one.assigned_to for one in group),
            taken_by=self._colleague(one.taken_by for one in group),
            to_do=bool(ids & self.to_do),
            asked=bool(ids & self.asked),
            held=bool(ids & self.held),
            spam=row.spam is not None,
            covered=not ours and abusive(words),
        )

    def _last(self, ids: set[int]) -> tuple[str, bool, datetime | None]:
        said = [(row.received_at, 0, row.text) for one in ids if (row := self.came.get(one))]
        said += [(row.created_at, 1, row.text) for one in ids if (row := self.went.get(one))]
        if not said:
            return "", False, None
        at, ours, text = max(said, key=lambda one: one[:2])
        words = " ".join((text or "").split())
        return words if len(words) <= _FIRST_WORDS else f"{words[:_FIRST_WORDS].rstrip()}…", bool(ours), at

    def _colleague(self, ids: Iterable[int | None]) -> str:
        return next((self.team[one] for one in ids if one is not None and one in self.team), "")
