"""A look of the clock: the ids of the rows whose turn it is.

The clock looks for everything that may be due every few seconds, and finds nothing most of the time. So each look is a
statement that is built once and prepared (`storage/prepared.py`).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BindParameter, Integer, Select, bindparam

from storage.prepared import Prepared
from storage.store import Tx

NOW: BindParameter[Any] = bindparam("now")


class Look:
    """One statement whose first column is an id. What changes from look to look are its bound values, by name."""

    def __init__(self, statement: Select[Any]) -> None:
        self._prepared = Prepared(statement.limit(bindparam("most", type_=Integer)))

    def ids(self, tx: Tx, limit: int, **values: Any) -> list[int]:
        """The ids, at most `limit`, in the statement's order."""
        return [row[0] for row in self._prepared.rows(tx, {"most": limit, **values})]

    def finds(self, tx: Tx, **values: Any) -> bool:
        """Whether there is any."""
        return bool(self.ids(tx, 1, **values))
