"""Promises: what was promised and how each stands, worked out from what happened to it and from nothing else.

Nobody writes how a promise stands. Its days are those on record: the first one stays, however often it is moved, and a
day that was changed without a word shows as moved too. What somebody may not see yet, a draft or what waits for its
approval, is not read at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bank.organisation import Organisation
from storage import ledger
from storage.commitments import CommitmentState, What
from storage.schema import Record
from storage.store import Tx

Wording = Mapping[str, str]
# How it stands once this happened to it; what is not here changes nothing about that.
_STATES = {
    What.PROMISED: CommitmentState.OPEN,
    What.DONE: CommitmentState.DONE,
    What.KEPT: CommitmentState.KEPT,
    What.NOT_KEPT: CommitmentState.OPEN,
    What.NOT_CONFIRMED: CommitmentState.NOT_CONFIRMED,
    What.CANNOT: CommitmentState.CANNOT,
    What.STOPPED: CommitmentState.STOPPED,
}


class Standing(StrEnum):
    """How a promise stands, in the order in which people look for it."""

    LATE = "late"  # its day is over, and it is not done
    UNANSWERED = "unanswered"  # done, so say staff; nobody who said it has answered
    MOVED = "moved"  # to be done by a day that is not the first
    OPEN = "open"  # to be done by its first day
    KEPT = "kept"  # by its first day, so say those who said it
    KEPT_LATE = "kept_late"
    CANNOT = "cannot"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Move:
    """To another day, when, and why; a wording, empty where nobody said why. `at` is None where nobody noted it."""

    to: date
    at: datetime | None
    why: Wording


@dataclass(frozen=True, slots=True)
class Line:
    """One promise as it stood at some moment. `row` has its words.

    `since` is when it came to stand so, and `not_yet` that those who said it answered that it was not done. `stopped`
    says why it will not be kept; `unread` that somebody wrote back about it, and nobody has read that. `overran` is
    each time that it was moved or given up after its day, or done, so say staff, after its first: nothing that happens
    to a promise makes it one that never was late.
    """

    row: Record
    standing: Standing
    state: CommitmentState
    first: date | None
    due: date | None
    moves: tuple[Move, ...]
    done: date | None
    since: datetime
    not_yet: bool
    stopped: Wording
    unread: bool
    overran: tuple[datetime, ...] = ()

    @property
    def project_id(self) -> int | None:
        return None if self.row.project_id is None else int(self.row.project_id)


@dataclass(frozen=True, slots=True)
class History:
    """All that was promised, and what happened to it, by the id of each. `replies` of members are without words."""

    rows: Sequence[Record]
    changes: Mapping[int, Sequence[Record]]
    replies: Sequence[Record] = ()

    def at(self, now: datetime, organisation: Organisation) -> list[Line]:
        """As it stood at that moment, the newest first."""
        unread = {one.commitment_id for one in self.replies if _is_unread(one, now)}
        found = (
            line(row, self.changes.get(row.id, ()), now, organisation, unread=row.id in unread) for row in self.rows
        )
        return [one for one in found if one is not None]


def of_bank(tx: Tx) -> History:
    return History(ledger.promised(tx), ledger.changes(tx), ledger.replies(tx))


def of_project(tx: Tx, project: Record) -> History:
    """What was promised in this project; of what people wrote back nothing is known."""
    return History(ledger.promised(tx, project.id), ledger.changes(tx, project.id))


def _is_unread(reply: Record, now: datetime) -> bool:
    return bool(reply.at <= now and (reply.seen_at is None or reply.seen_at > now))


def line(
    row: Record, changes: Sequence[Record], now: datetime, organisation: Organisation, *, unread: bool = False
) -> Line | None:
    """How it stood at `now`, by what had happened to it until then; None where it was not promised yet."""
    turns = [one for one in changes if one.at <= now and one.what in _STATES]
    if not turns and (row.promised_at is None or row.promised_at > now):
        return None
    last = turns[-1] if turns else None
    state = CommitmentState(row.state) if last is None else _STATES[What(last.what)]
    done = _done_on(turns, organisation)
    today = now.astimezone(organisation.zone).date()
    first, moves = _days(row, changes, now)
    due = moves[-1].to if moves else first
    return Line(
        row=row,
        standing=_standing(state, first, due, done, today),
        state=state,
        first=first,
        due=due,
        moves=moves,
        done=done if state not in {CommitmentState.OPEN, CommitmentState.STOPPED} else None,
        since=row.promised_at if last is None else last.at,
        not_yet=last is not None and last.what == What.NOT_KEPT,
        stopped=dict(last.why or {}) if last is not None and last.what == What.STOPPED else {},
        unread=unread,
        overran=tuple(_overran(first, [one for one in changes if one.at <= now], organisation)),
    )


def _overran(first: date | None, changes: Sequence[Record], organisation: Organisation) -> Iterator[datetime]:
    due = first
    for one in changes:
        until = first if one.what == What.DONE else due
        ends = one.what in {What.DONE, What.MOVED, What.STOPPED}
        if ends and until is not None and one.at.astimezone(organisation.zone).date() > until:
            yield one.at
        if one.what == What.MOVED:
            due = _day(one.after) or due


def _done_on(turns: Sequence[Record], organisation: Organisation) -> date | None:
    """The day on which staff last said that it is done."""
    found = [one.at for one in turns if one.what == What.DONE]
    return found[-1].astimezone(organisation.zone).date() if found else None


def _days(row: Record, changes: Sequence[Record], now: datetime) -> tuple[date | None, tuple[Move, ...]]:
    """The first day, and each that took its place by `now`.

    What is on record of its moves goes before what its row says: a row can be written over, they cannot.
    """
    told = [one.after for one in changes if one.what == What.PROMISED and one.after]
    moved = [one for one in changes if one.what == What.MOVED and one.after]
    told += [one.before for one in moved if one.before]
    first = _day(told[0] if told else row.first_on or row.due_on)
    known = [Move(date.fromisoformat(one.after), one.at, dict(one.why or {})) for one in moved if one.at <= now]
    last = known[-1].to if known else first
    written = _day(row.due_on)
    if len(known) == len(moved) and written is not None and written != last:
        known.append(Move(written, None, {}))
    return first, tuple(known)


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _standing(state: CommitmentState, first: date | None, due: date | None, done: date | None, today: date) -> Standing:
    if state is CommitmentState.OPEN:
        if due is not None and due < today:
            return Standing.LATE
        return Standing.OPEN if due == first else Standing.MOVED
    if state is CommitmentState.KEPT:
        in_time = first is None or done is None or done <= first
        return Standing.KEPT if in_time else Standing.KEPT_LATE
    if state in {CommitmentState.DONE, CommitmentState.NOT_CONFIRMED}:
        return Standing.UNANSWERED
    return Standing(state.value)


def by_standing(lines: Sequence[Line]) -> list[tuple[Standing, list[Line]]]:
    """In the order in which people look for them; what there is none of is left out."""
    parts = ((standing, [one for one in lines if one.standing is standing]) for standing in Standing)
    return [(standing, found) for standing, found in parts if found]
