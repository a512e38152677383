"""Name parts: keyed hashes by which somebody is found by a part of their name, though names are sealed."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Select, Table, bindparam, delete, insert, select

from language.name_parts import beginnings, parts
from storage.prepared import Prepared
from storage.schema import metadata
from storage.store import Tx
from storage.types import Id, Lookup

name_parts = Table(
    "name_parts",
    metadata,
    # A part of the name, or its first letters, in the form that language.name_parts gives it.
    Column("part", Lookup, primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), primary_key=True, index=True),
)

_forget = Prepared(delete(name_parts).where(name_parts.c.person_id == bindparam("whose")))
_insert = Prepared(insert(name_parts))


def keep(tx: Tx, person_id: int, name: str | None) -> None:
    """From now on this person is found by this name, and by no other. Whoever has a name has a row."""
    _forget.run(tx, {"whose": person_id})
    for part in (beginnings(name) or ("",)) if name else ():
        _insert.run(tx, {"part": key(part), "person_id": person_id})


def having(name: str) -> list[Select[tuple[int]]]:
    """Who has each of these parts in their name: one query of ids a part. None where there is no part to go by."""
    return [select(name_parts.c.person_id).where(name_parts.c.part == key(part)) for part in parts(name)]


def key(part: str) -> str:
    return f"name:{part}"
