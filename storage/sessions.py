"""Sessions: a browser that somebody of the team signed in with, and until when we believe it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Table, bindparam, delete, insert, or_, select, update

from storage.look import Look
from storage.schema import Record, metadata
from storage.staff import staff
from storage.store import Tx
from storage.types import Id, Instant, Lookup

sessions = Table(
    "sessions",
    metadata,
    Column("id", Id, primary_key=True),
    # The browser has the token; we keep a keyed hash of it.
    Column("token_key", Lookup, nullable=False, unique=True),
    Column("staff_id", Id, ForeignKey("staff.id"), nullable=False, index=True),
    # The code from the authenticator was given: without it the session opens no page but that one.
    Column("strong", Boolean, nullable=False, default=False),
    Column("started_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
)


def begin(tx: Tx, token: str, **values: Any) -> None:
    tx.execute(insert(sessions).values(token_key=token, **values))


def find(tx: Tx, token: str) -> Record | None:
    """The session, with the `state` of whose it is."""
    found = (
        select(sessions, staff.c.state)
        .join(staff, staff.c.id == sessions.c.staff_id)
        .where(sessions.c.token_key == token)
    )
    return tx.execute(found).one_or_none()


def of(tx: Tx, staff_id: int) -> list[Record]:
    """Every whole session of theirs, the one seen last first."""
    found = select(sessions).where(sessions.c.staff_id == staff_id, sessions.c.strong)
    return list(tx.execute(found.order_by(sessions.c.seen_at.desc(), sessions.c.id)))


def seen(tx: Tx, session_id: int, now: datetime) -> None:
    tx.execute(update(sessions).where(sessions.c.id == session_id).values(seen_at=now))


def end(tx: Tx, token: str) -> None:
    tx.execute(delete(sessions).where(sessions.c.token_key == token))


def end_all_of(tx: Tx, staff_id: int, but: int | None = None) -> int:
    """End all that they have, `but` this one. Returns how many."""
    theirs = delete(sessions).where(sessions.c.staff_id == staff_id)
    return int(tx.execute(theirs if but is None else theirs.where(sessions.c.id != but)).rowcount)


_OVER = or_(sessions.c.started_at <= bindparam("started_before"), sessions.c.seen_at <= bindparam("seen_before"))
_ONE_OVER = Look(select(sessions.c.id).where(_OVER))


def forget(tx: Tx, started_before: datetime, seen_before: datetime) -> int:
    """Delete those that nobody may use any more. Returns how many."""
    times = {"started_before": started_before, "seen_before": seen_before}
    return int(tx.execute(delete(sessions).where(_OVER), times).rowcount)


def are_over(tx: Tx, started_before: datetime, seen_before: datetime) -> bool:
    """Whether `forget` has anything to do."""
    return _ONE_OVER.finds(tx, started_before=started_before, seen_before=seen_before)
