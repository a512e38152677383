"""Alerts: who was told, on their own phone, that somebody may be in danger. Each is a row, delivered or not."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, Table, UniqueConstraint, func, insert, select, update

from storage.concerns import concerns
from storage.outbox import messages_out
from storage.schema import Record, metadata
from storage.store import Tx
from storage.types import Id, Instant, Lookup

alerts = Table(
    "alerts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("concern_id", Id, ForeignKey("concerns.id"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    # Whom; nobody of the team: the out-of-hours service.
    Column("staff_id", Id, ForeignKey("staff.id"), index=True),
    # What was sent to them; nothing where they have no phone on record.
    Column("message_id", Id, ForeignKey("messages_out.id"), index=True),
    Column("at", Instant, nullable=False),
    # The one-time code with which they may take it by text, until then, and how often a wrong one was tried.
    Column("code", Lookup),
    Column("code_until", Instant),
    Column("tries", Integer, nullable=False, default=0),
    UniqueConstraint("concern_id", "number"),
)


def add(tx: Tx, **values: Any) -> int:
    return int(tx.execute(insert(alerts).values(**values).returning(alerts.c.id)).scalar_one())


def about(tx: Tx, concern_id: int) -> list[Record]:
    """Every alert about it, the first first, with `state` of the message and when that was `settled_at`."""
    found = (
        select(alerts, messages_out.c.state, messages_out.c.settled_at)
        .outerjoin(messages_out, messages_out.c.id == alerts.c.message_id)
        .where(alerts.c.concern_id == concern_id)
    )
    return list(tx.execute(found.order_by(alerts.c.number)))


def counts(tx: Tx, concern_ids: Collection[int]) -> dict[int, int]:
    """How many there were about each of these."""
    found = select(alerts.c.concern_id, func.count()).where(alerts.c.concern_id.in_(concern_ids))
    return {row[0]: row[1] for row in tx.execute(found.group_by(alerts.c.concern_id))} if concern_ids else {}


def by_message(tx: Tx, message_id: int) -> Record | None:
    """The alert that this row of the outbox carries."""
    return tx.execute(select(alerts).where(alerts.c.message_id == message_id)).one_or_none()


def sent_to(tx: Tx, address_id: int, now: datetime) -> list[Record]:
    """Alerts to this phone whose code still holds, about what nobody has taken; the newest first."""
    found = (
        select(alerts)
        .join(messages_out, messages_out.c.id == alerts.c.message_id)
        .join(concerns, concerns.c.id == alerts.c.concern_id)
        .where(messages_out.c.address_id == address_id, alerts.c.code.is_not(None), alerts.c.code_until > now)
        .where(concerns.c.released_at.is_(None), concerns.c.alert_at.is_not(None))
    )
    return list(tx.execute(found.order_by(alerts.c.id.desc()).limit(20)))


def with_code(tx: Tx, ids: Collection[int], code: str) -> Record | None:
    """Which of these has that code."""
    found = select(alerts).where(alerts.c.id.in_(ids), alerts.c.code == code)
    return tx.execute(found.order_by(alerts.c.id.desc()).limit(1)).one_or_none()


def count_try(tx: Tx, ids: Collection[int], most: int) -> None:
    """A wrong code was tried for these; after so many, none of theirs holds."""
    theirs = alerts.c.id.in_(ids)
    tx.execute(update(alerts).where(theirs).values(tries=alerts.c.tries + 1))
    tx.execute(update(alerts).where(theirs, alerts.c.tries >= most).values(code=None))


def end_codes(tx: Tx, concern_id: int) -> None:
    """It is taken: no code about it holds any longer."""
    tx.execute(update(alerts).where(alerts.c.concern_id == concern_id).values(code=None))
