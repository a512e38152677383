"""The store: hand it a work, and it is on disk when the answer comes.

A work is a plain function of the open transaction. It may run more than once, and has no effect but its rows. A broken
constraint ends it, so it asks ("on conflict do nothing") rather than tries. Works that wait at the same moment may
share a commit; nobody but the store knows.

Statements are built once, beside their table, with `bindparam` for what changes: building four costs twice as much time
as running them. Those of every message are prepared as well (storage.prepared).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from sqlalchemy import URL, Engine, make_url

from storage.away import Away
from storage.keys import KeyRing
from storage.postgres import PostgresStore, postgres_engine
from storage.sqlite import SqliteStore, sqlite_engine
from storage.work import Tx

__all__ = ["Away", "Store", "Tx", "make_engine", "open_store"]

T = TypeVar("T")


class Store(Protocol):
    """Runs works. Raises what the work raised, or Away when the database cannot be used just now."""

    async def write(self, work: Callable[[Tx], T]) -> T:
        """Run `work` in a transaction of its own, as far as it can tell, and return when its rows are on disk."""
        ...

    async def read(self, work: Callable[[Tx], T]) -> T:
        """Run `work`, which only reads, on one moment's rows: everything that was written before is there."""
        ...

    async def forget(self) -> None:
        """Let no log of the database's own remember what was erased. Raises Away.

        On PostgreSQL that is vacuum's work, and its archive's.
        """
        ...

    async def close(self) -> None:
        """Finish what is waiting, then let go of the database."""
        ...


def open_store(url: str, keys: KeyRing, *, readers: int = 2) -> Store:
    """A store on "sqlite:///path" or "postgresql://..." (`readers` connections, and one). Connects when first used.

    Raises ValueError for another kind of database.
    """
    parsed = _supported(url)
    if parsed.get_backend_name() == "sqlite":
        return SqliteStore(parsed, keys)
    return PostgresStore(parsed, keys, readers)


def make_engine(url: str, keys: KeyRing | None) -> Engine:
    """An engine without a pool, for migrations and checks. Without keys it reads no sealed column."""
    parsed = _supported(url)
    return (sqlite_engine if parsed.get_backend_name() == "sqlite" else postgres_engine)(parsed, keys)


def _supported(url: str) -> URL:
    parsed = make_url(url)
    if parsed.get_backend_name() not in {"sqlite", "postgresql"}:
        raise ValueError(f"Heard keeps its rows in SQLite or PostgreSQL, not in {parsed.get_backend_name()}")
    return parsed
