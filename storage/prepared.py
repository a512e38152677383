"""Prepared statements: compiled once for each engine, then run on the database's own driver.

SQLite runs one of our statements in a few microseconds, and SQLAlchemy's execution takes several times as long
(bench/RESULTS.md), so the statements of every message are prepared. PostgreSQL's driver prepares there, in each
connection, what it has run five times.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from sqlalchemy import Delete, Dialect, Insert, Select, Update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.schema import ScalarElementColumnDefault
from sqlalchemy.types import TypeEngine

from storage.schema import Record
from storage.work import Tx

Statement = Select[Any] | Insert | Update | Delete
_Process = Callable[[Any], Any] | None
_Made = dict[tuple["Prepared", tuple[str, ...]], "_OnDriver"]


class Prepared:
    """One statement of ours. For an insert, the names of the values given decide which columns are written."""

    def __init__(self, statement: Statement) -> None:
        self._statement = statement

    def run(self, tx: Tx, values: Mapping[str, Any]) -> None:
        """Run it for its effect alone."""
        self.rows(tx, values)

    def first(self, tx: Tx, values: Mapping[str, Any]) -> Record | None:
        """The first row, or None."""
        rows = self.rows(tx, values)
        return rows[0] if rows else None

    def one(self, tx: Tx, values: Mapping[str, Any]) -> Record:
        """The row that must be there. Raises LookupError."""
        rows = self.rows(tx, values)
        if not rows:
            raise LookupError("no such row")
        return rows[0]

    def rows(self, tx: Tx, values: Mapping[str, Any]) -> list[Record]:
        """Every row that it returns; none where it returns no rows."""
        made: _Made = tx.dialect.heard_prepared  # type: ignore[attr-defined]  # our engines have it
        key = (self, tuple(values))
        prepared = made.get(key)
        if prepared is None:
            kind = _OnSqlite if tx.dialect.name == "sqlite" else _OnPostgres
            prepared = made[key] = kind(self._statement, tuple(values), tx.dialect)
        driver: Any = tx.connection.driver_connection
        return prepared.run(driver, values)


class _OnDriver(ABC):
    """The text for the driver, what each value goes through on its way in, and each column on its way out."""

    def __init__(self, statement: Statement, names: tuple[str, ...], dialect: Dialect) -> None:
        columns = None
        if isinstance(statement, Insert):
            columns = list(names)
            statement = statement.inline()  # it returns what we ask for, not the id as well
        compiled = statement.compile(dialect=dialect, column_keys=columns)
        self._text = str(compiled)
        self._fixed = {**compiled.params, **_defaults(compiled)}
        named = {name: bind for bind, name in compiled.bind_names.items()}
        wanting = [name for name, bind in named.items() if bind.required and name not in names]
        if wanting or compiled.post_compile_params:
            raise TypeError(f"this statement cannot be prepared with the values {names}: it also wants {wanting}")
        self._bound = compiled.positiontup or list(named)
        self._dialect = dialect
        self._inward = _where_any(_inward(named[name].type, dialect) for name in self._bound)
        returned = list(statement.exported_columns)
        self._returns = bool(returned)
        self._outward = _where_any(_outward(column.type, dialect) for column in returned)
        self._row = _record([column.name for column in returned])

    def run(self, driver: Any, values: Mapping[str, Any]) -> list[Record]:
        given = {**self._fixed, **values}
        bound = [given[name] for name in self._bound]
        for place, process in self._inward:
            if bound[place] is not None:
                bound[place] = process(bound[place])
        found = self._fetched(driver, bound)
        return [self._read(list(row)) for row in found] if found else found

    @abstractmethod
    def _fetched(self, driver: Any, bound: list[Any]) -> list[Any]:
        """Run it with these values; the rows that it returns."""

    def _read(self, row: list[Any]) -> Record:
        for place, process in self._outward:
            if row[place] is not None:
                row[place] = process(row[place])
        return self._row(row)


class _OnSqlite(_OnDriver):
    def _fetched(self, driver: Any, bound: list[Any]) -> list[Any]:
        found: list[Any] = driver.execute(self._text, bound).fetchall()
        return found


class _OnPostgres(_OnDriver):
    def _fetched(self, driver: Any, bound: list[Any]) -> list[Any]:
        try:
            done = driver.execute(self._text, dict(zip(self._bound, bound, strict=True)))
            found: list[Any] = done.fetchall() if self._returns else []
        except self._dialect.loaded_dbapi.Error as error:
            raise self._seen(driver, error) from error
        return found

    def _seen(self, driver: Any, error: Any) -> Exception:
        """The error as SQLAlchemy would have raised it, without the values: it tells of a lost connection."""
        lost = self._dialect.is_disconnect(error, driver, None)
        raised: Exception = DBAPIError.instance(
            self._text,
            None,
            error,
            self._dialect.loaded_dbapi.Error,
            hide_parameters=True,
            connection_invalidated=lost,
            dialect=self._dialect,
        )
        return raised


def _where_any(processes: Iterable[_Process]) -> list[tuple[int, Callable[[Any], Any]]]:
    """Most values are taken as they are: only the others are gone through."""
    return [(place, process) for place, process in enumerate(processes) if process is not None]


def _record(names: list[str]) -> Callable[[list[Any]], Record]:
    made: Any = namedtuple("_record", names)  # type: ignore[misc]  # the names are known only now
    return cast("Callable[[list[Any]], Record]", made._make)


def _defaults(compiled: SQLCompiler) -> dict[str, Any]:
    """What a column holds that is given no value. Raises TypeError for one that is not a plain value."""
    found: dict[str, Any] = {}
    for column in compiled.insert_prefetch:
        if not isinstance(column.default, ScalarElementColumnDefault):
            raise TypeError(f"the default of {column} is not a plain value")
        found[column.key] = column.default.arg
    return found


def _inward(kind: TypeEngine[Any], dialect: Dialect) -> _Process:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _outward(kind: TypeEngine[Any], dialect: Dialect) -> _Process:
    return kind.dialect_impl(dialect).result_processor(dialect, None)
