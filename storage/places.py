"""Places: who wants to take part in a project, and who has a place, waits for one, or was not chosen."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    UniqueConstraint,
    delete,
    func,
    insert,
    select,
)

from storage import changing
from storage.schema import Record, metadata
from storage.store import Tx
from storage.types import Code, Id, Instant


class PlaceState(StrEnum):
    INTERESTED = "interested"  # nothing is decided yet
    PLACE = "place"
    WAITING = "waiting"  # on the waiting list, in the order of `turn`
    NOT_CHOSEN = "not_chosen"
    GIVEN_UP = "given_up"  # they had one, or waited, and said no
    TOOK_PART = "took_part"


places = Table(
    "places",
    metadata,
    Column("id", Id, primary_key=True),
    Column("project_id", Id, ForeignKey("projects.id"), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("state", Code, nullable=False),
    # The order in which they came, or were drawn: 1 is first.
    Column("turn", Integer, nullable=False),
    # They were told how it stands now.
    Column("told", Boolean, nullable=False, default=False),
    Column("message_id", Id, ForeignKey("messages_in.id")),
    Column("entered_by", Id, ForeignKey("staff.id")),
    Column("decided_by", Id, ForeignKey("staff.id")),
    Column("at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    UniqueConstraint("project_id", "person_id"),
)
Index("ix_places_project", places.c.project_id, places.c.state, places.c.turn)


def add(tx: Tx, **values: Any) -> Record:
    return tx.execute(insert(places).values(**values).returning(places)).one()


def of(tx: Tx, project_id: int, person_id: int) -> Record | None:
    theirs = places.c.project_id == project_id, places.c.person_id == person_id
    return tx.execute(select(places).where(*theirs)).one_or_none()


def in_project(tx: Tx, project_id: int, *states: PlaceState) -> list[Record]:
    """Those who stand so (all, where no state is named), in the order of their turns."""
    found = select(places).where(places.c.project_id == project_id).order_by(places.c.turn, places.c.id)
    return list(tx.execute(found.where(places.c.state.in_(states)) if states else found))


def counts(tx: Tx, project_id: int) -> dict[str, int]:
    """How many stand so, by state."""
    counted = select(places.c.state, func.count()).where(places.c.project_id == project_id)
    return {row[0]: row[1] for row in tx.execute(counted.group_by(places.c.state))}


def last_turn(tx: Tx, project_id: int) -> int:
    """The highest turn that anybody has; 0 where there is nobody."""
    last = select(func.max(places.c.turn)).where(places.c.project_id == project_id)
    return int(tx.execute(last).scalar_one() or 0)


def change(tx: Tx, place_id: int, values: Mapping[str, Any]) -> None:
    changing.change(tx, places, place_id, values)


def forget(tx: Tx, person_id: int) -> None:
    tx.execute(delete(places).where(places.c.person_id == person_id))
