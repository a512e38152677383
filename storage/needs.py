"""Needs: what to arrange for somebody, in their own words; never why."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Table, delete, func, insert, or_, select

from storage import arrangements
from storage.people import ONLY_THE_NEWS, PersonState, people
from storage.schema import Record, metadata
from storage.store import Tx
from storage.types import Code, Id, Instant, Sealed

needs = Table(
    "needs",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("words", Sealed("needs.words"), nullable=False),
    Column("message_id", Id, ForeignKey("messages_in.id")),
    # Who of the team entered it, and how they were told.
    Column("entered_by", Id, ForeignKey("staff.id")),
    Column("how", Code),
    Column("at", Instant, nullable=False),
)


def add(tx: Tx, **values: Any) -> None:
    tx.execute(insert(needs).values(**values))


def of(tx: Tx, person_id: int) -> list[Record]:
    return list(tx.execute(select(needs).where(needs.c.person_id == person_id).order_by(needs.c.id)))


def count(tx: Tx, person_id: int) -> int:
    return tx.execute(select(func.count()).select_from(needs).where(needs.c.person_id == person_id)).scalar_one()


def to_review(tx: Tx, before: datetime, asked_before: datetime, now: datetime, limit: int) -> list[int]:
    """Ids of members all of whose needs were told before then, who were not asked about them since then, and who may
    be asked something now: the last question was before `asked_before`.
    """
    old = select(needs.c.person_id).group_by(needs.c.person_id).having(func.max(needs.c.at) <= before)
    ready = select(people.c.id).where(
        people.c.id.in_(old),
        people.c.state == PersonState.MEMBER,
        or_(people.c.needs_checked_at.is_(None), people.c.needs_checked_at <= before),
        or_(people.c.needs_asked_at.is_(None), people.c.needs_asked_at <= before),
        or_(people.c.asked_at.is_(None), people.c.asked_at <= asked_before),
        or_(people.c.paused_until.is_(None), people.c.paused_until <= now),
        people.c.held.is_(None),
        or_(people.c.days_apart.is_(None), people.c.days_apart < ONLY_THE_NEWS),
    )
    return list(tx.execute(ready.order_by(people.c.id).limit(limit)).scalars())


def remove(tx: Tx, need_id: int) -> None:
    arrangements.unlink(tx, need_id)
    tx.execute(delete(needs).where(needs.c.id == need_id))


def forget(tx: Tx, person_id: int) -> None:
    arrangements.unlink_all(tx, person_id)
    tx.execute(delete(needs).where(needs.c.person_id == person_id))
