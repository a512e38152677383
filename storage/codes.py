"""Join codes: the word on a poster or from a charity, which names the route and is counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, Integer, Table, bindparam, insert, select, update

from storage import changing
from storage.prepared import Prepared
from storage.schema import Record, metadata
from storage.store import Tx
from storage.types import Code, Id, Instant, Sealed

codes = Table(
    "codes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code", Code, nullable=False, unique=True),
    Column("label", Sealed("codes.label")),
    Column("language", Code),
    # The partner of the team whose code it is. No foreign key: staff may be people, and people came by codes.
    Column("staff_id", Id, index=True),
    Column("starts", Integer, nullable=False, default=0),
    Column("joins", Integer, nullable=False, default=0),
    Column("created_at", Instant, nullable=False),
)
_find = Prepared(select(codes).where(codes.c.code == bindparam("code")))  # each message may be one


def add(tx: Tx, **values: Any) -> int:
    return int(tx.execute(insert(codes).values(**values).returning(codes.c.id)).scalar_one())


def get(tx: Tx, code_id: int) -> Record:
    return tx.execute(select(codes).where(codes.c.id == code_id)).one()


def find(tx: Tx, code: str) -> Record | None:
    return _find.first(tx, {"code": code.upper()})


def everyone(tx: Tx) -> list[Record]:
    return list(tx.execute(select(codes).order_by(codes.c.code)))


def change(tx: Tx, code_id: int, values: Mapping[str, Any]) -> None:
    changing.change(tx, codes, code_id, values)


def of_partner(tx: Tx, staff_id: int) -> list[Record]:
    """The codes of this partner, by their names."""
    return list(tx.execute(select(codes).where(codes.c.staff_id == staff_id).order_by(codes.c.code)))


def count_start(tx: Tx, code_id: int) -> None:
    tx.execute(update(codes).where(codes.c.id == code_id).values(starts=codes.c.starts + 1))


def count_join(tx: Tx, code_id: int) -> None:
    tx.execute(update(codes).where(codes.c.id == code_id).values(joins=codes.c.joins + 1))
