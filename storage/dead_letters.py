"""Dead letters: what a provider sent that we could not take in. Kept for a while, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, bindparam, delete, func, insert, select

from storage import changing
from storage.look import Look
from storage.schema import Record, constant, metadata
from storage.store import Tx
from storage.tasks import tasks
from storage.types import Code, Id, Instant, Sealed, Token


class LetterKind(StrEnum):
    """What is in it, as far as we know."""

    MESSAGE = "message"  # somebody wrote it, and taking it in failed
    RECEIPT = "receipt"  # what became of a message of ours
    REACHABILITY = "reachability"  # somebody blocked us, or let us back in
    UNREAD = "unread"  # it could not be read at all: it may be somebody's message


dead_letters = Table(
    "dead_letters",
    metadata,
    Column("id", Id, primary_key=True),
    Column("source", Code, nullable=False),
    Column("raw", Sealed("dead_letters.raw"), nullable=False),
    Column("problem", Code, nullable=False),
    Column("at", Instant, nullable=False),
    Column("kind", Code, nullable=False, server_default=LetterKind.UNREAD.value),
    # The path and query that it came to: a callback's carries our own name for the message. Nothing: it was fetched.
    Column("path", Sealed("dead_letters.path")),
    # What the message would be claimed by: a second copy of it is no second letter.
    Column("provider_key", Token, index=True),
    # How often it was tried once more, and when last.
    Column("tries", Integer, nullable=False, default=0, server_default="0"),
    Column("tried_at", Instant),
    # The name of the item that asks a person of ours to read it, and the concern that was raised for it.
    Column("task", Token),
    Column("concern_id", Id, ForeignKey("concerns.id")),
)
_no_item = dead_letters.c.task.is_(None) & dead_letters.c.kind.in_(
    [constant(LetterKind.MESSAGE), constant(LetterKind.UNREAD)]
)
Index("ix_dead_letters_no_item", dead_letters.c.id, sqlite_where=_no_item, postgresql_where=_no_item)
# What may be told of a letter without its seals being broken.
_ABOUT = [column for column in dead_letters.c if column.name not in {"raw", "path"}]


def keep(tx: Tx, **values: Any) -> int:
    return int(tx.execute(insert(dead_letters).values(**values).returning(dead_letters.c.id)).scalar_one())


def count(tx: Tx) -> int:
    return tx.execute(select(func.count()).select_from(dead_letters)).scalar_one()


def forget(tx: Tx, kept_before: datetime) -> list[int]:
    """Delete those that were kept before then. Returns their ids."""
    old = delete(dead_letters).where(dead_letters.c.at < kept_before).returning(dead_letters.c.id)
    return list(tx.execute(old).scalars())


def listed(tx: Tx, limit: int) -> list[Record]:
    """The oldest, without what is in them."""
    return list(tx.execute(select(*_ABOUT).order_by(dead_letters.c.id).limit(limit)))


def get(tx: Tx, letter_id: int) -> Record | None:
    """The whole letter; None where it is not there any more. No other transaction has it before this one ends."""
    return tx.execute(select(dead_letters).where(dead_letters.c.id == letter_id).with_for_update()).one_or_none()


def claimed_by(tx: Tx, provider_key: str) -> Record | None:
    """The letter that has this message already, without what is in it."""
    return tx.execute(select(*_ABOUT).where(dead_letters.c.provider_key == provider_key).limit(1)).one_or_none()


def change(tx: Tx, letter_id: int, values: Mapping[str, Any]) -> None:
    changing.change(tx, dead_letters, letter_id, values)


def remove(tx: Tx, letter_id: int) -> None:
    tx.execute(delete(dead_letters).where(dead_letters.c.id == letter_id))


_WITHOUT_ITEM = Look(select(dead_letters.c.id).where(_no_item).order_by(dead_letters.c.id))
_OLD = Look(select(dead_letters.c.id).where(dead_letters.c.at < bindparam("kept_before")))


def has_old(tx: Tx, kept_before: datetime) -> bool:
    """Whether `forget` has anything to do."""
    return _OLD.finds(tx, kept_before=kept_before)


def without_item(tx: Tx, limit: int) -> list[int]:
    """Ids of those that may be somebody's words, and that nobody of ours was asked to read."""
    return _WITHOUT_ITEM.ids(tx, limit)


def open_item(tx: Tx, kind: LetterKind) -> str | None:
    """The name of an open item about a letter of this kind."""
    found = (
        select(tasks.c.token)
        .join(dead_letters, dead_letters.c.task == tasks.c.token)
        .where(dead_letters.c.kind == kind, tasks.c.closed_at.is_(None))
    )
    return tx.execute(found.limit(1)).scalar_one_or_none()


def any_with(tx: Tx, task: str) -> bool:
    """Whether a letter waits that this item is about."""
    return tx.execute(select(dead_letters.c.id).where(dead_letters.c.task == task).limit(1)).first() is not None
