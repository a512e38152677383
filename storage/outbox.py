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
    and_,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    select,
    update,
)

from storage import changing
from storage.prepared import Prepared
from storage.schema import Record, constant, metadata
from storage.store import Tx
from storage.types import Code, Id, Instant, Lookup, Sealed, SealedJson, Token


class Priority(IntEnum):
    """Who goes first when several wait: the smaller number."""

    REPLY = 1
    SAFETY = 2
    REMINDER = 3  # of what they said yes to: no weekly cap counts it
    INVITATION = 4
    BULK = 5


class OutState(StrEnum):
    QUEUED = "queued"
    HELD = "held"  # its broadcast is held: it may be queued again
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
    Column("conversation_id", Id, ForeignKey("conversations.id")),
    Column("answers_id", Id, ForeignKey("messages_in.id")),
    # One message for many: its words are taken from there at the claim.
    Column("broadcast_id", Id, ForeignKey("broadcasts.id")),
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
    Column("provider_key", Lookup),
    Column("problem", Code),
    # It did not arrive there, and goes another way, or once more.
    Column("instead_of", Id, ForeignKey("messages_out.id")),
    # What it costs us to send, in tenths of a penny; known once it was claimed.
    Column("cost", Integer),
    # A file for the calendar goes with it: of the RSVP that has this id.
    Column("calendar_id", Id, ForeignKey("rsvps.id")),
    # Who of the team wrote it; nobody: a flow did.
    Column("staff_id", Id, ForeignKey("staff.id")),
    Column("created_at", Instant, nullable=False),
)
queued = messages_out.c.state == constant(OutState.QUEUED)
sending = messages_out.c.state == constant(OutState.SENDING)
Index(
    "ix_messages_out_due",
    messages_out.c.sender,
    messages_out.c.priority,
    messages_out.c.due_at,
    messages_out.c.id,  # a broadcast is due at one moment: PostgreSQL would put all of it in order for each claim
    sqlite_where=queued,
    postgresql_where=queued,
)
Index("ix_messages_out_sending", messages_out.c.address_id, sqlite_where=sending, postgresql_where=sending)
# What has not been claimed yet.
waits = messages_out.c.state.in_([constant(OutState.QUEUED), constant(OutState.HELD)])
_unknown = messages_out.c.state == constant(OutState.UNKNOWN)
Index("ix_messages_out_unknown", messages_out.c.settled_at, sqlite_where=_unknown, postgresql_where=_unknown)
Index("ix_messages_out_address_id", messages_out.c.address_id, messages_out.c.id)
# Most rows of a broadcast have no conversation and no provider's name yet: they cost no place in these.
for _name in ("conversation_id", "broadcast_id", "provider_key", "instead_of", "calendar_id"):
    _known = messages_out.c[_name].is_not(None)
    Index(f"ix_messages_out_{_name}", messages_out.c[_name], sqlite_where=_known, postgresql_where=_known)
# What nobody asked for, by whom it went to and when: the weekly cap.
is_unasked = messages_out.c.priority >= literal_column(str(int(Priority.INVITATION)))
_unasked = and_(is_unasked, messages_out.c.claimed_at.is_not(None))
for _name, _by in (("unasked", "address_id"), ("unasked_person", "person_id")):
    Index(
        f"ix_messages_out_{_name}",
        messages_out.c[_by],
        messages_out.c.claimed_at,
        sqlite_where=_unasked,
        postgresql_where=_unasked,
    )
_ends = and_(queued, messages_out.c.expires_at.is_not(None))
Index("ix_messages_out_expires_at", messages_out.c.expires_at, sqlite_where=_ends, postgresql_where=_ends)
_handed = messages_out.c.state == constant(OutState.ACCEPTED)
Index(
    "ix_messages_out_handed",
    messages_out.c.sender,
    messages_out.c.settled_at,
    sqlite_where=_handed,
    postgresql_where=_handed,
)

_insert = Prepared(insert(messages_out).returning(messages_out.c.id))
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
_states = (
    select(
        *_ABOUT,
        messages_out.c.provider_id,
        messages_out.c.due_at,
        messages_out.c.attempts,
        messages_out.c.expires_at,
        messages_out.c.halted,
        messages_out.c.cost,
        messages_out.c.claimed_at,
        messages_out.c.broadcast_id,
    )
    .where(messages_out.c.id.in_(bindparam("these", expanding=True)))
    .with_for_update()
)
SETTLED = ("state", "provider_id", "provider_key", "problem", "due_at", "settled_at", "attempts")
_settle = (
    update(messages_out)
    .where(messages_out.c.id == bindparam("which"))
    .values({name: bindparam(f"new_{name}") for name in SETTLED})
)


_take_back = Prepared(
    update(messages_out)
    .where(messages_out.c.instead_of == bindparam("lost"), waits)
    .values(state=constant(OutState.CANCELED), settled_at=bindparam("now"))
    .returning(messages_out.c.id)
)
_find_by = {
    column: Prepared(
        select(*_ABOUT, messages_out.c.provider_id)
        .where(messages_out.c[column] == bindparam("name"))
        .limit(1)
        .with_for_update()
    )
    for column in ("token", "provider_key")
}

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
    tx.execute(delete(messages_out).where(messages_out.c.id == row_id, queued))


def get(tx: Tx, row_id: int) -> Record:
    return tx.execute(select(messages_out).where(messages_out.c.id == row_id)).one()


def tried(tx: Tx, row: Record) -> set[int]:
    """Ids of the addresses to which this message went already."""
    there = {row.address_id}
    while row.instead_of is not None:
        row = get(tx, row.instead_of)
        there.add(row.address_id)
    return there


def take_back(tx: Tx, row_id: int, now: datetime) -> bool:
    """Cancel what waits instead of this message. Whether something did."""
    return bool(_take_back.rows(tx, {"lost": row_id, "now": now}))


def close(tx: Tx, ids: Collection[int], state: OutState, now: datetime, **more: Any) -> list[Record]:
    """Settle rows that will not be sent, or of which nobody knows. Returns what they tell of themselves."""
    closed = update(messages_out).where(messages_out.c.id.in_(ids)).values(state=state, settled_at=now, **more)
    return list(tx.execute(closed.returning(*_ABOUT)))


def states(tx: Tx, ids: Collection[int]) -> dict[int, Record]:
    return {row.id: row for row in tx.execute(_states, {"these": list(ids)})}


def settle(tx: Tx, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write outcomes: each row has its id, and the columns of SETTLED."""
    values = [
        {"which": row["id"], **{f"new_{name}": value for name, value in row.items() if name != "id"}} for row in rows
    ]
    if values:
        tx.execute(_settle, values)


def find(tx: Tx, *, token: str | None, provider_id: str | None) -> Record | None:
    """The row that a receipt is about: by our own token, else by the provider's name for it."""
    for column, name in (("token", token), ("provider_key", provider_id)):
        if name and (found := _find_by[column].first(tx, {"name": name})):
            return found
    return None


def is_named(tx: Tx, provider_id: str) -> bool:
    """Whether a message of ours has this provider's name."""
    named = select(messages_out.c.id).where(messages_out.c.provider_key == provider_id)
    return tx.execute(named.limit(1)).first() is not None


def advance(tx: Tx, row_id: int, values: Mapping[str, Any]) -> None:
    changing.change(tx, messages_out, row_id, values)


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
