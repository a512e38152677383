"""Why a database cannot be used is told from the driver's own error."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from storage.away import Away
from storage.why_away import Why, why

_BEFORE = 'connection failed: connection to server at "127.0.0.1", port 5432 failed: '


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (f'{_BEFORE}FATAL:  password authentication failed for user "heard"', Why.PASSWORD),
        (f"{_BEFORE}fe_sendauth: no password supplied", Why.PASSWORD),
        (f'{_BEFORE}FATAL:  database "heard" does not exist', Why.NO_DATABASE),
        (f'{_BEFORE}FATAL:  role "heard" does not exist', Why.NO_DATABASE),
        (f"{_BEFORE}Connection refused", Why.NO_ANSWER),
        ("connection timeout expired", Why.NO_ANSWER),
        ("failed to resolve host 'db.oakshire.test': [Errno -2] Name or service not known", Why.NO_MACHINE),
        ('invalid connection option "sslmod"', Why.OPTION),
        (f"{_BEFORE}etwas anderes", None),
    ],
)
def test_what_postgresql_says(said: str, expected: Why | None) -> None:
    away = Away("the database cannot be used just now")
    away.__cause__ = psycopg.OperationalError(said)
    assert why(away) is expected


def test_a_table_that_is_not_there_is_a_fault_of_ours() -> None:
    assert why(psycopg.errors.UndefinedTable('relation "people" does not exist')) is None


def test_a_disk_that_is_full(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "rows.db")) as rows:
        rows.execute("CREATE TABLE words (word TEXT)")
        rows.execute("PRAGMA max_page_count = 3")
        with pytest.raises(sqlite3.OperationalError) as full:
            rows.execute("INSERT INTO words VALUES (?)", ("x" * 100_000,))
    assert why(full.value) is Why.NO_ROOM


def test_what_can_only_be_read(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "rows.db")) as rows:
        rows.execute("PRAGMA query_only = ON")
        with pytest.raises(sqlite3.OperationalError) as refused:
            rows.execute("CREATE TABLE words (word TEXT)")
    assert why(refused.value) is Why.READ_ONLY


def test_what_another_holds(tmp_path: Path) -> None:
    with (
        closing(sqlite3.connect(tmp_path / "rows.db", isolation_level=None)) as first,
        closing(sqlite3.connect(tmp_path / "rows.db", isolation_level=None, timeout=0)) as second,
    ):
        first.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError) as held:
            second.execute("BEGIN IMMEDIATE")
    assert why(held.value) is Why.HELD


def test_no_databases_error() -> None:
    assert why(ValueError("database does not exist")) is None
