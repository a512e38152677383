"""Questions: what somebody asked that a person of ours must answer. A question is answered or closed, never dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
    func,
    insert,
    select,
    update,
)

from storage import changing
from storage.belonging import Whose, rows_of
from storage.look import NOW, Look
from storage.outbox import NOT_SENT, OutState, messages_out
from storage.schema import Record, among, metadata
from storage.store import Tx
from storage.types import Code, Id, Instant, Sealed, Token


class QuestionState(StrEnum):
    OPEN = "open"
    AUTOMATIC = "automatic"  # a stock answer went by itself: a person has still to read it
    ANSWERED = "answered"
    CLOSED = "closed"  # it needs no answer, and somebody said why


@dataclass(frozen=True, slots=True)
class Asking:
    """What is known of a question when it is asked: who, from where, their words, and where they stood."""

    message_id: int | None
    address_id: int
    person_id: int | None
    words: str
    asked: str | None
    language: str
    project_id: int | None = None
    meeting_id: int | None = None


questions = Table(
    "questions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False, unique=True),
    Column("message_id", Id, ForeignKey("messages_in.id")),
    Column("address_id", Id, ForeignKey("addresses.id"), nullable=False, index=True),
    Column("person_id", Id, ForeignKey("people.id"), index=True),
    Column("words", Sealed("questions.words")),
    # The flow and step at which they asked; nothing: no question of ours was open.
    Column("asked", Code),
    # What the conversation was about.
    Column("project_id", Id, ForeignKey("projects.id")),
    Column("meeting_id", Id, ForeignKey("meetings.id"), index=True),
    Column("language", Code, nullable=False),
    Column("state", Code, nullable=False),
    # Whose it is; nobody's is everybody's.
    Column("owner_id", Id, ForeignKey("staff.id"), index=True),
    # How often they asked it.
    Column("times", Integer, nullable=False, default=1),
    Column("opened_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    # By when they were told that we answer; nothing: they were not told.
    Column("promised_until", Instant),
    # A day that they were told passed without an answer, before they were told another.
    Column("missed", Boolean, nullable=False, default=False, server_default=false()),
    # "We don't know yet": it comes back then by itself.
    Column("back_at", Instant),
    # Somebody was reminded that it is late, or back.
    Column("climbed_at", Instant),
    Column("answer_id", Id, ForeignKey("messages_out.id"), index=True),
    # We could not text them: what became a call or a letter.
    Column("task_id", Id, ForeignKey("tasks.id")),
    Column("answered_by", Id, ForeignKey("staff.id")),
    Column("answered_at", Instant),
    # The answer that was sent did not arrive.
    Column("lost", Boolean, nullable=False, default=False),
    # Why it needs no answer.
    Column("why_closed", Sealed("questions.why_closed")),
)
TO_DO = (QuestionState.OPEN, QuestionState.AUTOMATIC)
# Written into the statement, since an index on part of a table serves no bound value.
IS_OPEN = among(questions.c.state, TO_DO)
Index("ix_questions_open", questions.c.due_at, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN)
Index("ix_questions_answered_at", questions.c.answered_at)


def add(tx: Tx, asking: Asking, **values: Any) -> Record:
    """Keep a question that somebody asked; returns its row."""
    told = {name: getattr(asking, name) for name in Asking.__slots__}
    return tx.execute(insert(questions).values(**told, **values).returning(questions)).one()


def get(tx: Tx, question_id: int) -> Record:
    return tx.execute(select(questions).where(questions.c.id == question_id)).one()


def change(tx: Tx, question_id: int, values: Mapping[str, Any]) -> None:
    changing.change(tx, questions, question_id, values)


def changed(tx: Tx, question_id: int, values: Mapping[str, Any]) -> Record:
    """Write these values; returns the row as it is now."""
    return changing.changed(tx, questions, question_id, values)


def open_at(tx: Tx, address_id: int) -> list[Record]:
    """The questions from there that wait for a person, the newest first."""
    found = select(questions).where(questions.c.address_id == address_id, IS_OPEN)
    return list(tx.execute(found.order_by(questions.c.id.desc()).limit(100)))


def is_open_about(tx: Tx, whose: Whose) -> bool:
    """Whether anything that this person asked, or may have asked, waits for an answer."""
    found = select(questions.c.id).where(rows_of(whose, questions, questions.c.opened_at), IS_OPEN)
    return tx.execute(found.limit(1)).first() is not None


def is_open_at(tx: Tx, address_id: int) -> bool:
    found = select(questions.c.id).where(questions.c.address_id == address_id, IS_OPEN)
    return tx.execute(found.limit(1)).first() is not None


def open_count(tx: Tx) -> int:
    """How many wait for a person."""
    return int(tx.execute(select(func.count()).select_from(questions).where(IS_OPEN)).scalar_one())


def late(tx: Tx, now: datetime, limit: int) -> list[int]:
    """Ids of open ones whose time has passed and of which nobody was reminded since, the latest first."""
    return _LATE.ids(tx, limit, now=now)


_COMING_BACK = Look(select(questions.c.id).where(IS_OPEN, questions.c.back_at <= NOW).order_by(questions.c.back_at))
_LATE = Look(
    select(questions.c.id)
    .where(IS_OPEN, questions.c.due_at <= NOW, questions.c.climbed_at.is_(None))
    .order_by(questions.c.due_at)
)
_LOST_ANSWERS = Look(
    select(questions.c.id)
    .join(messages_out, messages_out.c.id == questions.c.answer_id)
    .where(
        questions.c.state == QuestionState.ANSWERED,
        questions.c.answered_at > bindparam("since"),
        among(messages_out.c.state, (*NOT_SENT, OutState.UNKNOWN)),
    )
    .order_by(questions.c.id)
)


def coming_back(tx: Tx, now: datetime, limit: int) -> list[int]:
    """Ids of those that were put off until now."""
    return _COMING_BACK.ids(tx, limit, now=now)


def with_lost_answers(tx: Tx, since: datetime, limit: int) -> list[int]:
    """Ids of those answered since then whose answer did not get through, or of which nobody knows."""
    return _LOST_ANSWERS.ids(tx, limit, since=since)


def of_owner(tx: Tx, owner_id: int, limit: int) -> list[Record]:
    """What this colleague has to answer now, the most urgent first."""
    theirs = select(questions).where(
        questions.c.state == QuestionState.OPEN, questions.c.owner_id == owner_id, questions.c.back_at.is_(None)
    )
    return list(tx.execute(theirs.order_by(questions.c.due_at, questions.c.id).limit(limit)))


_BLANK = {"words": None, "person_id": None, "why_closed": None}


def blank(tx: Tx, address_id: int) -> None:
    """Erase the words of every question from there, and keep that there was one."""
    tx.execute(update(questions).where(questions.c.address_id == address_id).values(_BLANK))


def blank_of(tx: Tx, whose: Whose) -> None:
    """Erase what this person asked, or may have asked, at an address that others share."""
    tx.execute(update(questions).where(rows_of(whose, questions, questions.c.opened_at)).values(_BLANK))
