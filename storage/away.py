"""The one place that decides whether an error means "the database cannot be used just now"."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

# SQLite's result codes (sqlite.org/rescode.html). A plain SQLITE_ERROR is a mistake in our SQL, and SQLITE_READONLY is
# what a read that writes gets: both are bugs and stay what they are.
_SQLITE_CODES = frozenset({
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_INTERRUPT,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_NOLFS,
    sqlite3.SQLITE_NOTADB,
})  # fmt: skip

# PostgreSQL's classes and codes (its manual, appendix A): connection, resources, operator intervention, system error;
# serialization, deadlock and lock time-outs that trying again did not cure.
_POSTGRES_STATES = ("08", "53", "57", "58", "40001", "40P01", "55P03")


class Away(Exception):
    """The database cannot be reached, is locked, broken or full: nothing was kept, try again later.

    Only where PostgreSQL was lost while it committed nobody knows: then nothing was kept, or all of it.
    """


def seen(error: BaseException) -> BaseException:
    """The error as a caller should see it: Away, or the error itself when it is a bug or a broken constraint."""
    if not _is_away(error):
        return error
    away = Away("the database cannot be used just now")
    away.__cause__ = error
    return away


def sqlstate(error: BaseException) -> str | None:
    """PostgreSQL's five-character code, where the error has one."""
    state: str | None = getattr(getattr(error, "orig", None), "sqlstate", None)
    return state


def _is_away(error: BaseException) -> bool:
    if not isinstance(error, (DBAPIError, sqlite3.Error)):
        return False
    # What SQLAlchemy ran comes wrapped, what storage.prepared ran as it is.
    code: int | None = getattr(getattr(error, "orig", error), "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in _SQLITE_CODES
    state = sqlstate(error)
    if state is not None:
        return state.startswith(_POSTGRES_STATES)
    broken = (OperationalError, InterfaceError, sqlite3.OperationalError, sqlite3.InterfaceError)
    return getattr(error, "connection_invalidated", False) or isinstance(error, broken)
