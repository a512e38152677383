"""Extracts: what goes out of the bank in a file, a page at a time, with everything that belongs to each row."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, func, select

from storage.addresses import addresses
from storage.interests import interests
from storage.needs import needs
from storage.outbox import messages_out
from storage.people import PersonState, people
from storage.picking import Terms, picked
from storage.places import places
from storage.reach import reach
from storage.schema import Record
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Whom:
    """Which people go out. `state` None is all but the erased; `rule` is as bank.audience.Rule writes itself down.

    `held` has those with whom a person of ours must look first too. `not_ids` are left out.
    """

    state: PersonState | None = PersonState.MEMBER
    rule: Mapping[str, Any] | None = None
    held: bool = False
    not_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Belongings:
    """What belongs to some people, each by the person's id."""

    chosen: Mapping[int, list[Record]]
    needs: Mapping[int, list[Record]]
    addresses: Mapping[int, list[Record]]


def count(tx: Tx, whom: Whom, now: datetime) -> int:
    """How many they are."""
    counted = select(func.count()).select_from(people).where(*_these(tx, whom, now))
    return int(tx.execute(counted).scalar_one())


def some(tx: Tx, whom: Whom, now: datetime, after: int, limit: int) -> list[Record]:
    """The next of them by id."""
    found = select(people).where(*_these(tx, whom, now), people.c.id > after)
    return list(tx.execute(found.order_by(people.c.id).limit(limit)))


def belongings(tx: Tx, ids: Collection[int]) -> Belongings:
    """What these people chose, what is to be arranged for them, and where they write from."""
    here = select(reach.c.person_id, addresses.c.channel, addresses.c.address, addresses.c.state).join(
        addresses, addresses.c.id == reach.c.address_id
    )
    return Belongings(
        _by_person(tx, interests, select(interests).order_by(interests.c.code), ids),
        _by_person(tx, needs, select(needs).order_by(needs.c.id), ids),
        _by_person(tx, reach, here.order_by(addresses.c.id), ids),
    )


def in_project(tx: Tx, project_id: int, whom: Whom, now: datetime) -> list[Record]:
    """Who wants to take part in this project, and how each stands (`place_state`, `turn`, `told`, `since`)."""
    theirs = select(
        people, places.c.state.label("place_state"), places.c.turn, places.c.told, places.c.at.label("since")
    ).join(places, places.c.person_id == people.c.id)
    found = theirs.where(places.c.project_id == project_id, *_these(tx, whom, now))
    return list(tx.execute(found.order_by(places.c.turn, places.c.id)))


def progress(tx: Tx, broadcast_id: int) -> list[Record]:
    """How many rows of a broadcast stand how, by sender, state and problem."""
    by = messages_out.c.sender, messages_out.c.state, messages_out.c.problem
    counted = select(*by, func.count().label("many")).where(messages_out.c.broadcast_id == broadcast_id)
    return list(tx.execute(counted.group_by(*by).order_by(*by)))


def _these(tx: Tx, whom: Whom, now: datetime) -> list[ColumnElement[bool]]:
    given = [people.c.state == whom.state if whom.state else people.c.state != PersonState.ERASED]
    if whom.rule is not None:
        rows = picked(tx, whom.rule, Terms(now, most_a_week=0, leave_out_capped=False))
        given.append(people.c.id.in_(select(rows.c.person_id)))
    if not whom.held:
        held = select(reach.c.person_id).join(addresses, addresses.c.id == reach.c.address_id)
        given += [people.c.held.is_(None), people.c.id.not_in(held.where(addresses.c.held.is_not(None)))]
    if whom.not_ids:
        given.append(people.c.id.not_in(whom.not_ids))
    return given


def _by_person(tx: Tx, table: Table, asked: Select[Any], ids: Collection[int]) -> dict[int, list[Record]]:
    found: dict[int, list[Record]] = {}
    for row in tx.execute(asked.where(table.c.person_id.in_(list(ids)))) if ids else ():
        found.setdefault(row.person_id, []).append(row)
    return found
