"""Approvals: who said yes or no to what was to go out, or to be agreed. An entry is added, never changed.

It is about words as they were: `words_key` is a keyed hash of them, so a change afterwards asks for a new approval.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, insert, select, update

from storage.schema import Record, metadata
from storage.store import Tx
from storage.types import Code, Id, Instant, Lookup, Sealed


class Subject(StrEnum):
    """What is approved; the id beside it is of that table."""

    BROADCAST = "broadcast"
    INVITATION = "invitation"  # a broadcast that invites to a project: both co-chairs approve it
    TERMS = "terms"
    AGENDA = "agenda"
    COMMITMENT = "commitment"
    LEDGER = "ledger"  # one commitment of the ledger: "You said, we will"


class Post(StrEnum):
    """As what somebody approves."""

    SECOND = "second"  # a second person of the team
    STAFF_CHAIR = "staff_chair"
    MEMBER_CHAIR = "member_chair"


class How(StrEnum):
    CONSOLE = "console"
    TEXT = "text"
    PRINT = "print"  # read on paper, and entered by a colleague


approvals = Table(
    "approvals",
    metadata,
    Column("id", Id, primary_key=True),
    Column("subject", Code, nullable=False),
    Column("subject_id", Id, nullable=False),
    Column("words_key", Lookup, nullable=False),
    Column("post", Code, nullable=False),
    Column("staff_id", Id, ForeignKey("staff.id")),
    Column("person_id", Id, ForeignKey("people.id"), index=True),
    Column("given", Boolean, nullable=False),
    Column("how", Code, nullable=False),
    Column("note", Sealed("approvals.note")),
    # How many people a broadcast would have reached then: a second person's yes is to about so many.
    Column("people", Integer),
    Column("message_id", Id, ForeignKey("messages_in.id")),
    Column("entered_by", Id, ForeignKey("staff.id")),
    Column("at", Instant, nullable=False),
)
Index("ix_approvals_subject", approvals.c.subject, approvals.c.subject_id)


def add(tx: Tx, **values: Any) -> int:
    """`words_key` is the words themselves."""
    return int(tx.execute(insert(approvals).values(**values).returning(approvals.c.id)).scalar_one())


def of(tx: Tx, subject: Subject, subject_id: int) -> list[Record]:
    """Every entry about it, oldest first."""
    about = approvals.c.subject == subject, approvals.c.subject_id == subject_id
    return list(tx.execute(select(approvals).where(*about).order_by(approvals.c.id)))


def of_words(tx: Tx, subject: Subject, subject_id: int, words: str) -> list[Record]:
    """Those about it with exactly these words, oldest first."""
    about = approvals.c.subject == subject, approvals.c.subject_id == subject_id, approvals.c.words_key == words
    return list(tx.execute(select(approvals).where(*about).order_by(approvals.c.id)))


def blank_of(tx: Tx, person_id: int) -> None:
    """The words of somebody who is erased; that the post said yes or no stays."""
    tx.execute(update(approvals).where(approvals.c.person_id == person_id).values(note=None))
