"""Twins: where two people on our list are one, and both have what there may be only one of, the better one is kept."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Table, delete, select, tuple_, update

from storage.groups import group_members
from storage.invitations import invitations
from storage.places import PlaceState, places
from storage.schema import Record
from storage.store import Tx

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
