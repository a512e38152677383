"""Addresses: one way to reach somebody, opaque text up to 140 characters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    bindparam,
    false,
    insert,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

from storage import changing
from storage.look import NOW, Look
from storage.prepared import Prepared
from storage.schema import Record, metadata
from storage.store import Tx
from storage.types import Code, Id, Instant, Lookup, Sealed, Token

# Why a person of ours must look before anything automatic goes to an address or a person.
HELD_FOR_DANGER = "danger"


class AddressState(StrEnum):
    OPEN = "open"
    STOPPED = "stopped"  # they told us to stop: nothing goes there until START
    DEAD = "dead"  # the provider says nobody can be reached there
    BLOCKED = "blocked"  # they blocked us at the provider


addresses = Table(
    "addresses",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False, unique=True),
    Column("channel", Code, nullable=False),
    Column("sender", Code, nullable=False),
    Column("address", Sealed("addresses.address")),
    Column("address_key", Lookup, nullable=False, unique=True),
    Column("state", Code, nullable=False),
    Column("landline", Boolean, nullable=False, default=False),
    Column("language", Code),
    # They asked for easier words: texts go in the language's simple twin, where it has one.
    Column("plain", Boolean, nullable=False, default=False, server_default=false()),
    Column("last_in_at", Instant),
    Column("window_until", Instant),
    Column("erase_at", Instant, index=True),
    # Replies that moved nothing forward, in the hour that began then: the guard against loops and floods.
    Column("answered_from", Instant),
    Column("answered", Integer, nullable=False, default=0),
    # They were told that a person will read by then, and are not told again before.
    Column("promised_until", Instant),
    # Machine-written texts in a row, and until when we stay silent because of them.
    Column("machine", Integer, nullable=False, default=0),
    Column("silent_until", Instant),
    # They told us that a text could do harm: nothing at all goes there before then.
    Column("unsafe_until", Instant),
    # Since when nobody can be reached there, as the provider says, where it was not they who wanted that.
    Column("unreachable_at", Instant),
    # Why a person of ours must look before anything automatic goes there: "danger".
    Column("held", Code),
    # Who of the team looks after this thread, and who answers there instead of the flow.
    Column("assigned_to", Id, ForeignKey("staff.id")),
    Column("taken_by", Id, ForeignKey("staff.id")),
    # When somebody last took it over.
    Column("taken_at", Instant),
    # A phone of our own, to which alerts go: "staff" or "out_of_hours". What comes from there begins no conversation.
    Column("ours", Code),
    # Somebody of the team said why nothing from there is for us; what comes is kept and answered by nobody.
    Column("spam", Sealed("addresses.spam")),
    Column("created_at", Instant, nullable=False),
)
Index("ix_addresses_last_in_at", addresses.c.last_in_at)
_lost = addresses.c.unreachable_at.is_not(None)
Index("ix_addresses_unreachable_at", addresses.c.unreachable_at, sqlite_where=_lost, postgresql_where=_lost)
_is_held = addresses.c.held.is_not(None)
Index("ix_addresses_held", addresses.c.held, sqlite_where=_is_held, postgresql_where=_is_held)
_is_taken = addresses.c.taken_by.is_not(None)
Index("ix_addresses_taken_at", addresses.c.taken_at, sqlite_where=_is_taken, postgresql_where=_is_taken)
_is_ours = addresses.c.ours.is_not(None)
Index("ix_addresses_ours", addresses.c.ours, sqlite_where=_is_ours, postgresql_where=_is_ours)

_insert = insert(addresses).returning(addresses.c.id)
_ADDS = {
    name: Prepared(
        dialect.insert(addresses).on_conflict_do_nothing(index_elements=["address_key"]).returning(addresses)
    )
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}
_by_key = select(addresses).where(addresses.c.address_key == bindparam("key"))


def key_of(channel: str, address: str) -> str:
    """What the look-up hash is made of: the same digits on two channels are two addresses."""
    return f"{channel}:{address}"


def add(tx: Tx, **values: Any) -> int:
    return int(tx.execute(_insert, values).scalar_one())


def add_once(tx: Tx, **values: Any) -> Record | None:
    """Add it; None when another message brought it at the same moment."""
    return _ADDS[tx.dialect.name].first(tx, values)


def find(tx: Tx, channel: str, address: str) -> Record | None:
    return tx.execute(_by_key, {"key": key_of(channel, address)}).one_or_none()


def id_of(tx: Tx, channel: str, address: str) -> int | None:
    """The id alone, which can be read though the row's seals are broken."""
    found = select(addresses.c.id).where(addresses.c.address_key == key_of(channel, address))
    return tx.execute(found).scalar_one_or_none()


def get(tx: Tx, address_id: int) -> Record:
    return tx.execute(select(addresses).where(addresses.c.id == address_id)).one()


def change(tx: Tx, address_id: int, values: Mapping[str, Any]) -> None:
    changing.change(tx, addresses, address_id, values)


_OURS = Prepared(
    select(addresses.c.id, addresses.c.channel, addresses.c.address).where(_is_ours).order_by(addresses.c.id)
)


def ours(tx: Tx) -> dict[tuple[str, str | None], int]:
    """The ids of those that we know as phones of our own, by channel and number."""
    return {(row.channel, row.address): row.id for row in _OURS.rows(tx, {})}


_TO_ERASE = Look(select(addresses.c.id).where(addresses.c.erase_at <= NOW).order_by(addresses.c.erase_at))


def due_for_erasure(tx: Tx, now: datetime, limit: int) -> list[int]:
    """Ids of addresses whose unfinished join has lapsed."""
    return _TO_ERASE.ids(tx, limit, now=now)
