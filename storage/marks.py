"""Marks: single values about the installation itself, such as the proof that the keys fit the database."""

from __future__ import annotations

from sqlalchemy import Column, Table, bindparam, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.prepared import Prepared
from storage.schema import metadata
from storage.store import Tx
from storage.types import Code, Sealed

KEYS_FIT = "keys_fit"

marks = Table(
    "marks",
    metadata,
    Column("name", Code, primary_key=True),
    Column("value", Sealed("marks.value"), nullable=False),
)
_VALUE = Prepared(select(marks.c.value).where(marks.c.name == bindparam("name")))
_FIRST = {
    name: dialect.insert(marks).on_conflict_do_nothing(index_elements=["name"])
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}


def put_first(tx: Tx, name: str, value: str) -> None:
    """Put it where there is none; of several processes that start at once, one does."""
    tx.execute(_FIRST[tx.dialect.name], {"name": name, "value": value})


def put(tx: Tx, name: str, value: str) -> None:
    tx.execute(delete(marks).where(marks.c.name == name))
    tx.execute(insert(marks).values(name=name, value=value))


def get(tx: Tx, name: str) -> str | None:
    """The value, or None. Raises SealBroken when it was sealed with other keys."""
    found = _VALUE.first(tx, {"name": name})
    return str(found.value) if found is not None else None


def held(tx: Tx, name: str) -> str | None:
    """The same, and no other transaction changes it before this one ends."""
    return tx.execute(select(marks.c.value).where(marks.c.name == name).with_for_update()).scalar_one_or_none()
