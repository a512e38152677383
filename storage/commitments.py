"""Commitments: "You said, we will". What was heard, what will happen because of it, who owns it, by when.

What is added here is never taken away: the first date and every change stay.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Table, delete, insert, select

from storage import changing
from storage.schema import Record, constant, metadata
from storage.store import Tx
from storage.types import Code, Id, Instant, Sealed, SealedJson, Token


class CommitmentKind(StrEnum):
    WILL = "will"
    CANNOT = "cannot"  # "we can't, because"


class CommitmentState(StrEnum):
    DRAFT = "draft"
    WAITING = "waiting"  # the co-chairs have to say yes to it
    OPEN = "open"  # it is promised
    DONE = "done"  # so say staff: those who said it have not answered yet
    KEPT = "kept"  # so say those who said it
    NOT_CONFIRMED = "not_confirmed"  # nobody who said it answered in 14 days
    CANNOT = "cannot"  # told as "we can't, because"
    STOPPED = "stopped"  # it will not be kept after all: everybody is told why


# In which it is still to be done, or to be confirmed.
GOES_ON = frozenset({CommitmentState.OPEN, CommitmentState.DONE})
# In which anybody but the team may know of it.
PROMISED = frozenset(CommitmentState) - {CommitmentState.DRAFT, CommitmentState.WAITING}


class What(StrEnum):
    """What happened to one."""

    MADE = "made"
    WORDS = "words"
    ASKED = "asked"  # the co-chairs are asked
    TAKEN_BACK = "taken_back"  # they are asked no more: it is a draft again
    PROMISED = "promised"
    MOVED = "moved"  # to another day: `before` and `after`
    OWNER = "owner"
    DONE = "done"
    KEPT = "kept"
    NOT_KEPT = "not_kept"  # somebody who said it says that it is not so: it is open again
    NOT_CONFIRMED = "not_confirmed"
    CANNOT = "cannot"
    STOPPED = "stopped"
    NAGGED = "nagged"  # its owner was told that it is late


class Event(StrEnum):
    """What people are told of one."""

    PROMISED = "promised"
    CANNOT = "cannot"
    MOVED = "moved"
    DONE = "done"
    KEPT = "kept"
    NOT_CONFIRMED = "not_confirmed"
    STOPPED = "stopped"


class Part(StrEnum):
    """As whom somebody is told: only those who said it are asked whether it is right."""

    SAID = "said"
    CAME = "came"


class TellingState(StrEnum):
    WAITING = "waiting"
    TOLD = "told"
    JOINED = "joined"  # a newer one of the same commitment was told in its place
    RUNG = "rung"  # they do not text: a call or a letter
    LEFT_OUT = "left_out"


commitments = Table(
    "commitments",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False, unique=True),
    Column("kind", Code, nullable=False),
    Column("state", Code, nullable=False, index=True),
    Column("project_id", Id, ForeignKey("projects.id"), index=True),
    Column("meeting_id", Id, ForeignKey("meetings.id"), index=True),
    # What is written about it, each a wording (language to text): title, heard, will, why (we can't), outcome (what
    # was done). All but the outcome are as they were approved.
    Column("words", SealedJson("commitments.words"), nullable=False),
    Column("owner_id", Id, ForeignKey("staff.id"), index=True),
    # The day that was promised first, and the one that holds now.
    Column("first_on", Code),
    Column("due_on", Code),
    Column("promised_at", Instant),
    Column("done_at", Instant),
    Column("done_by", Id, ForeignKey("staff.id")),
    # When it was kept, or given up, or left unconfirmed.
    Column("settled_at", Instant),
    # When its owner was last told that it is late.
    Column("nagged_at", Instant),
    Column("created_by", Id, ForeignKey("staff.id")),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
)

commitment_changes = Table(
    "commitment_changes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("commitment_id", Id, ForeignKey("commitments.id"), nullable=False, index=True),
    Column("what", Code, nullable=False),
    Column("before", Code),
    Column("after", Code),
    Column("why", SealedJson("commitment_changes.why")),  # a wording: those who are told of it read it
    Column("staff_id", Id, ForeignKey("staff.id")),
    Column("at", Instant, nullable=False),
)

# Where it came from: an answer, somebody who said it, or both.
commitment_sources = Table(
    "commitment_sources",
    metadata,
    Column("id", Id, primary_key=True),
    Column("commitment_id", Id, ForeignKey("commitments.id"), nullable=False, index=True),
    Column("meeting_id", Id, ForeignKey("meetings.id")),
    # Of `feedback`; no foreign key, since responses are written anew when they are mixed.
    Column("feedback_id", Id, index=True),
    Column("question", Code),
    # Who said it; nothing, where no name is kept.
    Column("person_id", Id, ForeignKey("people.id"), index=True),
    Column("at", Instant, nullable=False),
)

tellings = Table(
    "tellings",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False, unique=True),
    Column("commitment_id", Id, ForeignKey("commitments.id"), nullable=False, index=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("event", Code, nullable=False),
    Column("part", Code, nullable=False),
    Column("state", Code, nullable=False),
    Column("why", Code),
    Column("row_id", Id, ForeignKey("messages_out.id")),
    # What they said to it: yes, no, or nothing yet.
    Column("answer", Code),
    Column("answered_at", Instant),
    Column("at", Instant, nullable=False),
    # Nothing is said before then: something else is being asked there, or their week is full.
    Column("later_at", Instant),
    Column("told_at", Instant),
)
_waits = tellings.c.state == constant(TellingState.WAITING)
Index("ix_tellings_waiting", tellings.c.person_id, tellings.c.at, sqlite_where=_waits, postgresql_where=_waits)
Index("ix_tellings_row_id", tellings.c.row_id)
_told = tellings.c.state == constant(TellingState.TOLD)
Index("ix_tellings_told_at", tellings.c.told_at, sqlite_where=_told, postgresql_where=_told)

# What people said to what they were told: "that's not what I meant", "thank you", "still not fixed".
commitment_replies = Table(
    "commitment_replies",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False, unique=True),
    Column("commitment_id", Id, ForeignKey("commitments.id"), nullable=False, index=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("message_id", Id, ForeignKey("messages_in.id")),
    Column("entered_by", Id, ForeignKey("staff.id")),
    Column("means", Code, nullable=False),
    Column("words", Sealed("commitment_replies.words")),
    Column("at", Instant, nullable=False),
    Column("seen_by", Id, ForeignKey("staff.id")),
    Column("seen_at", Instant),
)


def add(tx: Tx, **values: Any) -> Record:
    return tx.execute(insert(commitments).values(**values).returning(commitments)).one()


def get(tx: Tx, commitment_id: int) -> Record:
    return tx.execute(select(commitments).where(commitments.c.id == commitment_id)).one()


def locked(tx: Tx, commitment_id: int) -> Record:
    """The same; nobody else changes it before this transaction ends."""
    return tx.execute(select(commitments).where(commitments.c.id == commitment_id).with_for_update()).one()


def by_token(tx: Tx, token: str) -> Record | None:
    return tx.execute(select(commitments).where(commitments.c.token == token)).one_or_none()


def these(tx: Tx, ids: Collection[int]) -> dict[int, Record]:
    """By id."""
    found = tx.execute(select(commitments).where(commitments.c.id.in_(list(ids)))) if ids else ()
    return {row.id: row for row in found}


def in_states(tx: Tx, states: Collection[CommitmentState], limit: int = 2000) -> list[Record]:
    """Those that stand so, the one that is due first first."""
    found = select(commitments).where(commitments.c.state.in_(sorted(states)))
    return list(tx.execute(found.order_by(commitments.c.due_on, commitments.c.id).limit(limit)))


def change(tx: Tx, commitment_id: int, values: Mapping[str, Any]) -> Record:
    """Write these values; returns it as it is now."""
    return changing.changed(tx, commitments, commitment_id, values)


def remove(tx: Tx, commitment_id: int) -> None:
    """Delete a draft with all that is kept of it. What was ever more than a draft stays, whoever asks."""
    draft = (commitments.c.id == commitment_id) & (commitments.c.state == CommitmentState.DRAFT)
    its = select(commitments.c.id).where(draft)
    for table in (commitment_sources, commitment_changes):
        tx.execute(delete(table).where(table.c.commitment_id.in_(its)))
    tx.execute(delete(commitments).where(draft))


def note_change(
    tx: Tx,
    commitment_id: int,
    what: What,
    at: datetime,
    *,
    before: str | None = None,
    after: str | None = None,
    why: Mapping[str, str] | None = None,
    staff_id: int | None = None,
) -> None:
    """Add what happened to what happened before."""
    told = {"before": before, "after": after, "why": why, "staff_id": staff_id, "at": at}
    tx.execute(insert(commitment_changes).values(commitment_id=commitment_id, what=what, **told))


def changes(tx: Tx, commitment_id: int) -> list[Record]:
    """What happened to it, the first first."""
    found = select(commitment_changes).where(commitment_changes.c.commitment_id == commitment_id)
    return list(tx.execute(found.order_by(commitment_changes.c.id)))


def add_source(tx: Tx, **values: Any) -> None:
    tx.execute(insert(commitment_sources).values(**values))


def sources(tx: Tx, commitment_id: int) -> list[Record]:
    found = select(commitment_sources).where(commitment_sources.c.commitment_id == commitment_id)
    return list(tx.execute(found.order_by(commitment_sources.c.id)))
