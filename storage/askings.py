"""Askings: whose approval was asked for, of which words, and whether it still is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Table, insert, select, update

from storage import changing
from storage.approvals import Post, Subject
from storage.look import NOW, Look
from storage.people import PersonState, people
from storage.schema import Record, metadata
from storage.store import Tx
from storage.types import Code, Id, Instant, Sealed, SealedJson, Token

askings = Table(
    "askings",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False, unique=True),
    Column("subject", Code, nullable=False),
    Column("subject_id", Id, nullable=False),
    Column("post", Code, nullable=False),
    # The words as they were, in every language, and language to what is shown of them.
    Column("words", Sealed("askings.words"), nullable=False),
    Column("shown", SealedJson("askings.shown"), nullable=False),
    Column("project_id", Id, ForeignKey("projects.id")),
    # Who is asked: a colleague, or a member; neither: whoever of the team may.
    Column("staff_id", Id, ForeignKey("staff.id")),
    Column("person_id", Id, ForeignKey("people.id"), index=True),
    Column("asked_by", Id, ForeignKey("staff.id")),
    Column("asked_at", Instant, nullable=False),
    # When the member was asked by text.
    Column("texted_at", Instant),
    # It was answered, or is not asked any more.
    Column("closed_at", Instant),
)
IS_OPEN = askings.c.closed_at.is_(None)
Index("ix_askings_open", askings.c.post, askings.c.asked_at, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN)
Index("ix_askings_subject", askings.c.subject, askings.c.subject_id)


def add(tx: Tx, **values: Any) -> Record:
    return tx.execute(insert(askings).values(**values).returning(askings)).one()


def get(tx: Tx, asking_id: int) -> Record:
    return tx.execute(select(askings).where(askings.c.id == asking_id)).one()


def by_token(tx: Tx, token: str) -> Record | None:
    return tx.execute(select(askings).where(askings.c.token == token)).one_or_none()


def change(tx: Tx, asking_id: int, values: Mapping[str, Any]) -> None:
    changing.change(tx, askings, asking_id, values)


def open_of(tx: Tx, subject: Subject, subject_id: int) -> list[Record]:
    """Those about it that nobody has answered, oldest first."""
    about = askings.c.subject == subject, askings.c.subject_id == subject_id, IS_OPEN
    return list(tx.execute(select(askings).where(*about).order_by(askings.c.id)))


def waiting(tx: Tx, limit: int) -> list[Record]:
    """All that nobody has answered, oldest first."""
    return list(tx.execute(select(askings).where(IS_OPEN).order_by(askings.c.asked_at, askings.c.id).limit(limit)))


def of_project(tx: Tx, project_id: int) -> list[Record]:
    """Those about this project that nobody has answered, oldest first."""
    found = select(askings).where(askings.c.project_id == project_id, IS_OPEN)
    return list(tx.execute(found.order_by(askings.c.id)))


def texted_to(tx: Tx, person_id: int) -> Record | None:
    """What this member was asked by text last, and has not answered yet."""
    asked = askings.c.person_id == person_id, askings.c.texted_at.is_not(None), IS_OPEN
    return tx.execute(
        select(askings).where(*asked).order_by(askings.c.texted_at.desc(), askings.c.id.desc()).limit(1)
    ).one_or_none()


_TO_TEXT = Look(
    select(askings.c.id)
    .join(people, people.c.id == askings.c.person_id)
    .where(
        askings.c.person_id.is_not(None),
        askings.c.texted_at.is_(None),
        IS_OPEN,
        people.c.state == PersonState.MEMBER,
        people.c.held.is_(None),
        people.c.paused_until.is_(None) | (people.c.paused_until <= NOW),
    )
    .order_by(askings.c.id)
)


def to_text(tx: Tx, now: datetime, limit: int) -> list[int]:
    """Ids of those about which a member is still to be asked by text; no hold or pause of theirs."""
    return _TO_TEXT.ids(tx, limit, now=now)


def close(tx: Tx, subject: Subject, subject_id: int, now: datetime, *posts: Post) -> None:
    """It is not asked any more of these posts; of none of them, where no post is named."""
    about = askings.c.subject == subject, askings.c.subject_id == subject_id, IS_OPEN
    which = (*about, askings.c.post.in_(posts)) if posts else about
    tx.execute(update(askings).where(*which).values(closed_at=now))


def close_of_project(tx: Tx, project_id: int, post: Post, now: datetime) -> None:
    """Whoever had that post in the project has it no longer."""
    which = askings.c.project_id == project_id, askings.c.post == post, IS_OPEN
    tx.execute(update(askings).where(*which).values(closed_at=now))
