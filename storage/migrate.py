"""Brings a database to the newest shape, once, whoever starts first; and tells whether it has it.

Steps are files in migrations/versions, numbered in one line: 0001_first.py, 0002_notes.py. Developers write one with
`python -m storage.migrate revision "what it does"`. Those that were handed out stand in migrations/SHA256SUMS and stay
as they are.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, MetaData, inspect
from sqlalchemy.exc import DBAPIError, OperationalError

from storage import schema
from storage.away import Away, seen
from storage.keys import KeyRing
from storage.store import make_engine

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = Path(__file__).parent / "migrations"
VERSIONS = _MIGRATIONS / "versions"
_LOCK = 4_830_117  # any number of our own: PostgreSQL knows advisory locks by number
_PATIENCE = 60  # seconds for another process's steps
_NOT_OURS = ("procrastinate_", "pgqueuer")  # a job engine's own tables


class NotUnicode(Exception):
    """The database cannot keep every letter that people write. Says which encoding it has."""


class DatabaseNewer(Exception):
    """The database has been upgraded by a newer Heard than this one."""


def head(versions: Path = VERSIONS) -> str | None:
    """The number of the newest step, or None when there is none."""
    return max(_numbers(versions), default=None)


def current(url: str) -> str | None:
    """The number of the last step the database has had, or None. Raises Away."""
    with _connected(url, None) as connection:
        return _number(connection)


def pending(url: str, versions: Path = VERSIONS) -> bool:
    """Whether the database still lacks a step. Raises Away, and DatabaseNewer when it has one we do not know."""
    return _lacks_a_step(current(url), versions)


def upgrade(url: str, keys: KeyRing, versions: Path = VERSIONS) -> None:
    """Run the missing steps in one transaction, while other processes wait. Raises Away, DatabaseNewer, NotUnicode."""
    if not pending(url, versions):
        return
    # Alembic takes longer to import than a start may take, and most starts have nothing to do.
    from alembic import command  # noqa: PLC0415

    with _connected(url, keys) as connection, _alone(connection):
        _keeps_every_letter(connection)
        if _lacks_a_step(_number(connection), versions):  # while we waited, another may have done them, or more
            command.upgrade(_config(connection, versions), "head")


def differences(url: str, keys: KeyRing, metadata: MetaData | None = None) -> list[str]:
    """What would have to change for the database to have the shape the tables say; empty when nothing."""
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415  see upgrade
    from alembic.migration import MigrationContext  # noqa: PLC0415

    metadata = tables() if metadata is None else metadata
    with _connected(url, keys) as connection:
        found = compare_metadata(MigrationContext.configure(connection, opts=options(metadata)), metadata)
    return [str(part) for change in found for part in (change if isinstance(change, list) else [change])]


def revision(message: str, versions: Path = VERSIONS, metadata: MetaData | None = None) -> Path:
    """Write the next step: what the tables have and a database with all earlier steps lacks."""
    from alembic import command  # noqa: PLC0415  see upgrade

    number = f"{int(head(versions) or 0) + 1:04}"
    with TemporaryDirectory() as folder:
        url, keys = f"sqlite:///{folder}/scratch.db", KeyRing.ephemeral()
        upgrade(url, keys, versions)
        with _connected(url, keys) as connection:
            config = _config(connection, versions, tables() if metadata is None else metadata)
            command.revision(config, message, autogenerate=True, rev_id=number)
    return next(versions.glob(f"{number}_*.py"))


def tables() -> MetaData:
    """All our tables: each noun's file adds its own when it is imported."""
    for module in iter_modules([str(Path(__file__).parent)]):
        import_module(f"storage.{module.name}")
    return schema.metadata


def options(metadata: MetaData | None) -> dict[str, Any]:
    """How Alembic compares and writes our tables; migrations/env.py uses it too."""
    return {
        "target_metadata": metadata,
        "compare_type": True,
        "render_as_batch": True,
        "include_object": lambda _item, name, *_: not (name or "").startswith(_NOT_OURS),
        "render_item": _rendered,
    }


def _rendered(kind: str, item: Any, context: Any) -> str | bool:
    if kind != "type" or type(item).__module__ != "storage.types":
        return False
    context.imports.add("from storage import types")
    label = getattr(item, "label", None)
    return f"types.{type(item).__name__}({'' if label is None else repr(label)})"


def _keeps_every_letter(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
        if encoding != "UTF8":
            raise NotUnicode(f"the PostgreSQL database cannot keep every letter: its encoding is {encoding}")


def _number(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    number: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return number


def _lacks_a_step(number: str | None, versions: Path) -> bool:
    if number is not None and number not in _numbers(versions):
        raise DatabaseNewer(f"the database is at step {number}, which this version of Heard does not know")
    return number != head(versions)


def _numbers(versions: Path) -> list[str]:
    return [path.name.partition("_")[0] for path in versions.glob("[0-9]*_*.py")]


@contextmanager
def _connected(url: str, keys: KeyRing | None) -> Iterator[Connection]:
    engine = make_engine(url, keys)
    try:
        with engine.connect() as connection:
            yield connection
    except DBAPIError as error:
        raise seen(error) from error.__cause__
    finally:
        engine.dispose()


@contextmanager
def _alone(connection: Connection) -> Iterator[None]:
    """One transaction in which no other process changes the database's shape."""
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:  # batch mode copies tables, and no reference may be followed while it does
        for setting in (f"busy_timeout = {_PATIENCE * 1000}", "foreign_keys = OFF"):
            connection.exec_driver_sql(f"PRAGMA {setting}")
        _write_ahead(connection)
    with connection.begin():
        if sqlite:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            for limit in ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"):
                connection.exec_driver_sql(f"SET LOCAL {limit} = 0")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        yield
        if sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
            raise RuntimeError(f"a step left a row of {broken[0]} without the row of {broken[2]} it belongs to")


def _write_ahead(connection: Connection) -> None:
    """Turn SQLite's write-ahead log on, which stays on; of those who try at once SQLite lets one and refuses the rest
    without waiting, whatever their busy_timeout.
    """
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")
        except OperationalError as error:
            if not isinstance(seen(error), Away) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return
        finally:
            connection.rollback()


def _config(connection: Connection, versions: Path, metadata: MetaData | None = None) -> Config:
    from alembic.config import Config  # noqa: PLC0415  see upgrade

    config = Config(attributes={"connection": connection, "metadata": metadata})
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("version_locations", str(versions).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m storage.migrate", description="Write the next migration step.")
    parser.add_argument("action", choices=["revision"])
    parser.add_argument("message", help="what the step does, in a few words")
    sys.stdout.write(f"{revision(parser.parse_args(arguments).message)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
