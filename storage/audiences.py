"""Audiences: rules that pick members, saved under a name. What a rule picks is worked out when it is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, ForeignKey, Table, insert, select

from storage.changing import changed
from storage.schema import Record, metadata
from storage.store import Tx
from storage.types import Id, Instant, Sealed, SealedJson, Token

audiences = Table(
    "audiences",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False, unique=True),
    Column("name", Sealed("audiences.name"), nullable=False),
    # As bank.audience.Rule writes itself down.
    Column("rule", SealedJson("audiences.rule"), nullable=False),
    Column("made_by", Id, ForeignKey("staff.id"), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("closed_at", Instant),
)


def add(tx: Tx, **values: Any) -> Record:
    return tx.execute(insert(audiences).values(**values).returning(audiences)).one()


def by_token(tx: Tx, token: str) -> Record | None:
    return tx.execute(select(audiences).where(audiences.c.token == token)).one_or_none()


def in_use(tx: Tx, limit: int = 500) -> list[Record]:
    """Newest first."""
    found = select(audiences).where(audiences.c.closed_at.is_(None)).order_by(audiences.c.id.desc())
    return list(tx.execute(found.limit(limit)))


def change(tx: Tx, audience_id: int, values: Mapping[str, Any]) -> Record:
    return changed(tx, audiences, audience_id, values)
