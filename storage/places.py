"""Places: who wants to take part in a project, and who has a place, waits for one, or was not chosen."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Select,
    Table,
    UniqueConstraint,
    and_,
    case,
    delete,
    exists,
    func,
    insert,
    literal_column,
    or_,
    select,
)

from storage import changing
from storage.look import NOW, Look
from storage.people import Part, PersonState, people
from storage.projects import ProjectState, projects
from storage.schema import Record, among, constant, metadata
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
    # A free place was offered to them, and is kept for them until then.
    Column("offered_until", Instant),
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
_waits = places.c.state == constant(PlaceState.WAITING)
Index("ix_places_waiting", places.c.project_id, sqlite_where=_waits, postgresql_where=_waits)
_untold = places.c.told == literal_column("false")  # as both databases write it, in the index too
Index("ix_places_untold", places.c.changed_at, sqlite_where=_untold, postgresql_where=_untold)
# Who may have a place: a member of the bank, and neither staff nor a partner.
_TAKES_PART = (people.c.state == PersonState.MEMBER, people.c.part == Part.MEMBER)
_LIVE = (PlaceState.PLACE, PlaceState.WAITING, PlaceState.INTERESTED)


def add(tx: Tx, **values: Any) -> Record:
    return tx.execute(insert(places).values(**values).returning(places)).one()


def of(tx: Tx, project_id: int, person_id: int) -> Record | None:
    theirs = places.c.project_id == project_id, places.c.person_id == person_id
    return tx.execute(select(places).where(*theirs)).one_or_none()


def of_person(tx: Tx, person_id: int) -> list[Record]:
    """Every project that they were interested in, whatever became of it."""
    return list(tx.execute(select(places).where(places.c.person_id == person_id).order_by(places.c.id)))


def in_project(tx: Tx, project_id: int, *states: PlaceState) -> list[Record]:
    """Those who stand so (all, where no state is named), in the order of their turns."""
    found = select(places).where(places.c.project_id == project_id).order_by(places.c.turn, places.c.id)
    return list(tx.execute(found.where(places.c.state.in_(states)) if states else found))


def listed(
    tx: Tx, project_id: int, order: Sequence[PlaceState], without: Collection[int], limit: int, after: int
) -> list[Record]:
    """The rows of those who stand so, state by state in this order, each with `token` and `name`.

    `without`: ids of people who are left out. So many are returned, beginning after so many others.
    """
    found = select(places, people.c.token, people.c.name).join(people, people.c.id == places.c.person_id)
    found = found.where(places.c.project_id == project_id, places.c.state.in_(order))
    by = case({state.value: number for number, state in enumerate(order)}, value=places.c.state)
    found = found.where(places.c.person_id.not_in(without)) if without else found
    return list(tx.execute(found.order_by(by, places.c.turn, places.c.id).limit(limit).offset(after)))


def counts(tx: Tx, project_id: int, without: Collection[int] = ()) -> dict[str, int]:
    """How many stand so, by state. `without`: ids of people who are not counted."""
    counted = select(places.c.state, func.count()).where(places.c.project_id == project_id)
    counted = counted.where(places.c.person_id.not_in(without)) if without else counted
    return {row[0]: row[1] for row in tx.execute(counted.group_by(places.c.state))}


def last_turn(tx: Tx, project_id: int) -> int:
    """The highest turn that anybody has; 0 where there is nobody."""
    last = select(func.max(places.c.turn)).where(places.c.project_id == project_id)
    return int(tx.execute(last).scalar_one() or 0)


def get(tx: Tx, place_id: int) -> Record:
    return tx.execute(select(places).where(places.c.id == place_id)).one()


def with_people(tx: Tx, project_id: int, *states: PlaceState) -> list[Record]:
    """The same rows, of those who are members of the bank and neither staff nor partners, each with `token`."""
    found = (
        select(places, people.c.token)
        .join(people, people.c.id == places.c.person_id)
        .where(
            places.c.project_id == project_id,
            places.c.state.in_(states),
            *_TAKES_PART,
        )
    )
    return list(tx.execute(found.order_by(places.c.turn, places.c.id)))


def taken(tx: Tx, project_id: int) -> int:
    """How many have a place, or a free one that is offered to them."""
    have = or_(
        places.c.state.in_([PlaceState.PLACE, PlaceState.TOOK_PART]),
        and_(_waits, places.c.offered_until.is_not(None)),
    )
    counted = select(func.count()).where(places.c.project_id == project_id, have)
    return int(tx.execute(counted).scalar_one())


def in_line(tx: Tx, project_id: int, before: int | None = None) -> int:
    """How many wait to whom nothing is offered: all, or those whose turn is before that one."""
    waits = [places.c.project_id == project_id, _waits, places.c.offered_until.is_(None)]
    earlier = [places.c.turn < before] if before is not None else []
    return int(tx.execute(select(func.count()).where(*waits, *earlier)).scalar_one())


def decided(tx: Tx, project_id: int) -> int:
    """How many a colleague, or a draw, has decided about."""
    counted = select(func.count()).where(places.c.project_id == project_id, places.c.decided_by.is_not(None))
    return int(tx.execute(counted).scalar_one())


def _next_in_line() -> Select[Any]:
    used = places.alias("used")
    have = or_(
        among(used.c.state, (PlaceState.PLACE, PlaceState.TOOK_PART)),
        and_(used.c.state == PlaceState.WAITING, used.c.offered_until.is_not(None)),
    )
    full = select(func.count()).where(used.c.project_id == projects.c.id, have).scalar_subquery()
    number = func.row_number().over(partition_by=places.c.project_id, order_by=(places.c.turn, places.c.id))
    line = (
        select(places.c.id, number.label("number"))
        .join(people, people.c.id == places.c.person_id)
        .join(projects, projects.c.id == places.c.project_id)
        .where(
            _waits,
            places.c.offered_until.is_(None),
            places.c.told,
            *_TAKES_PART,
            people.c.held.is_(None),
            among(projects.c.state, (ProjectState.OPEN, ProjectState.UNDER_WAY)),
            or_(projects.c.places.is_(None), projects.c.places > full),
        )
        .subquery()
    )
    return select(line.c.id).where(line.c.number == 1).order_by(line.c.id)


_NEXT_IN_LINE = Look(_next_in_line())
_OFFERS_OVER = Look(select(places.c.id).where(_waits, places.c.offered_until <= NOW).order_by(places.c.id))
_UNTOLD = Look(
    select(places.c.id)
    .join(people, people.c.id == places.c.person_id)
    .where(_untold, people.c.held.is_(None))
    .order_by(places.c.changed_at, places.c.id)
)
_LEFT = Look(
    select(places.c.id)
    .join(people, people.c.id == places.c.person_id)
    .join(projects, projects.c.id == places.c.project_id)
    .where(
        among(people.c.state, (PersonState.LEFT, PersonState.ERASED)),
        among(places.c.state, _LIVE),
        among(projects.c.state, (ProjectState.OPEN, ProjectState.UNDER_WAY)),
    )
    .order_by(places.c.id)
)


def next_in_line(tx: Tx, limit: int) -> list[int]:
    """Ids of those who come next, one for each project that goes on and has a place free.

    Where somebody may be in danger nothing is offered now, and they keep their turn.
    """
    return _NEXT_IN_LINE.ids(tx, limit)


def offers_over(tx: Tx, now: datetime, limit: int) -> list[int]:
    """Ids of those who did not take the place that was offered to them in time."""
    return _OFFERS_OVER.ids(tx, limit, now=now)


def of_those_who_left(tx: Tx, limit: int) -> list[int]:
    """Ids of those who have a place, wait or are interested, and are members of the bank no more."""
    return _LEFT.ids(tx, limit)


def untold(tx: Tx, limit: int) -> list[int]:
    """Ids of those who do not know yet how it stands, the oldest first."""
    return _UNTOLD.ids(tx, limit)


def free_again(tx: Tx, since: datetime) -> list[Record]:
    """The projects that go on, in which somebody gave something up since then, a place is free and nobody waits."""
    gave = places.alias("gave")
    have = select(func.count()).where(
        places.c.project_id == projects.c.id,
        or_(places.c.state.in_([PlaceState.PLACE, PlaceState.TOOK_PART]), _waits),
    )
    found = select(projects).where(
        projects.c.state.in_([ProjectState.OPEN, ProjectState.UNDER_WAY]),
        projects.c.places > have.scalar_subquery(),
        exists().where(
            gave.c.project_id == projects.c.id, gave.c.state == PlaceState.GIVEN_UP, gave.c.changed_at >= since
        ),
    )
    return list(tx.execute(found.order_by(projects.c.id)))


def change(tx: Tx, place_id: int, values: Mapping[str, Any]) -> None:
    changing.change(tx, places, place_id, values)


def forget(tx: Tx, person_id: int) -> None:
    tx.execute(delete(places).where(places.c.person_id == person_id))
