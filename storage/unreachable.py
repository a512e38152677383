"""Unreachable: members whose address stopped working, and who have no other that is open."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, select

from storage.addresses import AddressState, addresses
from storage.people import PersonState, people
from storage.reach import reach
from storage.schema import Record
from storage.store import Tx

_other_reach, _other = reach.alias("other_reach"), addresses.alias("other")
_another_way = (
    exists()
    .where(_other_reach.c.person_id == people.c.id, _other.c.id == _other_reach.c.address_id)
    .where(_other.c.state == AddressState.OPEN)
)


def members_since(tx: Tx, since: datetime, limit: int) -> list[Record]:
    """Token, name and id of each member, with `held` and `at` of the address that was lost, newest first."""
    lost = addresses.c.state.in_([AddressState.DEAD, AddressState.BLOCKED]), addresses.c.unreachable_at >= since
    found = (
        select(people.c.id, people.c.token, people.c.name, addresses.c.held, addresses.c.unreachable_at.label("at"))
        .join(reach, reach.c.person_id == people.c.id)
        .join(addresses, addresses.c.id == reach.c.address_id)
        .where(*lost, people.c.state == PersonState.MEMBER, ~_another_way)
        .order_by(addresses.c.unreachable_at.desc(), people.c.id)
        .limit(limit)
    )
    return list(tx.execute(found))
