"""Templates: what WhatsApp has approved, or not, of what may be sent to somebody who last wrote more than a day ago."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Table, insert, select

from storage import changing
from storage.schema import Record, metadata
from storage.store import Tx
from storage.types import Code, Id, Instant, Sealed, SealedJson, Token


class TemplateState(StrEnum):
    """As Twilio's Content API tells it (approval status); anything else it may say is UNKNOWN."""

    UNSUBMITTED = "unsubmitted"
    RECEIVED = "received"
    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    PAUSED = "paused"
    DISABLED = "disabled"
    UNKNOWN = "unknown"


templates = Table(
    "templates",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False, unique=True),
    Column("name", Sealed("templates.name"), nullable=False),
    Column("language", Code, nullable=False),
    Column("content_sid", Code, nullable=False),
    # Its words with the blanks "{{1}}", and which placeholder of ours fills each: {"1": "name"}.
    Column("words", Sealed("templates.words"), nullable=False),
    Column("blanks", SealedJson("templates.blanks"), nullable=False),
    Column("state", Code, nullable=False),
    Column("category", Code),
    Column("reason", Sealed("templates.reason")),
    Column("checked_at", Instant),
    Column("made_by", Id, ForeignKey("staff.id")),
    Column("made_at", Instant, nullable=False),
    Column("closed_at", Instant),
)
Index("uq_templates_content_sid", templates.c.content_sid, unique=True)


def add(tx: Tx, **values: Any) -> Record:
    return tx.execute(insert(templates).values(**values).returning(templates)).one()


def by_token(tx: Tx, token: str) -> Record | None:
    return tx.execute(select(templates).where(templates.c.token == token)).one_or_none()


def by_sid(tx: Tx, content_sid: str) -> Record | None:
    return tx.execute(select(templates).where(templates.c.content_sid == content_sid)).one_or_none()


def in_use(tx: Tx, limit: int = 300) -> list[Record]:
    """Newest first. WhatsApp allows 250."""
    found = select(templates).where(templates.c.closed_at.is_(None)).order_by(templates.c.id.desc())
    return list(tx.execute(found.limit(limit)))


def change(tx: Tx, template_id: int, values: Mapping[str, Any]) -> None:
    changing.change(tx, templates, template_id, values)
