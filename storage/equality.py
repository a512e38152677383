"""Equality answers: held apart, and never joined to anything by which people are chosen (DPA 2018, Schedule 1, 8).

There is no foreign key to a person: `subject` is a keyed hash of a name of ours, so that what somebody answered can be
deleted when they ask. Nothing but counts is ever read, and only `bank.equality` may read them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Table, delete, insert

from storage.schema import metadata
from storage.store import Tx
from storage.types import Code, Id, Instant, Lookup, Sealed

equality_answers = Table(
    "equality_answers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("subject", Lookup, nullable=False, index=True),
    Column("question", Code, nullable=False),
    # Which version of the harmonised questions it answers.
    Column("version", Code, nullable=False),
    Column("answer", Sealed("equality_answers.answer"), nullable=False),
    Column("at", Instant, nullable=False),
)


def add(tx: Tx, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        tx.execute(insert(equality_answers), rows)


def forget(tx: Tx, subject: str) -> None:
    tx.execute(delete(equality_answers).where(equality_answers.c.subject == subject))
