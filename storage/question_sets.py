"""Question sets: what coordinators ask, built without code. A version is never changed: saving adds the next one.

Answers hang on the version that was asked.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, delete, insert, select, update

from storage.schema import Record, metadata
from storage.store import Tx
from storage.types import Code, Id, Instant, Sealed, SealedJson, Token

question_sets = Table(
    "question_sets",
    metadata,
    Column("id", Id, primary_key=True),
    # Shared by all versions of one set.
    Column("token", Token, nullable=False),
    Column("version", Integer, nullable=False),
    Column("name", Sealed("question_sets.name"), nullable=False),
    # As bank.question_sets.Question writes itself down, in the order in which they are asked.
    Column("questions", SealedJson("question_sets.questions"), nullable=False),
    Column("made_by", Id, ForeignKey("staff.id")),
    Column("made_at", Instant, nullable=False),
    Column("closed_at", Instant),
)
Index("uq_question_sets_version", question_sets.c.token, question_sets.c.version, unique=True)

set_answers = Table(
    "set_answers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("set_id", Id, ForeignKey("question_sets.id"), nullable=False),
    Column("project_id", Id, ForeignKey("projects.id")),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    # "q1" is the first.
    Column("question", Code, nullable=False),
    Column("value", SealedJson("set_answers.value")),
    Column("message_id", Id, ForeignKey("messages_in.id")),
    Column("entered_by", Id, ForeignKey("staff.id")),
    Column("at", Instant, nullable=False),
)
Index("ix_set_answers_project", set_answers.c.project_id, set_answers.c.set_id, set_answers.c.question)


def add(tx: Tx, **values: Any) -> Record:
    return tx.execute(insert(question_sets).values(**values).returning(question_sets)).one()


def get(tx: Tx, set_id: int) -> Record | None:
    return tx.execute(select(question_sets).where(question_sets.c.id == set_id)).one_or_none()


def newest(tx: Tx, token: str) -> Record | None:
    """The newest version of that set."""
    found = select(question_sets).where(question_sets.c.token == token).order_by(question_sets.c.version.desc())
    return tx.execute(found.limit(1)).one_or_none()


def in_use(tx: Tx) -> list[Record]:
    """The newest version of each set that is not closed, newest first."""
    found = select(question_sets).where(question_sets.c.closed_at.is_(None)).order_by(question_sets.c.version.desc())
    by_set: dict[str, Record] = {}
    for row in tx.execute(found):
        by_set.setdefault(row.token, row)
    return sorted(by_set.values(), key=lambda row: int(row.id), reverse=True)


def close(tx: Tx, token: str, now: Any) -> None:
    """Nobody asks it any more, in any version."""
    tx.execute(update(question_sets).where(question_sets.c.token == token).values(closed_at=now))


def answer(tx: Tx, **values: Any) -> None:
    """Keep this answer in place of what this person answered to it before."""
    same = [set_answers.c[name] == values[name] for name in ("set_id", "project_id", "person_id", "question")]
    tx.execute(delete(set_answers).where(*same))
    tx.execute(insert(set_answers).values(**values))


def answers(tx: Tx, set_id: int, project_id: int | None) -> list[Record]:
    """All answers to this version for this project, by person and question."""
    here = set_answers.c.set_id == set_id, set_answers.c.project_id == project_id
    return list(tx.execute(select(set_answers).where(*here).order_by(set_answers.c.person_id, set_answers.c.question)))


def forget(tx: Tx, person_id: int) -> None:
    tx.execute(delete(set_answers).where(set_answers.c.person_id == person_id))
