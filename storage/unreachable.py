"""Unreachable: members whose address stopped working, and who have no other that is open."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, select

from storage.addresses import AddressState, addresses
from storage.people import PersonState, people
from storage.reach import reach
from storage.schema import Record
from storage.store import Tx
from storage.threads import Eyes, in_sight

_AT_ONCE = 1000
_other_reach, _other = reach.alias("other_reach"), addresses.alias("other")
_another_way = (
    exists()
    .where(_other_reach.c.person_id == people.c.id, _other.c.id == _other_reach.c.address_id)
    .where(_other.c.state == AddressState.OPEN)
)


def members_since(tx: Tx, eyes: Eyes, since: datetime, limit: int) -> list[Record]:
    """Token, name and id of each member whom they may see; `at` of the address that was lost, newest first."""
    lost = select(addresses.c.id).where(addresses.c.unreachable_at >= since, in_sight(eyes))
    # Asked first by itself: SQLite would go through all members and look for a lost address of each.
    few = list(tx.execute(lost.order_by(addresses.c.unreachable_at.desc()).limit(_AT_ONCE)).scalars())
    if not few:
        return []
    found = (
        select(
            people.c.id,
            people.c.token,
            people.c.name,
            addresses.c.unreachable_at.label("at"),
        )
        .join(reach, reach.c.person_id == people.c.id)
        .join(addresses, addresses.c.id == reach.c.address_id)
        .where(
            addresses.c.id.in_(few),
            addresses.c.state.in_([AddressState.DEAD, AddressState.BLOCKED]),
            people.c.state == PersonState.MEMBER,
            ~_another_way,
        )
        .order_by(addresses.c.unreachable_at.desc(), people.c.id)
        .limit(limit)
    )
    return list(tx.execute(found))
