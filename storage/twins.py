"""Twins: where two people on our list are one, and both have what there may be only one of, the better one is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Table, delete, or_, select, tuple_, update

from storage.groups import group_members
from storage.invitations import invitations
from storage.outbox import NOT_SENT, OutState, messages_out, waits
from storage.places import PlaceState, places
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


def _in_group(_row: Record) -> tuple[int, ...]:
    return (0,)


def _place(row: Record) -> tuple[int, ...]:
    return (_BEST_FIRST.index(PlaceState(row.state)), row.turn)


def _invitation(row: Record) -> tuple[int, ...]:
    """An answer outweighs none."""
    return (row.answer is None, -row.id)


# Of which rows there is one for a person and each of these; and which is kept, the smaller.
MOVES: dict[Table, tuple[str, Callable[[Record], tuple[int, ...]]]] = {
    group_members: ("group_id", _in_group),
    places: ("project_id", _place),
    invitations: ("broadcast_id", _invitation),
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
        found = tx.execute(select(table).where(table.c.person_id.in_((from_id, to_id)), table.c[per].is_not(None)))
        by_name: dict[int, list[Record]] = {}
        for row in found:
            by_name.setdefault(getattr(row, per), []).append(row)
        worse = [sorted(rows, key=rank)[1] for rows in by_name.values() if len(rows) > 1]
        if worse:
            which = [(getattr(row, per), row.person_id) for row in worse]
            tx.execute(delete(table).where(tuple_(table.c[per], table.c.person_id).in_(which)))
        tx.execute(update(table).where(table.c.person_id == from_id).values(person_id=to_id))
