"""Receipts: what providers told us about messages. Every callback is kept as an event."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ColumnElement, ForeignKey, Table, insert, select, update

from storage.belonging import Whose, rows_of
from storage.outbox import messages_out
from storage.prepared import Prepared
from storage.schema import metadata
from storage.store import Tx
from storage.types import Code, Id, Instant, Sealed, Token

receipts = Table(
    "receipts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("message_out_id", Id, ForeignKey("messages_out.id"), index=True),
    Column("provider_id", Token, nullable=False, index=True),
    Column("status", Code, nullable=False),
    Column("problem", Code),
    Column("raw", Sealed("receipts.raw")),
    Column("at", Instant, nullable=False),
)

_record = Prepared(insert(receipts))


def record(tx: Tx, **values: Any) -> None:
    _record.run(tx, values)


def blank(tx: Tx, address_id: int) -> None:
    """Erase the raw callbacks about everything sent there: they name the address."""
    _blank_about(tx, messages_out.c.address_id == address_id)


def blank_of(tx: Tx, whose: Whose) -> None:
    """Erase the raw callbacks about what was said to this person. To be done before `said.blank_of`."""
    _blank_about(tx, rows_of(whose, messages_out, messages_out.c.created_at))


def _blank_about(tx: Tx, which: ColumnElement[bool]) -> None:
    sent = select(messages_out.c.id).where(which)
    tx.execute(update(receipts).where(receipts.c.message_out_id.in_(sent)).values(raw=None))
