"""Projects: co-production work that people may take part in, and the places that it has."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Table, false, insert, select

from storage import changing
from storage.broadcasts import BroadcastKind, BroadcastState, broadcasts
from storage.schema import Record, metadata
from storage.store import Tx
from storage.types import Code, Id, Instant, Sealed, SealedJson, Token


class ProjectState(StrEnum):
    DRAFT = "draft"
    OPEN = "open"  # people may say that they are interested
    UNDER_WAY = "under_way"
    FINISHED = "finished"
    TOLD = "told"  # what came of it was told to everybody who took part


class ProjectKind(StrEnum):
    PROJECT = "project"
    GROUP = "group"  # a task and finish group
    LISTENING = "listening"
    TRAINING = "training"
    PANEL = "panel"  # an interview panel
    DOCUMENT = "document"  # a document to review
    SURVEY = "survey"


class Rung(StrEnum):
    """How much say people have in it, least first."""

    COERCION = "coercion"
    EDUCATING = "educating"
    INFORMING = "informing"
    CONSULTATION = "consultation"
    ENGAGEMENT = "engagement"
    CO_DESIGN = "co_design"
    CO_PRODUCTION = "co_production"


class PlacesBy(StrEnum):
    """How places are given where there are more people than places."""

    FIRST = "first"
    DRAW = "draw"
    CHOSEN = "chosen"


projects = Table(
    "projects",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False, unique=True),
    Column("kind", Code, nullable=False),
    Column("state", Code, nullable=False, index=True),
    # What is written about it, each a wording (language to text): title, aim, involves, time, payment, expenses,
    # place, sender (the name it writes under), outcome.
    Column("words", SealedJson("projects.words"), nullable=False),
    Column("paid", Boolean, nullable=False, default=False),
    Column("payment", Integer),  # pence
    Column("rung", Code, nullable=False),
    # Lists of ids: ways to take part, topics, districts.
    Column("ways", SealedJson("projects.ways"), nullable=False),
    Column("topics", SealedJson("projects.topics"), nullable=False),
    Column("districts", SealedJson("projects.districts"), nullable=False),
    Column("staff_chair", Id, ForeignKey("staff.id")),
    Column("member_chair", Id, ForeignKey("people.id")),
    Column("one_chair_why", Sealed("projects.one_chair_why")),
    # Nothing: as many as like.
    Column("places", Integer),
    Column("places_by", Code, nullable=False),
    # The day by which a draw is held, or people are chosen; and what it was held with, so that it can be held again.
    Column("decided_on", Code),
    Column("draw_seed", Code),
    Column("starts_on", Code),
    Column("ends_on", Code),
    # What to text to hear about it; one of the join codes.
    Column("code_id", Id, ForeignKey("codes.id")),
    # What is asked of those who are interested.
    Column("question_set_id", Id, ForeignKey("question_sets.id")),
    Column("public", Boolean, nullable=False, default=False),
    # What was promised in it, and what became of that, is on a public page, without names.
    Column("ledger_public", Boolean, nullable=False, default=False, server_default=false()),
    # The broadcast that told what came of it. No foreign key: broadcasts are about projects.
    Column("outcome_id", Id),
    Column("no_outcome_why", Sealed("projects.no_outcome_why")),
    Column("created_by", Id, ForeignKey("staff.id")),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
)


def add(tx: Tx, **values: Any) -> Record:
    return tx.execute(insert(projects).values(**values).returning(projects)).one()


def get(tx: Tx, project_id: int) -> Record:
    return tx.execute(select(projects).where(projects.c.id == project_id)).one()


def by_token(tx: Tx, token: str) -> Record | None:
    return tx.execute(select(projects).where(projects.c.token == token)).one_or_none()


def by_code(tx: Tx, code_id: int) -> Record | None:
    """The newest project that is heard about by that code."""
    found = select(projects).where(projects.c.code_id == code_id).order_by(projects.c.id.desc()).limit(1)
    return tx.execute(found).one_or_none()


def in_states(tx: Tx, states: Collection[ProjectState], limit: int = 500) -> list[Record]:
    """Those that stand so, newest first."""
    found = select(projects).where(projects.c.state.in_(list(states))).order_by(projects.c.id.desc())
    return list(tx.execute(found.limit(limit)))


def outcome_of(tx: Tx, project_id: int) -> int | None:
    """The id of the newest broadcast that told, or is just telling, what came of it; None where none was let go."""
    of_it = broadcasts.c.project_id == project_id, broadcasts.c.kind == BroadcastKind.OUTCOME
    gone = broadcasts.c.let_go_at.is_not(None), broadcasts.c.state != BroadcastState.CANCELED
    found = select(broadcasts.c.id).where(*of_it, *gone).order_by(broadcasts.c.id.desc()).limit(1)
    told: int | None = tx.execute(found).scalar_one_or_none()
    return told


def change(tx: Tx, project_id: int, values: Mapping[str, Any]) -> Record:
    """Write these values; returns the project as it is now."""
    return changing.changed(tx, projects, project_id, values)
