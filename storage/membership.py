"""Membership: who joined and who left, in which month, and what is known of each, for figures of the bank over time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select

from storage.codes import codes
from storage.consents import Purpose, consents
from storage.months import month_of
from storage.people import Part, PersonState, people
from storage.schema import Record
from storage.store import Tx

_is_member = people.c.state == PersonState.MEMBER
_ours = people.c.part == Part.MEMBER, people.c.merged_into.is_(None)


def in_time(tx: Tx, edges: Sequence[datetime]) -> list[Record]:
    """Everybody who was a member at any moment of these months, neither staff nor partner.

    `joined_in` and `left_in` are the places of months, nothing where it was before or after. `joined_with` is a
    colleague's word for how they told us; nothing: they texted. Somebody of whom nobody knows when they left is left
    out.
    """
    left = (
        select(consents.c.person_id, func.max(consents.c.at).label("at"))
        .where(consents.c.purpose == Purpose.BANK, ~consents.c.given)
        .group_by(consents.c.person_id)
        .subquery()
    )
    found = (
        select(
            people.c.id,
            people.c.joined_how.label("joined_with"),
            people.c.district,
            people.c.looks_after,
            codes.c.code,
            month_of(people.c.joined_at, edges).label("joined_in"),
            month_of(left.c.at, edges).label("left_in"),
        )
        .outerjoin(codes, codes.c.id == people.c.code_id)
        .outerjoin(left, (left.c.person_id == people.c.id) & ~_is_member)
    )
    there = or_(_is_member, left.c.at >= edges[0])
    return list(tx.execute(found.where(*_ours, people.c.joined_at < edges[-1], there)).all())


def now(tx: Tx) -> set[int]:
    """Ids of everybody who is a member, neither staff nor partner."""
    return set(tx.execute(select(people.c.id).where(_is_member, *_ours)).scalars().all())
