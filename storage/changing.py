"""Changing one row by its id: the statement is built once for each set of columns, since building costs most."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Table, bindparam, update

from storage.prepared import Prepared
from storage.schema import Record
from storage.store import Tx

_WHICH = "which_row"


@lru_cache(maxsize=256)
def _statement(table: Table, names: tuple[str, ...], *, returning: bool) -> Prepared:
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
    changed = update(table).where(table.c.id == bindparam(_WHICH)).values(values)
    return Prepared(changed.returning(table) if returning else changed)


def change(tx: Tx, table: Table, row_id: int, values: Mapping[str, Any]) -> None:
    """Write these columns of that row."""
    _statement(table, tuple(values), returning=False).run(tx, _bound(row_id, values))


def changed(tx: Tx, table: Table, row_id: int, values: Mapping[str, Any]) -> Record:
    """Write these columns of that row; returns the row as it is now."""
    return _statement(table, tuple(values), returning=True).one(tx, _bound(row_id, values))


def _bound(row_id: int, values: Mapping[str, Any]) -> dict[str, Any]:
    return {_WHICH: row_id, **{f"new_{name}": value for name, value in values.items()}}
