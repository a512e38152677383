"""Sign-ups: paper forms that a partner typed in, kept sealed until the person agrees by text, or erased."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Table, func, insert, select, update

from storage.changing import changed
from storage.look import NOW, Look
from storage.schema import Record, constant, metadata
from storage.staff import staff
from storage.store import Tx
from storage.types import Code, Id, Instant, Lookup, Sealed, SealedJson, Token


class SignUpState(StrEnum):
    ENTERED = "entered"  # they are still to be asked
    ASKED = "asked"  # our one text is theirs to answer
    SILENT = "silent"  # no text may go to that number, which nobody of a partner's finds out
    AGREED = "agreed"
    GONE = "gone"  # they said no, or nothing; or the partner took it back


UNCONFIRMED = (SignUpState.ENTERED, SignUpState.ASKED, SignUpState.SILENT)

sign_ups = Table(
    "sign_ups",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False, unique=True),
    Column("staff_id", Id, ForeignKey("staff.id"), nullable=False),
    Column("state", Code, nullable=False),
    Column("number", Sealed("sign_ups.number")),
    # Stays until `erase_at` whatever became of it: one text for each number in so many days, whoever enters it.
    Column("number_key", Lookup, index=True),
    # What the form says: first name, language, district, topics, needs, the day they signed.
    Column("told", SealedJson("sign_ups.told")),
    Column("address_id", Id, ForeignKey("addresses.id"), index=True),
    Column("person_id", Id, ForeignKey("people.id"), index=True),
    Column("entered_at", Instant, nullable=False),
    Column("asked_at", Instant, index=True),
    Column("settled_at", Instant),
    Column("erase_at", Instant, index=True),
)
Index("ix_sign_ups_staff_id", sign_ups.c.staff_id, sign_ups.c.id)
_to_ask = sign_ups.c.state == constant(SignUpState.ENTERED)
Index("ix_sign_ups_to_ask", sign_ups.c.id, sqlite_where=_to_ask, postgresql_where=_to_ask)


def add(tx: Tx, **values: Any) -> Record:
    return tx.execute(insert(sign_ups).values(**values).returning(sign_ups)).one()


def get(tx: Tx, sign_up_id: int) -> Record:
    return tx.execute(select(sign_ups).where(sign_ups.c.id == sign_up_id)).one()


def change(tx: Tx, sign_up_id: int, values: Mapping[str, Any]) -> Record:
    return changed(tx, sign_ups, sign_up_id, values)


def unconfirmed_of(tx: Tx, staff_id: int, limit: int, offset: int = 0) -> list[Record]:
    """What this partner entered and nobody has agreed to yet, newest first."""
    theirs = select(sign_ups).where(sign_ups.c.staff_id == staff_id, sign_ups.c.state.in_(UNCONFIRMED))
    return list(tx.execute(theirs.order_by(sign_ups.c.id.desc()).limit(limit).offset(offset)))


def own(tx: Tx, staff_id: int, token: str) -> Record | None:
    """The one of that name, where this partner entered it and nobody has agreed to it yet."""
    named = select(sign_ups).where(
        sign_ups.c.token == token, sign_ups.c.staff_id == staff_id, sign_ups.c.state.in_(UNCONFIRMED)
    )
    return tx.execute(named).one_or_none()


def own_with(tx: Tx, staff_id: int, number: str) -> Record | None:
    """The one with that number, where this partner entered it and nobody has agreed to it yet."""
    same = select(sign_ups).where(
        sign_ups.c.number_key == number, sign_ups.c.staff_id == staff_id, sign_ups.c.state.in_(UNCONFIRMED)
    )
    return tx.execute(same.order_by(sign_ups.c.id).limit(1)).one_or_none()


def entered_since(tx: Tx, staff_id: int, since: datetime) -> int:
    counted = select(func.count()).where(sign_ups.c.staff_id == staff_id, sign_ups.c.entered_at >= since)
    return tx.execute(counted).scalar_one()


def asked_since(tx: Tx, since: datetime) -> int:
    return tx.execute(select(func.count()).where(sign_ups.c.asked_at >= since)).scalar_one()


def was_asked(tx: Tx, number: str, since: datetime) -> bool:
    """Whether a text about a form went to this number since then, whoever entered it."""
    asked = select(sign_ups.c.id).where(sign_ups.c.number_key == number, sign_ups.c.asked_at > since)
    return tx.execute(asked.limit(1)).first() is not None


_TO_ASK = Look(select(sign_ups.c.id).where(_to_ask).order_by(sign_ups.c.id))
_TO_ERASE = Look(select(sign_ups.c.id).where(sign_ups.c.erase_at <= NOW).order_by(sign_ups.c.erase_at))


def to_ask(tx: Tx, limit: int) -> list[int]:
    """Ids of those whose text has not been sent, oldest first."""
    return _TO_ASK.ids(tx, limit)


def asked_at_address(tx: Tx, address_id: int) -> Record | None:
    """The newest that was asked there and has no answer, with `partner`: the name of who entered it."""
    there = (
        select(sign_ups, staff.c.name.label("partner"))
        .join(staff, staff.c.id == sign_ups.c.staff_id)
        .where(sign_ups.c.address_id == address_id, sign_ups.c.state == SignUpState.ASKED)
    )
    return tx.execute(there.order_by(sign_ups.c.id.desc()).limit(1)).one_or_none()


def tally(tx: Tx, staff_id: int) -> dict[str, int]:
    """How many of this partner's stand how."""
    counts = select(sign_ups.c.state, func.count()).where(sign_ups.c.staff_id == staff_id).group_by(sign_ups.c.state)
    return {row[0]: row[1] for row in tx.execute(counts)}


_NO_MORE = {"number": None, "told": None}


def settle(tx: Tx, sign_up_id: int, state: SignUpState, now: datetime, person_id: int | None = None) -> None:
    """It has come to its end: what the form said is erased."""
    values = {"state": state, "settled_at": now, "person_id": person_id, **_NO_MORE}
    tx.execute(update(sign_ups).where(sign_ups.c.id == sign_up_id).values(values))


def drop_at(tx: Tx, address_id: int, now: datetime) -> None:
    """They said no there, or stopped us: what forms said about this number is erased."""
    gone = {"state": SignUpState.GONE, "settled_at": now, **_NO_MORE}
    there = sign_ups.c.address_id == address_id, sign_ups.c.state.in_(UNCONFIRMED)
    tx.execute(update(sign_ups).where(*there).values(gone))


def due_for_erasure(tx: Tx, now: datetime, limit: int) -> list[int]:
    return _TO_ERASE.ids(tx, limit, now=now)


def forget(tx: Tx, sign_up_id: int, now: datetime) -> None:
    """Erase number and words for good; that there was one stays, to be counted."""
    unanswered = sign_ups.c.id == sign_up_id, sign_ups.c.state.in_(UNCONFIRMED)
    tx.execute(update(sign_ups).where(*unanswered).values(state=SignUpState.GONE, settled_at=now))
    bare = {"number_key": None, "erase_at": None, "address_id": None, **_NO_MORE}
    tx.execute(update(sign_ups).where(sign_ups.c.id == sign_up_id).values(bare))
