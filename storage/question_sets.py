"""Question sets: what coordinators ask, built without code. A version is never changed: saving adds the next one.

Answers hang on the version that was asked.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    Table,
    delete,
    exists,
    insert,
    or_,
    select,
    update,
)

from storage.addresses import HELD_FOR_DANGER, addresses
from storage.people import Part, PersonState, people
from storage.projects import projects
from storage.reach import reach
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
    # As flows.question_set.QuestionSet writes itself down.
    Column("questions", SealedJson("question_sets.questions"), nullable=False),
    Column("made_by", Id, ForeignKey("staff.id")),
    Column("made_at", Instant, nullable=False),
    # Which of ours it is, where we ship it: its next version comes with our next words.
    Column("standard", Code, index=True),
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


def versions(tx: Tx, token: str) -> list[Record]:
    """Every version of that set, newest first."""
    found = select(question_sets).where(question_sets.c.token == token).order_by(question_sets.c.version.desc())
    return list(tx.execute(found))


def in_use(tx: Tx) -> list[Record]:
    """The newest version of each set of the team that is not closed, newest first. Those that we ship are not there."""
    own = question_sets.c.closed_at.is_(None), question_sets.c.standard.is_(None)
    found = select(question_sets).where(*own).order_by(question_sets.c.version.desc())
    by_set: dict[str, Record] = {}
    for row in tx.execute(found):
        by_set.setdefault(row.token, row)
    return sorted(by_set.values(), key=lambda row: int(row.id), reverse=True)


def close(tx: Tx, token: str, now: datetime) -> None:
    """Nobody asks it any more, in any version."""
    tx.execute(update(question_sets).where(question_sets.c.token == token).values(closed_at=now))


def put_in_projects(tx: Tx, token: str, set_id: int | None) -> None:
    """Whichever project asks a version of that set asks this one from now on; None: no set at all."""
    every = select(question_sets.c.id).where(question_sets.c.token == token)
    tx.execute(update(projects).where(projects.c.question_set_id.in_(every)).values(question_set_id=set_id))


def answer(tx: Tx, **values: Any) -> None:
    """Keep this answer in place of what this person answered to it before."""
    same = [set_answers.c[name] == values[name] for name in ("set_id", "project_id", "person_id", "question")]
    tx.execute(delete(set_answers).where(*same))
    tx.execute(insert(set_answers).values(**values))


def answers(tx: Tx, set_ids: Collection[int], project_id: int | None) -> list[Record]:
    """Members' answers to these versions for this project (None: for no project), oldest first.

    `covered`: something is held about who answered, or where they write from. Staff, partners and who has left are
    not among them.
    """
    found = (
        select(set_answers, _is_covered().label("covered"))
        .join(people, people.c.id == set_answers.c.person_id)
        .where(
            set_answers.c.set_id.in_(list(set_ids)),
            set_answers.c.project_id == project_id,
            people.c.state == PersonState.MEMBER,
            people.c.part == Part.MEMBER,
        )
    )
    return list(tx.execute(found.order_by(set_answers.c.at, set_answers.c.id)))


def _is_covered() -> ColumnElement[bool]:
    there = exists().where(
        reach.c.person_id == people.c.id,
        addresses.c.id == reach.c.address_id,
        addresses.c.held == HELD_FOR_DANGER,
    )
    return or_(people.c.held.is_not(None), there)


def answered_for(tx: Tx, set_ids: Collection[int]) -> list[int | None]:
    """The projects for which anybody answered these versions; None stands for no project."""
    found = select(set_answers.c.project_id).where(set_answers.c.set_id.in_(list(set_ids))).distinct()
    return list(tx.execute(found.order_by(set_answers.c.project_id)).scalars())


def who(tx: Tx, person_ids: Collection[int]) -> dict[int, Record]:
    """Token and name of these people, by id."""
    found = select(people.c.id, people.c.token, people.c.name).where(people.c.id.in_(list(person_ids)))
    return {row.id: row for row in tx.execute(found)}


def keep_newest(tx: Tx, person_id: int) -> None:
    """Where somebody answered the same question twice, as two who turned out to be one, the newer answer stays."""
    theirs = select(set_answers).where(set_answers.c.person_id == person_id)
    seen: set[tuple[int, int | None, str]] = set()
    older = []
    for row in tx.execute(theirs.order_by(set_answers.c.at.desc(), set_answers.c.id.desc())):
        asked = row.set_id, row.project_id, row.question
        if asked in seen:
            older.append(row.id)
        seen.add(asked)
    if older:
        tx.execute(delete(set_answers).where(set_answers.c.id.in_(older)))


def forget(tx: Tx, person_id: int) -> None:
    tx.execute(delete(set_answers).where(set_answers.c.person_id == person_id))
