"""Messages that came in. Each has exactly one disposition."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Table, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage import changing
from storage.addresses import addresses
from storage.belonging import Whose, rows_of
from storage.prepared import Prepared
from storage.schema import Record, metadata
from storage.store import Tx
from storage.types import Code, Id, Instant, Lookup, Sealed, SealedJson, Token, keys_of


class Disposition(StrEnum):
    """What became of a message that came in."""

    FLOW = "flow"  # it answered the open question, or was asked again
    WORD = "word"  # a word that works everywhere
    QUESTION = "question"  # a person must answer it
    INBOX = "inbox"  # nothing consumed it: a person reads it
    HELD = "held"  # danger, bereavement, a wrong number: a person first
    AUTOMATIC = "automatic"  # a machine wrote it, or it says nothing: no reply


messages_in = Table(
    "messages_in",
    metadata,
    Column("id", Id, primary_key=True),
    Column("provider_key", Token, nullable=False, unique=True),
    # The provider's name for the message itself, which an edit or a quoted reply speaks of.
    Column("message_ref", Lookup),
    Column("address_id", Id, ForeignKey("addresses.id"), nullable=False, index=True),
    Column("person_id", Id, ForeignKey("people.id")),
    Column("kind", Code, nullable=False),
    Column("text", Sealed("messages_in.text")),
    Column("raw", Sealed("messages_in.raw")),
    Column("reading", SealedJson("messages_in.reading")),
    Column("asked", Code),
    Column("media", Integer, nullable=False, default=0),
    Column("forwarded", Boolean, nullable=False, default=False),
    Column("disposition", Code),
    # Who of the team typed it: an answer by phone, on paper, or what a voice note says.
    Column("entered_by", Id, ForeignKey("staff.id")),
    # The help by which somebody answered for the person.
    Column("supporter_id", Id, ForeignKey("supporters.id")),
    Column("received_at", Instant, nullable=False),
    Column("sent_at", Instant),
)

_claims = {
    name: Prepared(
        dialect.insert(messages_in).on_conflict_do_nothing(index_elements=["provider_key"]).returning(messages_in.c.id)
    )
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}


def claim(tx: Tx, **values: Any) -> int | None:
    """Store the message under the provider's id for it; None when it was here before."""
    claimed = _claims[tx.dialect.name].first(tx, values)
    return None if claimed is None else int(claimed.id)


def known(tx: Tx, provider_keys: Collection[str]) -> set[str]:
    """Which of these have come before."""
    found = select(messages_in.c.provider_key).where(messages_in.c.provider_key.in_(provider_keys))
    return set(tx.execute(found).scalars()) if provider_keys else set()


def called(tx: Tx, provider_key: str) -> Record | None:
    """The `id`, `address_id` and `disposition` of the message that was claimed by this."""
    columns = select(messages_in.c.id, messages_in.c.address_id, messages_in.c.disposition)
    return tx.execute(columns.where(messages_in.c.provider_key == provider_key)).one_or_none()


def settle(tx: Tx, message_id: int, values: Mapping[str, Any]) -> None:
    """Write what became of it, and how it was read."""
    changing.change(tx, messages_in, message_id, values)


def name_of(tx: Tx, message_id: int) -> str:
    """What a message is called outside: a keyed hash of its id, since the provider's name may hold a number."""
    return keys_of(tx.dialect).lookup(f"messages_in:{message_id}").hex()


def by_reference(tx: Tx, address_id: int, reference: str) -> Record | None:
    """The message that the provider calls so, when it came from there."""
    named = select(messages_in).where(messages_in.c.address_id == address_id, messages_in.c.message_ref == reference)
    return tx.execute(named.order_by(messages_in.c.id).limit(1)).one_or_none()


def texts(tx: Tx, ids: Collection[int]) -> list[str]:
    """The words of these messages, oldest first."""
    found = select(messages_in.c.text).where(messages_in.c.id.in_(ids)).order_by(messages_in.c.id)
    return [text for text in tx.execute(found).scalars() if text]


def of_person(tx: Tx, person_id: int, address_ids: Collection[int], limit: int) -> list[Record]:
    """The newest messages that this person wrote from there, newest first."""
    there = messages_in.c.address_id.in_(address_ids), messages_in.c.person_id == person_id
    return list(tx.execute(select(messages_in).where(*there).order_by(messages_in.c.id.desc()).limit(limit)))


def threads(tx: Tx, ids: Collection[int]) -> dict[int, Record]:
    """For each of these messages, the token of the address it came from, and who typed it (`entered_by`) or gave it
    for a member (`supporter_id`).
    """
    wanted = (messages_in.c.id, messages_in.c.entered_by, messages_in.c.supporter_id, addresses.c.token)
    found = select(*wanted).join(addresses, addresses.c.id == messages_in.c.address_id)
    return {row.id: row for row in tx.execute(found.where(messages_in.c.id.in_(ids)))} if ids else {}


def at_address(tx: Tx, address_id: int) -> list[Record]:
    """Everything that came from there, oldest first."""
    return list(
        tx.execute(select(messages_in).where(messages_in.c.address_id == address_id).order_by(messages_in.c.id))
    )


def tally(tx: Tx) -> dict[str | None, int]:
    """How many messages met each disposition; the counts sum to all messages."""
    counts = select(messages_in.c.disposition, func.count()).group_by(messages_in.c.disposition)
    return {row[0]: row[1] for row in tx.execute(counts)}


_BLANK = {"text": None, "raw": None, "reading": None, "person_id": None}


def blank(tx: Tx, address_id: int) -> None:
    """Erase the words of every message from there, and keep that there was one."""
    tx.execute(update(messages_in).where(messages_in.c.address_id == address_id).values(_BLANK))


def blank_of(tx: Tx, whose: Whose) -> None:
    """Erase the words that this person wrote, or may have written, from an address that others share."""
    theirs = rows_of(whose, messages_in, messages_in.c.received_at)
    tx.execute(update(messages_in).where(theirs).values(_BLANK))
