"""Consents: a ledger of what was agreed and withdrawn. Entries are added, never changed."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Table, insert, or_, select

from storage.schema import Record, metadata
from storage.store import Tx
from storage.types import Code, Id, Instant, Sealed


class Purpose(StrEnum):
    BANK = "bank"  # to keep what they told us, and invite them
    MESSAGES = "messages"  # to be written to at one address


consents = Table(
    "consents",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), index=True),
    Column("address_id", Id, ForeignKey("addresses.id"), index=True),
    Column("purpose", Code, nullable=False),
    Column("given", Boolean, nullable=False),
    Column("words", Sealed("consents.words"), nullable=False),
    Column("language", Code, nullable=False),
    Column("message_id", Id, ForeignKey("messages_in.id")),
    Column("at", Instant, nullable=False),
)


_insert = insert(consents)


def record(tx: Tx, *purposes: Purpose, **values: Any) -> None:
    """Add an entry for each of these purposes."""
    tx.execute(_insert, [{"purpose": purpose, **values} for purpose in purposes])


def history(tx: Tx, *, person_id: int | None = None, address_id: int | None = None) -> list[Record]:
    """Every entry about this person or this address, oldest first."""
    about = or_(
        consents.c.person_id == person_id if person_id is not None else consents.c.id.is_(None),
        consents.c.address_id == address_id if address_id is not None else consents.c.id.is_(None),
    )
    return list(tx.execute(select(consents).where(about).order_by(consents.c.id)))
