"""The outbox: everything we say is a row here first, replies included."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from storage import changing
from storage.addresses import addresses
from storage.prepared import Prepared
from storage.schema import Record, constant, metadata
from storage.store import Tx
from storage.types import Code, Id, Instant, Lookup, Sealed, SealedJson, Token


class Priority(IntEnum):
    """Who goes first when several wait: the smaller number."""

    REPLY = 1
    SAFETY = 2
    INVITATION = 3
    BULK = 4


class OutState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"  # claimed and committed before the call; the call may be under way
    ACCEPTED = "accepted"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    CANCELED = "canceled"  # by us before the call, or at the provider
    EXPIRED = "expired"
    UNKNOWN = "unknown"  # nobody knows whether it went: never blindly sent again


messages_out = Table(
    "messages_out",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False, unique=True),
    Column("address_id", Id, ForeignKey("addresses.id"), nullable=False),
    Column("person_id", Id, ForeignKey("people.id")),
    Column("conversation_id", Id, ForeignKey("conversations.id"), index=True),
    Column("answers_id", Id, ForeignKey("messages_in.id")),
    Column("sender", Code, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("wording", Code, nullable=False),
    Column("language", Code, nullable=False),
    Column("text", Sealed("messages_out.text")),
    Column("options", SealedJson("messages_out.options")),
    Column("one_line", Boolean, nullable=False, default=False),
    # Goes out though the address is stopped: the confirmation of STOP itself.
    Column("last_word", Boolean, nullable=False, default=False),
    Column("state", Code, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Column("claimed_at", Instant),
    Column("settled_at", Instant),
    Column("attempts", Integer, nullable=False, default=0),
    # Set by STOP on a row already claimed: the sender looks just before the call.
    Column("halted", Boolean, nullable=False, default=False),
    # The provider's name for it, and what finds it again: on Telegram it begins with the chat's number.
    Column("provider_id", Sealed("messages_out.provider_id")),
    Column("provider_key", Lookup, index=True),
    Column("problem", Code),
    # Who of the team wrote it; nobody: a flow did.
    Column("staff_id", Id, ForeignKey("staff.id")),
    Column("created_at", Instant, nullable=False),
)
_queued = messages_out.c.state == constant(OutState.QUEUED)
_sending = messages_out.c.state == constant(OutState.SENDING)
Index(
    "ix_messages_out_due",
    messages_out.c.sender,
    messages_out.c.priority,
    messages_out.c.due_at,
    sqlite_where=_queued,
    postgresql_where=_queued,
)
Index("ix_messages_out_sending", messages_out.c.address_id, sqlite_where=_sending, postgresql_where=_sending)
_unknown = messages_out.c.state == constant(OutState.UNKNOWN)
Index("ix_messages_out_unknown", messages_out.c.settled_at, sqlite_where=_unknown, postgresql_where=_unknown)
Index("ix_messages_out_address_id", messages_out.c.address_id, messages_out.c.id)

_insert = Prepared(insert(messages_out).returning(messages_out.c.id))
_under_way = messages_out.alias("under_way")
_older = messages_out.alias("older")
_due = (
    select(messages_out.c.id)
    .where(
        _queued,
        messages_out.c.sender == bindparam("from_sender"),
        messages_out.c.due_at <= bindparam("now"),
        messages_out.c.priority <= bindparam("lowest"),
        ~select(_under_way.c.id)
        .where(_under_way.c.address_id == messages_out.c.address_id, _under_way.c.state == constant(OutState.SENDING))
        .exists(),
        # An older one that was put off: an older one that is due before it comes before it anyway.
        ~select(_older.c.id)
        .where(
            _older.c.address_id == messages_out.c.address_id,
            _older.c.id < messages_out.c.id,
            _older.c.state == constant(OutState.QUEUED),
            _older.c.priority <= messages_out.c.priority,
            _older.c.due_at > messages_out.c.due_at,
        )
        .exists(),
    )
    .order_by(messages_out.c.priority, messages_out.c.due_at, messages_out.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_claimed = (
    select(
        messages_out,
        addresses.c.channel,
        addresses.c.address,
        addresses.c.state.label("address_state"),
        addresses.c.window_until,
        addresses.c.held,
        addresses.c.unsafe_until,
    )
    .join(addresses, addresses.c.id == messages_out.c.address_id)
    .where(_queued)
    .order_by(messages_out.c.priority, messages_out.c.due_at, messages_out.c.id)
)
# What a row tells of itself without a seal being broken.
_ABOUT = (
    messages_out.c.id,
    messages_out.c.token,
    messages_out.c.sender,
    messages_out.c.state,
    messages_out.c.address_id,
    messages_out.c.person_id,
    messages_out.c.answers_id,
    messages_out.c.wording,
)
SETTLED = ("state", "provider_id", "provider_key", "problem", "due_at", "settled_at", "attempts")
_settle = (
    update(messages_out)
    .where(messages_out.c.id == bindparam("which"))
    .values({name: bindparam(f"new_{name}") for name in SETTLED})
)


NOT_SENT = (OutState.CANCELED, OutState.FAILED, OutState.EXPIRED)
_was_sent = messages_out.c.state.not_in([constant(state) for state in NOT_SENT])
_last_words = Prepared(
    select(messages_out.c.wording, messages_out.c.text, messages_out.c.options)
    .where(
        messages_out.c.conversation_id == bindparam("conversation"),
        _was_sent,
    )
    .order_by(messages_out.c.id.desc())
    .limit(bindparam("most"))
)


def queue(tx: Tx, **values: Any) -> int:
    return int(_insert.one(tx, values).id)


def unsay(tx: Tx, row_id: int) -> None:
    """Take out a row that this very transaction has put in: it was never said."""
    tx.execute(delete(messages_out).where(messages_out.c.id == row_id, _queued))


def get(tx: Tx, row_id: int) -> Record:
    return tx.execute(select(messages_out).where(messages_out.c.id == row_id)).one()


def due(tx: Tx, sender: str, now: datetime, limit: int, lowest: Priority = Priority.BULK) -> list[int]:
    """Ids of the next rows to send, down to this priority.

    None for an address that has one under way, and none that would overtake an older one to the same address
    that was put off, unless it goes before that one by its priority.
    """
    given = {"from_sender": sender, "now": now, "most": limit, "lowest": lowest}
    return list(tx.execute(_due, given).scalars())


def waiting(tx: Tx, ids: Collection[int]) -> list[Record]:
    """Those of these rows that are queued still, with their address, in the order in which they are to go."""
    return list(tx.execute(_claimed.where(messages_out.c.id.in_(ids)))) if ids else []


def claim(tx: Tx, ids: Collection[int], now: datetime) -> None:
    tx.execute(
        update(messages_out)
        .where(messages_out.c.id.in_(ids), _queued)
        .values(state=OutState.SENDING, claimed_at=now, attempts=messages_out.c.attempts + 1)
    )


def close(tx: Tx, ids: Collection[int], state: OutState, now: datetime, **more: Any) -> list[Record]:
    """Settle rows that will not be sent, or of which nobody knows. Returns what they tell of themselves."""
    closed = update(messages_out).where(messages_out.c.id.in_(ids)).values(state=state, settled_at=now, **more)
    return list(tx.execute(closed.returning(*_ABOUT)))


def states(tx: Tx, ids: Collection[int]) -> dict[int, Record]:
    columns = select(
        *_ABOUT,
        messages_out.c.provider_id,
        messages_out.c.due_at,
        messages_out.c.attempts,
        messages_out.c.halted,
    )
    return {row.id: row for row in tx.execute(columns.where(messages_out.c.id.in_(ids)).with_for_update())}


def settle(tx: Tx, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write outcomes: each row has its id, and the columns of SETTLED."""
    values = [
        {"which": row["id"], **{f"new_{name}": value for name, value in row.items() if name != "id"}} for row in rows
    ]
    if values:
        tx.execute(_settle, values)


def find(tx: Tx, *, token: str | None, provider_id: str | None) -> Record | None:
    """The row that a receipt is about: by our own token, else by the provider's name for it."""
    columns = select(*_ABOUT, messages_out.c.provider_id)
    for column, value in ((messages_out.c.token, token), (messages_out.c.provider_key, provider_id)):
        if value and (found := tx.execute(columns.where(column == value).with_for_update()).first()):
            return found
    return None


def advance(tx: Tx, row_id: int, values: Mapping[str, Any]) -> None:
    changing.change(tx, messages_out, row_id, values)


def stop(tx: Tx, address_id: int, now: datetime) -> int:
    """Cancel everything queued for that address and mark what is already claimed. Returns how many were canceled."""
    there = messages_out.c.address_id == address_id
    canceled = tx.execute(
        update(messages_out).where(there, _queued).values(state=OutState.CANCELED, settled_at=now)
    ).rowcount
    tx.execute(update(messages_out).where(there, _sending).values(halted=True))
    return canceled


def stop_conversation(tx: Tx, conversation_id: int, now: datetime) -> None:
    """Cancel what is queued of this conversation, and mark what is already claimed."""
    of_it = messages_out.c.conversation_id == conversation_id
    canceled = {"state": OutState.CANCELED, "settled_at": now}
    tx.execute(update(messages_out).where(of_it, _queued).values(canceled))
    tx.execute(update(messages_out).where(of_it, _sending).values(halted=True))


def halted(tx: Tx, ids: Collection[int]) -> set[int]:
    """Which of these rows STOP has marked since they were claimed."""
    marked = select(messages_out.c.id).where(messages_out.c.id.in_(ids), messages_out.c.halted)
    return set(tx.execute(marked).scalars())


def last_words(tx: Tx, conversation_id: int, most: int) -> list[Record]:
    """What was last said in this conversation, newest first: the words that somebody agreed to."""
    return _last_words.rows(tx, {"conversation": conversation_id, "most": most})


def last_said(tx: Tx, address_id: int, wording: str, since: datetime) -> datetime | None:
    """When this was last said there in answer to a message, if it was since then."""
    answers = messages_out.c.answers_id.is_not(None)
    there = messages_out.c.address_id == address_id, messages_out.c.wording == wording, answers
    said = select(messages_out.c.created_at).where(*there, messages_out.c.created_at > since)
    return tx.execute(said.order_by(messages_out.c.id.desc()).limit(1)).scalar_one_or_none()


def at_address(tx: Tx, address_id: int) -> list[Record]:
    """Everything said there, oldest first."""
    said = select(messages_out).where(messages_out.c.address_id == address_id)
    return list(tx.execute(said.order_by(messages_out.c.id)))


def tally(tx: Tx) -> dict[str, int]:
    counts = select(messages_out.c.state, func.count()).group_by(messages_out.c.state)
    return {row[0]: row[1] for row in tx.execute(counts)}
