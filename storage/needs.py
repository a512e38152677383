"""Needs: what to arrange for somebody, in their own words; never why."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Column, ForeignKey, Table, bindparam, delete, func, insert, or_, select

from storage import arrangements
from storage.look import NOW, Look
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


_BEFORE: BindParameter[Any] = bindparam("before")
_TO_REVIEW = Look(
    select(people.c.id)
    .where(
        people.c.id.in_(select(needs.c.person_id).group_by(needs.c.person_id).having(func.max(needs.c.at) <= _BEFORE)),
        people.c.state == PersonState.MEMBER,
        or_(people.c.needs_checked_at.is_(None), people.c.needs_checked_at <= _BEFORE),
        or_(people.c.needs_asked_at.is_(None), people.c.needs_asked_at <= _BEFORE),
        or_(people.c.asked_at.is_(None), people.c.asked_at <= bindparam("asked_before")),
        or_(people.c.paused_until.is_(None), people.c.paused_until <= NOW),
        people.c.held.is_(None),
        or_(people.c.days_apart.is_(None), people.c.days_apart < ONLY_THE_NEWS),
    )
    .order_by(people.c.id)
)


def to_review(tx: Tx, before: datetime, asked_before: datetime, now: datetime, limit: int) -> list[int]:
    """Ids of members all of whose needs were told before then, who were not asked about them since then, and who may
    be asked something now: the last question was before `asked_before`.
    """
    return _TO_REVIEW.ids(tx, limit, before=before, asked_before=asked_before, now=now)


def remove(tx: Tx, need_id: int) -> None:
    arrangements.unlink(tx, need_id)
    tx.execute(delete(needs).where(needs.c.id == need_id))


def forget(tx: Tx, person_id: int) -> None:
    arrangements.unlink_all(tx, person_id)
    tx.execute(delete(needs).where(needs.c.person_id == person_id))
