"""Twins: where two people on our list are one, and both have what there may be only one of, the better one is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cmp_to_key
from typing import Any

from sqlalchemy import Table, delete, or_, select, tuple_, update

from storage.arrangements import ArrangementKind, ArrangementState, arrangements
from storage.feedback import drop, feedback
from storage.groups import group_members
from storage.invitations import invitations
from storage.outbox import NOT_SENT, OutState, messages_out, waits
from storage.places import PlaceState, places
from storage.reminders import ReminderState, reminders
from storage.rsvps import RsvpState, rsvps
from storage.schema import Record
from storage.store import Tx
from storage.tasks import IS_OPEN, tasks

TWIN = "twin"  # why it did not go, in a word of ours
# A place that somebody has outweighs one that they wait for.
_BEST_FIRST = (
    PlaceState.TOOK_PART,
    PlaceState.PLACE,
    PlaceState.WAITING,
    PlaceState.INTERESTED,
    PlaceState.NOT_CHOSEN,
    PlaceState.GIVEN_UP,
)


# Of two who said yes to one meeting, whoever has a place; what was said once is not said again.
_SAID_YES = (RsvpState.COMING, RsvpState.WAITING)
_SAID_FIRST = (ReminderState.SENT, ReminderState.JOINED, ReminderState.LEFT_OUT, ReminderState.PLANNED)
_DONE_FIRST = (
    ArrangementState.BOOKED,
    ArrangementState.TALKED,
    ArrangementState.COULD_NOT,
    ArrangementState.TO_DO,
    ArrangementState.NOT_NEEDED,
)


def _in_group(_row: Record) -> tuple[int, ...]:
    return (0,)


def _place(row: Record) -> tuple[int, ...]:
    return (_BEST_FIRST.index(PlaceState(row.state)), row.turn)


def _invitation(row: Record) -> tuple[int, ...]:
    """An answer outweighs none."""
    return (row.answer is None, -row.id)


def _compared(row: Record, other: Record) -> int:
    """Two RSVPs to one meeting: below 0 where the first is kept. Of a yes and another answer the newer one counts."""
    if row.state in _SAID_YES and other.state in _SAID_YES:
        ours, theirs = ((_SAID_YES.index(one.state), one.turn) for one in (row, other))
        return 1 if ours > theirs else -1
    return 1 if row.changed_at < other.changed_at else -1


def _rsvp(row: Record) -> tuple[Any, ...]:
    return (cmp_to_key(_compared)(row),)


def _reminder(row: Record) -> tuple[int, ...]:
    return (_SAID_FIRST.index(ReminderState(row.state)), row.id)


def _feedback(row: Record) -> tuple[bool, float]:
    """What was told to its end outweighs what was not; of two the newer one counts."""
    return not row.finished, -(row.at.timestamp() if row.at is not None else 0)


# Of which rows there is one for a person and all of these; and which is kept, the smaller.
MOVES: dict[Table, tuple[tuple[str, ...], Callable[[Record], tuple[Any, ...]]]] = {
    group_members: (("group_id",), _in_group),
    places: (("project_id",), _place),
    invitations: (("broadcast_id",), _invitation),
    rsvps: (("meeting_id",), _rsvp),
    reminders: (("meeting_id", "step", "starts_at"), _reminder),
    feedback: (("round_id",), _feedback),
}


def once(tx: Tx, from_id: int, to_id: int, now: datetime) -> None:
    """What waits for the one that the other has had, or waits for too, does not go: it would go to them twice."""
    for one, other in ((from_id, to_id), (to_id, from_id)):
        _once(tx, one, other, now)


def _once(tx: Tx, person_id: int, other_id: int, now: datetime) -> None:
    sent = messages_out.c.person_id == other_id, messages_out.c.state.not_in([str(state) for state in NOT_SENT])
    told = tasks.c.person_id == other_id, or_(IS_OPEN, tasks.c.closed_by.is_not(None))
    had = select(messages_out.c.broadcast_id).where(*sent).union(select(tasks.c.broadcast_id).where(*told))
    both = [one for one in tx.execute(had).scalars() if one is not None]
    row_waits = messages_out.c.person_id == person_id, messages_out.c.broadcast_id.in_(both), waits
    task_waits = tasks.c.person_id == person_id, tasks.c.broadcast_id.in_(both), IS_OPEN
    ended = {"state": OutState.CANCELED, "settled_at": now, "problem": TWIN}
    rows = tx.execute(update(messages_out).where(*row_waits).values(ended).returning(messages_out.c.broadcast_id))
    closed = tx.execute(update(tasks).where(*task_waits).values(closed_at=now).returning(tasks.c.broadcast_id))
    unasked = {*rows.scalars(), *closed.scalars()}
    # An answer is given to the invitation that stays.
    theirs = invitations.c.person_id == person_id, invitations.c.answer.is_(None)
    tx.execute(delete(invitations).where(*theirs, invitations.c.broadcast_id.in_(unasked)))


def move(tx: Tx, from_id: int, to_id: int) -> None:
    """All such rows of the one are the other's; where both have one, the better."""
    for table, (per, rank) in MOVES.items():
        of_both = table.c.person_id.in_((from_id, to_id)), *(table.c[name].is_not(None) for name in per)
        by_name: dict[tuple[Any, ...], list[Record]] = {}
        for row in tx.execute(select(table).where(*of_both)):
            by_name.setdefault(tuple(getattr(row, name) for name in per), []).append(row)
        worse = [sorted(rows, key=rank)[1] for rows in by_name.values() if len(rows) > 1]
        if table is rsvps:
            _no_file_of(tx, worse)
        if table is feedback:
            drop(tx, [row.id for row in worse])
        if worse:
            which = [tuple(getattr(row, name) for name in (*per, "person_id")) for row in worse]
            columns = [table.c[name] for name in (*per, "person_id")]
            tx.execute(delete(table).where(tuple_(*columns).in_(which)))
        tx.execute(update(table).where(table.c.person_id == from_id).values(person_id=to_id))


def _no_file_of(tx: Tx, gone: list[Record]) -> None:
    """The calendar file of an RSVP that goes is sent with nothing."""
    carried = messages_out.c.calendar_id.in_([row.id for row in gone])
    tx.execute(update(messages_out).where(carried).values(calendar_id=None))


def arranged_once(tx: Tx, person_id: int) -> None:
    """What is to be arranged for one meeting under both names is arranged once: what was done for it stays."""
    seen: set[tuple[int, str, str]] = set()
    theirs = list(tx.execute(select(arrangements).where(arrangements.c.person_id == person_id)))
    for row in sorted(theirs, key=lambda one: (_DONE_FIRST.index(one.state), one.id)):
        what = row.words.casefold() if row.kind == ArrangementKind.OTHER else ""
        if (row.meeting_id, row.kind, what) in seen:
            tx.execute(delete(arrangements).where(arrangements.c.id == row.id))
        seen.add((row.meeting_id, row.kind, what))
