"""Told: when somebody told us each fact about them, by which message, or who of the team entered it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, ForeignKey, Table, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.prepared import Prepared
from storage.schema import Record, metadata
from storage.staff import staff
from storage.store import Tx
from storage.types import Code, Id, Instant


class How(StrEnum):
    """How somebody told a colleague, who entered it."""

    PHONE = "phone"
    IN_PERSON = "in_person"
    PAPER = "paper"
    LETTER = "letter"
    # In a message of theirs, which a colleague put into words.
    VOICE_NOTE = "voice_note"
    PICTURE = "picture"


# How somebody told a colleague who was there, or opened the post.
TOLD_TO_US = (How.PHONE, How.IN_PERSON, How.PAPER, How.LETTER)


# Facts of which a person has one each, or one list; needs carry their own time.
FACTS = (
    "name", "language", "looks_after", "topics", "place", "ways", "skills", "support", "ring", "hours",
    "days_apart", "format", "digest", "promotions",
)  # fmt: skip

told = Table(
    "told",
    metadata,
    Column("person_id", Id, ForeignKey("people.id"), primary_key=True),
    Column("fact", Code, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("message_id", Id, ForeignKey("messages_in.id")),
    Column("entered_by", Id, ForeignKey(staff.c.id)),
    Column("how", Code),
)
_SOURCE = ("at", "message_id", "entered_by", "how")


def _upsert(dialect: object) -> Prepared:
    insert = dialect.insert(told)  # type: ignore[attr-defined]
    newer = {name: insert.excluded[name] for name in _SOURCE}
    return Prepared(insert.on_conflict_do_update(index_elements=["person_id", "fact"], set_=newer))


_NOTES = {"sqlite": _upsert(sqlite), "postgresql": _upsert(postgresql)}


def note(
    tx: Tx,
    person_id: int,
    fact: str,
    at: datetime,
    *,
    message_id: int | None = None,
    entered_by: int | None = None,
    how: str | None = None,
) -> None:
    """They told us this fact now: by that message, or a colleague entered it."""
    source = {"at": at, "message_id": message_id, "entered_by": entered_by, "how": how}
    _NOTES[tx.dialect.name].run(tx, {"person_id": person_id, "fact": fact, **source})


def of(tx: Tx, person_id: int) -> dict[str, Record]:
    """For each fact, its newest source."""
    return {row.fact: row for row in tx.execute(select(told).where(told.c.person_id == person_id))}


def move(tx: Tx, fact: str, from_id: int, to_id: int) -> None:
    """The fact was told of somebody else: its source goes with it."""
    forget(tx, to_id, fact)
    tx.execute(update(told).where(told.c.person_id == from_id, told.c.fact == fact).values(person_id=to_id))


def forget(tx: Tx, person_id: int, fact: str | None = None) -> None:
    """Forget the source of this fact, or of all."""
    gone = delete(told).where(told.c.person_id == person_id)
    tx.execute(gone if fact is None else gone.where(told.c.fact == fact))
