"""Question phones: which of the team hear of their questions on their own phone, and the code they may answer with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Table, delete, insert, select

from storage import changing
from storage.schema import Record, metadata
from storage.staff import StaffState, staff
from storage.store import Tx
from storage.types import Id, Instant, Lookup

question_phones = Table(
    "question_phones",
    metadata,
    # Whoever has no row is not texted.
    Column("id", Id, ForeignKey("staff.id"), primary_key=True, autoincrement=False),
    # They want the words of the question in the text too.
    Column("words", Boolean, nullable=False, default=False),
    # The one code that holds, for which question, and until when.
    Column("code", Lookup),
    Column("question_id", Id, ForeignKey("questions.id")),
    Column("code_until", Instant),
)
_team = select(
    question_phones, staff.c.token, staff.c.name, staff.c.person_id, staff.c.alert_channel, staff.c.alert_address
).join(staff, staff.c.id == question_phones.c.id)


def put(tx: Tx, staff_id: int, *, words: bool) -> None:
    """From now on they are texted; a code that holds does not any longer."""
    drop(tx, staff_id)
    tx.execute(insert(question_phones).values(id=staff_id, words=words))


def drop(tx: Tx, staff_id: int) -> None:
    tx.execute(delete(question_phones).where(question_phones.c.id == staff_id))


def of(tx: Tx, staff_id: int) -> Record | None:
    """Theirs, with `alert_channel` and `alert_address`; None where they are not texted."""
    return tx.execute(_team.where(question_phones.c.id == staff_id)).one_or_none()


def everyone(tx: Tx) -> list[Record]:
    """All who are on the team and are texted."""
    return list(tx.execute(_team.where(staff.c.state == StaffState.ACTIVE, staff.c.alert_address.is_not(None))))


def change(tx: Tx, staff_id: int, values: Mapping[str, Any]) -> None:
    changing.change(tx, question_phones, staff_id, values)


def forget_code(tx: Tx, staff_id: int) -> None:
    """The code that holds does not any longer."""
    change(tx, staff_id, {"code": None, "question_id": None, "code_until": None})


def has_code(tx: Tx, staff_id: int, code: str) -> Record | None:
    """Theirs, where that is the code on it."""
    found = select(question_phones).where(question_phones.c.id == staff_id, question_phones.c.code == code)
    return tx.execute(found).one_or_none()
