"""Terms: what the people of a project agreed together, each version kept as it was: terms, agenda, commitments."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, Table, UniqueConstraint, insert, select

from storage.schema import Record, metadata
from storage.store import Tx
from storage.types import Code, Id, Instant, SealedJson, Token

terms = Table(
    "terms",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False, unique=True),
    Column("project_id", Id, ForeignKey("projects.id"), nullable=False),
    # A subject of approvals: terms, agenda or commitment.
    Column("kind", Code, nullable=False),
    # Counted for each kind of a project.
    Column("version", Integer, nullable=False),
    # Language to text.
    Column("words", SealedJson("terms.words"), nullable=False),
    Column("made_by", Id, ForeignKey("staff.id"), nullable=False),
    Column("made_at", Instant, nullable=False),
    UniqueConstraint("project_id", "kind", "version"),
)


def add(tx: Tx, **values: Any) -> Record:
    return tx.execute(insert(terms).values(**values).returning(terms)).one()


def get(tx: Tx, terms_id: int) -> Record:
    return tx.execute(select(terms).where(terms.c.id == terms_id)).one()


def of(tx: Tx, project_id: int, kind: str) -> list[Record]:
    """Every version of that kind, newest first."""
    theirs = terms.c.project_id == project_id, terms.c.kind == kind
    return list(tx.execute(select(terms).where(*theirs).order_by(terms.c.version.desc())))
