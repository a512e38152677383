"""Media: where each voice note, picture and file that people sent lies at its provider. None of it is kept here."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, ForeignKey, Table, delete, insert, select

from storage.belonging import Whose, rows_of
from storage.messages_in import messages_in
from storage.schema import Record, metadata
from storage.store import Tx
from storage.types import Code, Id, Sealed, Token

media = Table(
    "media",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False, unique=True),
    Column("message_id", Id, ForeignKey("messages_in.id"), nullable=False, index=True),
    # Which of our own senders it came to, whose provider has it; and where it lies there.
    Column("sender", Code, nullable=False),
    Column("place", Sealed("media.place"), nullable=False),
    Column("kind", Code, nullable=False),
)


def add(tx: Tx, rows: Sequence[Mapping[str, Any]]) -> None:
    tx.execute(insert(media), list(rows))


def of(tx: Tx, message_ids: Collection[int]) -> dict[int, list[Record]]:
    """Token and kind of each piece that came with these messages, by the message."""
    found: dict[int, list[Record]] = {}
    if message_ids:
        pieces = select(media.c.message_id, media.c.token, media.c.kind).where(media.c.message_id.in_(message_ids))
        for row in tx.execute(pieces.order_by(media.c.id)):
            found.setdefault(row.message_id, []).append(row)
    return found


def by_token(tx: Tx, token: str, address_ids: Collection[int]) -> Record | None:
    """The piece of that name, where it came from one of these addresses."""
    found = select(media).join(messages_in, messages_in.c.id == media.c.message_id)
    there = messages_in.c.address_id.in_(address_ids)
    return tx.execute(found.where(media.c.token == token, there)).one_or_none()


def forget(tx: Tx, address_id: int) -> None:
    """Delete where everything lies that came from there."""
    there = select(messages_in.c.id).where(messages_in.c.address_id == address_id)
    tx.execute(delete(media).where(media.c.message_id.in_(there)))


def forget_of(tx: Tx, whose: Whose) -> None:
    """Delete where that lies which this person sent, or may have sent; call before their messages are blank."""
    theirs = select(messages_in.c.id).where(rows_of(whose, messages_in, messages_in.c.received_at))
    tx.execute(delete(media).where(media.c.message_id.in_(theirs)))
