"""Interests: what a member chose from lists: topics, and ways to take part."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import Column, ForeignKey, Index, Table, delete, func, insert, select

from storage.schema import metadata
from storage.store import Tx
from storage.types import Code, Id


class InterestKind(StrEnum):
    TOPIC = "topic"
    WAY = "way"


interests = Table(
    "interests",
    metadata,
    Column("person_id", Id, ForeignKey("people.id"), primary_key=True),
    Column("kind", Code, primary_key=True),
    Column("code", Code, primary_key=True),
)
Index("ix_interests_code", interests.c.kind, interests.c.code, interests.c.person_id)


def choose(tx: Tx, person_id: int, kind: InterestKind, chosen: Iterable[str]) -> None:
    """Put these in place of what they chose before."""
    tx.execute(delete(interests).where(interests.c.person_id == person_id, interests.c.kind == kind))
    rows = [{"person_id": person_id, "kind": kind, "code": code} for code in chosen]
    if rows:
        tx.execute(insert(interests), rows)


def of(tx: Tx, person_id: int, kind: InterestKind) -> list[str]:
    chosen = select(interests.c.code).where(interests.c.person_id == person_id, interests.c.kind == kind)
    return list(tx.execute(chosen.order_by(interests.c.code)).scalars())


def counts(tx: Tx, kind: InterestKind) -> dict[str, int]:
    """How many people chose each."""
    counted = select(interests.c.code, func.count()).where(interests.c.kind == kind).group_by(interests.c.code)
    return {row[0]: row[1] for row in tx.execute(counted)}


def forget(tx: Tx, person_id: int) -> None:
    tx.execute(delete(interests).where(interests.c.person_id == person_id))
