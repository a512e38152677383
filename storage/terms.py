"""Terms: what the people of a project agreed to do together, each version kept as it was."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, Table, UniqueConstraint, insert, select

from storage.schema import Record, metadata
from storage.store import Tx
from storage.types import Id, Instant, SealedJson, Token

terms = Table(
    "terms",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False, unique=True),
    Column("project_id", Id, ForeignKey("projects.id"), nullable=False),
    Column("version", Integer, nullable=False),
    # Language to text.
    Column("words", SealedJson("terms.words"), nullable=False),
    Column("made_by", Id, ForeignKey("staff.id"), nullable=False),
    Column("made_at", Instant, nullable=False),
    UniqueConstraint("project_id", "version"),
)


def add(tx: Tx, **values: Any) -> Record:
    return tx.execute(insert(terms).values(**values).returning(terms)).one()


def of(tx: Tx, project_id: int) -> list[Record]:
    """Every version, newest first."""
    return list(tx.execute(select(terms).where(terms.c.project_id == project_id).order_by(terms.c.version.desc())))
