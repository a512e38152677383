"""Consents: a ledger of what was agreed and withdrawn.

Entries are added, never changed; only a person's own words are shortened when that person is erased.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, Column, ColumnElement, ForeignKey, Table, false, func, insert, or_, select, update

from storage import changing
from storage.belonging import Whose, rows_of
from storage.prepared import Prepared
from storage.schema import Record, metadata
from storage.store import Tx
from storage.types import Code, Id, Instant, Sealed


class Purpose(StrEnum):
    BANK = "bank"  # to keep what they told us, and invite them
    MESSAGES = "messages"  # to be written to at one address
    SUPPORTER = "supporter"  # to have somebody help them with our texts
    DIGEST = "digest"  # to get the news once a month
    PROMOTIONS = "promotions"  # to hear what other organisations offer


consents = Table(
    "consents",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), index=True),
    Column("address_id", Id, ForeignKey("addresses.id"), index=True),
    Column("purpose", Code, nullable=False),
    Column("given", Boolean, nullable=False),
    Column("words", Sealed("consents.words"), nullable=False),
    # The words are ours, as they were shown when somebody agreed; else they are what somebody wrote.
    Column("shown", Boolean, nullable=False, default=False),
    Column("language", Code, nullable=False),
    Column("message_id", Id, ForeignKey("messages_in.id")),
    # Said to a colleague and not written to us: how, who entered it, and what they said to the words, which were
    # read to them. `shown` then says that the words are ours.
    Column("how", Code),
    Column("entered_by", Id, ForeignKey("staff.id")),
    Column("answer", Sealed("consents.answer")),
    Column("at", Instant, nullable=False),
)


_insert = Prepared(insert(consents))


def record(tx: Tx, *purposes: Purpose, **values: Any) -> None:
    """Add an entry for each of these purposes."""
    for purpose in purposes:
        _insert.run(tx, {"purpose": purpose, **values})


def history(tx: Tx, *, person_id: int | None = None, address_id: int | None = None) -> list[Record]:
    """Every entry about this person or this address, oldest first."""
    about = or_(
        consents.c.person_id == person_id if person_id is not None else consents.c.id.is_(None),
        consents.c.address_id == address_id if address_id is not None else consents.c.id.is_(None),
    )
    return list(tx.execute(select(consents).where(about).order_by(consents.c.id)))


def left_at(tx: Tx, person_id: int) -> datetime | None:
    """When this person last withdrew what they agreed to in joining."""
    withdrawn = select(func.max(consents.c.at)).where(
        consents.c.person_id == person_id, consents.c.purpose == Purpose.BANK, consents.c.given == false()
    )
    at: datetime | None = tx.execute(withdrawn).scalar_one()
    return at


def may_write(tx: Tx, address_id: int) -> bool:
    """Whether the newest entry about writing to this address gave it, and did not withdraw it."""
    entries = consents.c.address_id == address_id, consents.c.purpose == Purpose.MESSAGES
    newest = select(consents.c.given).where(*entries).order_by(consents.c.id.desc()).limit(1)
    return bool(tx.execute(newest).scalar_one_or_none())


def written_at(tx: Tx, address_id: int) -> list[Record]:
    """The entries there whose words somebody wrote."""
    return _written(tx, consents.c.address_id == address_id)


def written_by(tx: Tx, whose: Whose) -> list[Record]:
    """The entries whose words this person wrote, or may have written, at an address that others share."""
    return _written(tx, or_(rows_of(whose, consents, consents.c.at), consents.c.person_id == whose.person_id))


def _written(tx: Tx, which: ColumnElement[bool]) -> list[Record]:
    return list(tx.execute(select(consents).where(which, consents.c.shown == false()).order_by(consents.c.id)))


def blank_answers(tx: Tx, person_id: int) -> None:
    """Erase what this person said to colleagues, and keep what they agreed to or withdrew."""
    tx.execute(update(consents).where(consents.c.person_id == person_id).values(answer=None))


def shorten(tx: Tx, entry_id: int, words: str) -> None:
    """Keep only these words of what somebody wrote."""
    changing.change(tx, consents, entry_id, {"words": words})
