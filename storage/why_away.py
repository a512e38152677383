"""Why a database cannot be used, where its error tells: for whoever has to mend it.

The driver's own words are looked at and never handed on: they quote parts of the address, and a password may be in it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from enum import StrEnum, auto


class Why(StrEnum):
    PASSWORD = auto()
    NO_DATABASE = auto()
    NO_RIGHTS = auto()
    NO_MACHINE = auto()
    NO_ANSWER = auto()
    OPTION = auto()
    NO_ROOM = auto()
    NOT_OURS = auto()  # a file that is no database, or a broken one
    READ_ONLY = auto()
    HELD = auto()
    CANNOT_OPEN = auto()


# SQLite's primary result codes (sqlite.org/rescode.html).
_CODES = {
    sqlite3.SQLITE_FULL: Why.NO_ROOM,
    sqlite3.SQLITE_NOTADB: Why.NOT_OURS,
    sqlite3.SQLITE_CORRUPT: Why.NOT_OURS,
    sqlite3.SQLITE_READONLY: Why.READ_ONLY,
    sqlite3.SQLITE_BUSY: Why.HELD,
    sqlite3.SQLITE_LOCKED: Why.HELD,
    sqlite3.SQLITE_CANTOPEN: Why.CANNOT_OPEN,
    sqlite3.SQLITE_PERM: Why.CANNOT_OPEN,
}
# PostgreSQL's codes (its manual, appendix A), once it has let us in.
_STATES = {"42501": Why.NO_RIGHTS, "53100": Why.NO_ROOM, "25006": Why.READ_ONLY}
# Before that libpq gives no code, only words; those of the server are English unless it was told otherwise.
_WORDS = {
    "password authentication failed": Why.PASSWORD,
    "no password supplied": Why.PASSWORD,
    "failed to resolve host": Why.NO_MACHINE,
    "could not translate host name": Why.NO_MACHINE,
    "connection refused": Why.NO_ANSWER,
    "timeout expired": Why.NO_ANSWER,
    "no route to host": Why.NO_ANSWER,
    "no such file or directory": Why.NO_ANSWER,  # its socket
    "invalid connection option": Why.OPTION,
    " does not exist": Why.NO_DATABASE,
}


def why(error: BaseException) -> Why | None:
    """None for an error that is not a database's, or that does not tell."""
    return next((found for one in _behind(error) if (found := _told(one)) is not None), None)


def _behind(error: BaseException) -> Iterator[BaseException]:
    """The driver's own errors, behind those that wrapped them."""
    one: BaseException | None = error
    while one is not None:
        yield getattr(one, "orig", None) or one
        one = one.__cause__


def _told(error: BaseException) -> Why | None:
    if isinstance(error, sqlite3.Error):
        return _CODES.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    if not type(error).__module__.startswith("psycopg"):
        return None
    if (state := getattr(error, "sqlstate", None)) is not None:
        return _STATES.get(state)
    words = str(error).casefold()
    return next((found for part, found in _WORDS.items() if part in words), None)
