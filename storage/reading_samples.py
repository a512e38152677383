"""Reading samples: fifty messages a week, drawn at random, that a colleague reads without knowing how we read them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Boolean, Column, ColumnElement, ForeignKey, Table, UniqueConstraint, false, func, insert, select

from storage import changing
from storage.addresses import addresses
from storage.messages_in import messages_in
from storage.people import people
from storage.schema import Record, metadata
from storage.store import Tx
from storage.types import Code, Id, Instant, Token

reading_samples = Table(
    "reading_samples",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False, unique=True),
    # The Monday of the week in which the message came.
    Column("week", Code, nullable=False, index=True),
    Column("message_id", Id, ForeignKey("messages_in.id"), nullable=False),
    # What the colleague takes it to mean, and whether that is how we read it; nothing yet.
    Column("meant", Code),
    Column("right", Boolean),
    Column("judged_by", Id, ForeignKey("staff.id")),
    Column("judged_at", Instant),
    UniqueConstraint("week", "message_id"),
)


def add(tx: Tx, **values: Any) -> None:
    tx.execute(insert(reading_samples).values(**values))


def page(tx: Tx, before: int | None, limit: int) -> list[Record]:
    """The newest messages, or those before this id: `id`, `received_at`, and whether each may be in a sample (`fits`).

    It may where there are words of their own that we read, and a person of ours need not look first.
    """
    found = _with_whom(select(messages_in.c.id, messages_in.c.received_at, _may_be_shown().label("fits")))
    found = found.where(messages_in.c.id < before) if before is not None else found
    return list(tx.execute(found.order_by(messages_in.c.id.desc()).limit(limit)))


def to_judge(tx: Tx, since: str, not_of: Collection[int]) -> Record | None:
    """The first that nobody has judged, of the weeks from that Monday on, with `text`, `asked` and `person_id`.

    What may not be shown by now, or is one of these people's, is passed over.
    """
    return tx.execute(_unjudged(since, not_of).order_by(reading_samples.c.id).limit(1)).one_or_none()


def called(tx: Tx, token: str, not_of: Collection[int]) -> Record | None:
    """The one of that name, as `to_judge` has it, with our own `reading`; None where it is judged."""
    named = _unjudged("", not_of).add_columns(messages_in.c.reading).where(reading_samples.c.token == token)
    return tx.execute(named).one_or_none()


def judge(tx: Tx, sample_id: int, **values: Any) -> None:
    changing.change(tx, reading_samples, sample_id, values)


def tally(tx: Tx, since: str) -> tuple[int, int]:
    """How many of those weeks were drawn, and how many are judged."""
    counts = select(func.count(), func.count(reading_samples.c.right)).where(reading_samples.c.week >= since)
    drawn, judged_ = tx.execute(counts).one()
    return int(drawn), int(judged_)


def _unjudged(since: str, not_of: Collection[int]) -> Any:
    columns = messages_in.c.text, messages_in.c.asked, messages_in.c.person_id
    found = select(reading_samples, *columns).join(messages_in, messages_in.c.id == reading_samples.c.message_id)
    theirs = func.coalesce(messages_in.c.person_id.in_(list(not_of)), false())
    waits = reading_samples.c.right.is_(None), reading_samples.c.week >= since, _may_be_shown(), ~theirs
    return _with_whom(found).where(*waits)


def _with_whom(found: Any) -> Any:
    """A query of messages, with the address and the person of each."""
    return found.join(addresses, addresses.c.id == messages_in.c.address_id).outerjoin(
        people, people.c.id == messages_in.c.person_id
    )


def _may_be_shown() -> ColumnElement[bool]:
    """Their words are still there, written by themselves, and read; nothing is held about them."""
    return (
        messages_in.c.text.is_not(None)
        & messages_in.c.reading.is_not(None)
        & messages_in.c.entered_by.is_(None)
        & ~messages_in.c.forwarded
        & addresses.c.held.is_(None)
        & addresses.c.ours.is_(None)
        & addresses.c.spam.is_(None)
        & people.c.held.is_(None)
    )


def judged(tx: Tx, first_day: str, day_after: str) -> list[Record]:
    """Those of weeks that began on one of these days: `right`, and who wrote (with the address's `channel`...)."""
    columns = reading_samples.c.right, messages_in.c.person_id, messages_in.c.address_id
    found = (
        select(*columns, addresses.c.channel, addresses.c.language)
        .join(messages_in, messages_in.c.id == reading_samples.c.message_id)
        .join(addresses, addresses.c.id == messages_in.c.address_id)
        .where(reading_samples.c.right.is_not(None))
    )
    week = reading_samples.c.week
    return list(tx.execute(found.where(week >= first_day, week < day_after)))
