"""The one collection of tables, and how their indexes and constraints are named.

The names are fixed here so that a migration can speak of a constraint on either database.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from sqlalchemy import ColumnElement, MetaData, String, literal, literal_column


class Record(Protocol):
    """One row of any query of ours, its columns by name, or by their place in it."""

    def __getattr__(self, name: str) -> Any: ...

    def __getitem__(self, place: int) -> Any: ...


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def constant(value: str) -> ColumnElement[str]:
    """A word of our own, written into the statement: an index on part of a table serves no bound value."""
    return literal_column(f"'{value}'")


def among(column: ColumnElement[Any], words: Iterable[str]) -> ColumnElement[bool]:
    """The column has one of these words of our own, written into the statement as `constant` writes them."""
    return column.in_([constant(word) for word in sorted(words)])


def unindexed(column: ColumnElement[str], value: str) -> ColumnElement[bool]:
    """The column has this value, and the row is found by what else is asked: no index knows the expression.

    For a value that most rows have, in a statement that names the few it wants by their ids.
    """
    return column.concat("") == literal(value, String)
