"""Reach: joins addresses and people, many to many."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Column, ForeignKey, Table, bindparam, delete, insert, select

from storage.addresses import addresses
from storage.people import PersonState, people
from storage.prepared import Prepared
from storage.schema import Record, metadata
from storage.store import Tx
from storage.types import Id, Instant

reach = Table(
    "reach",
    metadata,
    Column("address_id", Id, ForeignKey("addresses.id"), primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), primary_key=True, index=True),
    Column("since", Instant, nullable=False),
)


_insert = Prepared(insert(reach))
_people_at = Prepared(
    select(people)
    .join(reach, reach.c.person_id == people.c.id)
    .where(reach.c.address_id == bindparam("at"), people.c.state != PersonState.ERASED)
    .order_by(people.c.id)
)


def join(tx: Tx, **values: Any) -> None:
    _insert.run(tx, values)


def people_at(tx: Tx, address_id: int) -> list[Record]:
    """Everyone reached there who has not been erased, oldest first; those who left are hidden by the caller."""
    return _people_at.rows(tx, {"at": address_id})


def addresses_of(tx: Tx, person_id: int) -> list[Record]:
    """Every address of this person, the one they last wrote from first."""
    theirs = (
        select(addresses)
        .join(reach, reach.c.address_id == addresses.c.id)
        .where(reach.c.person_id == person_id)
        .order_by(addresses.c.last_in_at.desc().nulls_last(), addresses.c.id)
    )
    return list(tx.execute(theirs))


def ids_near(tx: Tx, address_id: int) -> tuple[list[int], list[int]]:
    """Ids of whoever is reached there, and of every address of theirs, this one first. No seal is broken for it."""
    here = select(reach.c.person_id).where(reach.c.address_id == address_id)
    person_ids = list(tx.execute(here.order_by(reach.c.person_id)).scalars())
    theirs = select(reach.c.address_id).where(reach.c.person_id.in_(person_ids)).distinct()
    others = [one for one in tx.execute(theirs.order_by(reach.c.address_id)).scalars() if one != address_id]
    return person_ids, [address_id, *others]


def pairs(tx: Tx, address_ids: Collection[int]) -> set[tuple[int, int]]:
    """Who is reached where, as (address, person), at these addresses."""
    here = select(reach.c.address_id, reach.c.person_id).where(reach.c.address_id.in_(address_ids))
    return {(row.address_id, row.person_id) for row in tx.execute(here)} if address_ids else set()


def cut(tx: Tx, person_id: int) -> None:
    tx.execute(delete(reach).where(reach.c.person_id == person_id))
