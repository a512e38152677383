"""Stock answers: words that people of ours start an answer from, by language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Boolean, Column, Table, insert, select

from storage.changing import changed
from storage.schema import Record, metadata
from storage.store import Tx
from storage.types import Id, Instant, Sealed, SealedJson, Token

stock_answers = Table(
    "stock_answers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False, unique=True),
    Column("title", Sealed("stock_answers.title"), nullable=False),
    # A language's tag to the words in it.
    Column("words", SealedJson("stock_answers.words"), nullable=False),
    # It may be given at once, by nobody, to a question that it fits.
    Column("safe", Boolean, nullable=False, default=False),
    # Questions that it answers, as people ask them.
    Column("asks", SealedJson("stock_answers.asks")),
    Column("created_at", Instant, nullable=False),
    Column("closed_at", Instant),
)


def add(tx: Tx, **values: Any) -> Record:
    return tx.execute(insert(stock_answers).values(**values).returning(stock_answers)).one()


def by_token(tx: Tx, token: str) -> Record | None:
    return tx.execute(select(stock_answers).where(stock_answers.c.token == token)).one_or_none()


def in_use(tx: Tx, limit: int = 200) -> list[Record]:
    """Those that may be used, oldest first."""
    found = select(stock_answers).where(stock_answers.c.closed_at.is_(None)).order_by(stock_answers.c.id)
    return list(tx.execute(found.limit(limit)))


def change(tx: Tx, answer_id: int, values: Mapping[str, Any]) -> Record:
    """Write these values; returns the row as it is now."""
    return changed(tx, stock_answers, answer_id, values)
