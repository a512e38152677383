"""Feedback: what is asked after a meeting or at the end of a project, and what each who answered said of it.

A response has a random number and no order. One without a name keeps what it is about and what was said, and neither
a person nor a time: as long as it is being given it is found by a random token, which only that conversation holds.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Table,
    UniqueConstraint,
    delete,
    false,
    insert,
    or_,
    select,
)

from storage import changing
from storage.schema import Record, metadata
from storage.store import Tx
from storage.types import Code, Id, Instant, SealedJson, Token


class About(StrEnum):
    """What somebody is asked about."""

    MEETING = "meeting"
    PROJECT = "project"  # its final evaluation
    BANK = "bank"  # everything else: the values, and what somebody tells us from nowhere


# What was asked together: one set of questions, about one thing.
feedback_rounds = Table(
    "feedback_rounds",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False, unique=True),
    Column("about", Code, nullable=False),
    Column("meeting_id", Id, ForeignKey("meetings.id"), unique=True),
    Column("project_id", Id, ForeignKey("projects.id"), index=True),
    # The version of the question set that is asked.
    Column("set_id", Id, ForeignKey("question_sets.id"), nullable=False),
    # Nobody's name is kept with what they say; else only where somebody asks for that.
    Column("anonymous", Boolean, nullable=False, default=False, server_default=false()),
    Column("opened_at", Instant, nullable=False),
    # Nobody is asked after it, and what is open then counts as far as it went.
    Column("closes_at", Instant),
    # Responses without a name were put in a new order then, all at once.
    Column("mixed_at", Instant),
    Column("created_by", Id, ForeignKey("staff.id")),
)

feedback = Table(
    "feedback",
    metadata,
    # Drawn at random: it says nothing of the order in which they came.
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("round_id", Id, ForeignKey("feedback_rounds.id"), nullable=False, index=True),
    # Nothing, where no name is kept.
    Column("person_id", Id, ForeignKey("people.id"), index=True),
    # By which one without a name is found while it is being given; then nothing.
    Column("open_token", Token, unique=True),
    # All was asked. Where no name is kept: it was mixed with enough others, and counts.
    Column("finished", Boolean, nullable=False, default=False, server_default=false()),
    Column("entered_by", Id, ForeignKey("staff.id")),
    Column("how", Code),
    # When they last answered; nothing, where no name is kept.
    Column("at", Instant),
    UniqueConstraint("round_id", "person_id"),
)

# With a name each counts as far as it went. Without, see `bank.mixing`.
counts = or_(feedback.c.person_id.is_not(None), feedback.c.finished)

feedback_answers = Table(
    "feedback_answers",
    metadata,
    # Of `feedback`; no foreign key, since all of a round are written anew when they are mixed.
    Column("feedback_id", Id, primary_key=True, autoincrement=False),
    # "q1" is the first of the set.
    Column("question", Code, primary_key=True),
    Column("value", SealedJson("feedback_answers.value")),
    sqlite_with_rowid=False,  # SQLite's own number of a row would tell the order
)

# The subjects that colleagues find in what people said.
themes = Table(
    "themes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False, unique=True),
    Column("name", SealedJson("themes.name"), nullable=False),  # a wording: it stands in reports
    Column("made_by", Id, ForeignKey("staff.id")),
    Column("made_at", Instant, nullable=False),
    Column("closed_at", Instant),
)
feedback_themes = Table(
    "feedback_themes",
    metadata,
    Column("feedback_id", Id, primary_key=True, autoincrement=False),
    Column("question", Code, primary_key=True),
    Column("theme_id", Id, ForeignKey("themes.id"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)


def open_round(tx: Tx, **values: Any) -> Record:
    return tx.execute(insert(feedback_rounds).values(**values).returning(feedback_rounds)).one()


def get_round(tx: Tx, round_id: int) -> Record:
    return tx.execute(select(feedback_rounds).where(feedback_rounds.c.id == round_id)).one()


def round_called(tx: Tx, token: str) -> Record | None:
    return tx.execute(select(feedback_rounds).where(feedback_rounds.c.token == token)).one_or_none()


def of_meeting(tx: Tx, meeting_id: int) -> Record | None:
    """What was asked about this meeting; None: nobody was asked yet."""
    return tx.execute(select(feedback_rounds).where(feedback_rounds.c.meeting_id == meeting_id)).one_or_none()


def of_project(tx: Tx, project_id: int) -> list[Record]:
    """What was asked about this project itself, the newest first."""
    of_it = feedback_rounds.c.project_id == project_id, feedback_rounds.c.about == About.PROJECT
    return list(tx.execute(select(feedback_rounds).where(*of_it).order_by(feedback_rounds.c.id.desc())))


def of_bank(tx: Tx, set_id: int) -> list[Record]:
    """What was asked of the whole bank with this version of a question set, the first one first."""
    of_it = feedback_rounds.c.set_id == set_id, feedback_rounds.c.about == About.BANK
    return list(tx.execute(select(feedback_rounds).where(*of_it).order_by(feedback_rounds.c.id)))


def add(tx: Tx, **values: Any) -> Record:
    """`id` is drawn by whoever calls (`bank.tokens.number`)."""
    return tx.execute(insert(feedback).values(**values).returning(feedback)).one()


def get(tx: Tx, feedback_id: int) -> Record | None:
    return tx.execute(select(feedback).where(feedback.c.id == feedback_id)).one_or_none()


def of_person(tx: Tx, round_id: int, person_id: int) -> Record | None:
    theirs = feedback.c.round_id == round_id, feedback.c.person_id == person_id
    return tx.execute(select(feedback).where(*theirs)).one_or_none()


def by_open_token(tx: Tx, token: str) -> Record | None:
    return tx.execute(select(feedback).where(feedback.c.open_token == token)).one_or_none()


def change(tx: Tx, feedback_id: int, values: Mapping[str, Any]) -> Record:
    """Write these values; returns it as it is now."""
    return changing.changed(tx, feedback, feedback_id, values)


def answer(tx: Tx, feedback_id: int, question: str, value: Any) -> None:
    """Keep this answer in place of the one before."""
    same = feedback_answers.c.feedback_id == feedback_id, feedback_answers.c.question == question
    tx.execute(delete(feedback_answers).where(*same))
    tx.execute(insert(feedback_answers).values(feedback_id=feedback_id, question=question, value=value))


def answers_of(tx: Tx, feedback_id: int) -> dict[str, Any]:
    """What was answered, by question."""
    found = select(feedback_answers).where(feedback_answers.c.feedback_id == feedback_id)
    return {row.question: row.value for row in tx.execute(found)}


def answers_in(tx: Tx, round_ids: Collection[int]) -> list[Record]:
    """All answers to these rounds: `feedback_id`, `question`, `value`."""
    theirs = feedback.c.round_id.in_(list(round_ids))
    found = select(feedback_answers).join(feedback, feedback.c.id == feedback_answers.c.feedback_id).where(theirs)
    turns = feedback_answers.c.feedback_id, feedback_answers.c.question
    return list(tx.execute(found.order_by(*turns))) if round_ids else []


def forget(tx: Tx, person_id: int) -> None:
    """All that this person said with their name, and what it was found to be about. Without a name nobody finds it."""
    drop(tx, tx.execute(select(feedback.c.id).where(feedback.c.person_id == person_id)).scalars().all())


def drop(tx: Tx, ids: Collection[int]) -> None:
    """These responses, their answers and the themes of these."""
    for table in (feedback_answers, feedback_themes):
        tx.execute(delete(table).where(table.c.feedback_id.in_(ids)))
    tx.execute(delete(feedback).where(feedback.c.id.in_(ids)))
