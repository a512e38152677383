"""Tasks: what a person of ours must do, with a due time. A task is closed, never dropped."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Table, func, insert, select, update

from storage.belonging import Whose, rows_of
from storage.schema import Record, metadata
from storage.store import Tx
from storage.types import Code, Id, Instant, Sealed, Token


class TaskKind(StrEnum):
    SAFEGUARDING = "safeguarding"  # somebody may be in danger
    CALL = "call"
    QUESTION = "question"
    READ = "read"  # a message that nothing consumed
    UNDER_18 = "under_18"
    WRONG_PERSON = "wrong_person"
    BEREAVEMENT = "bereavement"
    LANGUAGE = "language"
    CARE = "care"  # something went wrong with care or services, and they want it passed on
    PLAIN = "plain"  # somebody asked for easier words: who wrote the text should know


tasks = Table(
    "tasks",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False, unique=True),
    Column("kind", Code, nullable=False),
    Column("address_id", Id, ForeignKey("addresses.id"), index=True),
    Column("person_id", Id, ForeignKey("people.id"), index=True),
    Column("message_id", Id, ForeignKey("messages_in.id")),
    Column("words", Sealed("tasks.words")),
    # Whose it is by its kind, where the settings name a person or a post.
    Column("owner", Sealed("tasks.owner")),
    Column("opened_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("closed_at", Instant),
)
_open = tasks.c.closed_at.is_(None)
Index("ix_tasks_open", tasks.c.due_at, sqlite_where=_open, postgresql_where=_open)


def add(tx: Tx, **values: Any) -> int:
    return int(tx.execute(insert(tasks).values(**values).returning(tasks.c.id)).scalar_one())


def waiting(tx: Tx, limit: int = 1000) -> list[Record]:
    """What is open, safeguarding first, then by when it is due."""
    first = (tasks.c.kind != TaskKind.SAFEGUARDING).asc()
    return list(tx.execute(select(tasks).where(_open).order_by(first, tasks.c.due_at, tasks.c.id).limit(limit)))


def open_count(tx: Tx) -> dict[str, int]:
    counts = select(tasks.c.kind, func.count()).where(_open).group_by(tasks.c.kind)
    return {row[0]: row[1] for row in tx.execute(counts)}


def open_at(tx: Tx, address_id: int, kind: TaskKind | None = None) -> Record | None:
    """The newest open task about this address, of this kind when one is named."""
    found = select(tasks).where(tasks.c.address_id == address_id, _open)
    if kind is not None:
        found = found.where(tasks.c.kind == kind)
    return tx.execute(found.order_by(tasks.c.id.desc()).limit(1)).one_or_none()


def is_named(tx: Tx, token: str) -> bool:
    """Whether there is a task of that name, open or closed."""
    return tx.execute(select(tasks.c.id).where(tasks.c.token == token)).first() is not None


def note(tx: Tx, task_id: int, words: str) -> None:
    """Put these words in the item."""
    tx.execute(update(tasks).where(tasks.c.id == task_id).values(words=words))


def open_about(tx: Tx, whose: Whose) -> bool:
    """Whether anything still to be done is about this person, or may be."""
    found = select(tasks.c.id).where(rows_of(whose, tasks, tasks.c.opened_at), _open)
    return tx.execute(found.limit(1)).first() is not None


def close(tx: Tx, task_id: int, now: datetime) -> None:
    tx.execute(update(tasks).where(tasks.c.id == task_id).values(closed_at=now))


_BLANK = {"words": None, "person_id": None}


def blank(tx: Tx, address_id: int) -> None:
    """Erase the words beside everything that was to be done there, and keep that there was something."""
    tx.execute(update(tasks).where(tasks.c.address_id == address_id).values(_BLANK))


def blank_of(tx: Tx, whose: Whose) -> None:
    """Erase the words beside what was about this person, or may have been."""
    tx.execute(update(tasks).where(rows_of(whose, tasks, tasks.c.opened_at)).values(_BLANK))
