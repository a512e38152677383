"""What every test would else make anew: keys, a migrated database, and statements that SQLAlchemy has built.

Making them is most of what a test of the whole house costs, and none of what it is about.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from gettext import GNUTranslations
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from sqlalchemy import URL, Engine
from sqlalchemy.util import LRUCache

from storage import migrate
from storage.keys import KeyRing

_STATEMENTS = 2_000  # about twice as many as we have
Make = Callable[[URL, KeyRing | None], Engine]


@cache
def keys() -> KeyRing:
    """The keys of every test that does not make its own."""
    return KeyRing.ephemeral()


@cache
def migrated() -> Path:
    """A SQLite file with every table and no row."""
    folder = tempfile.mkdtemp(prefix="heard-migrated-")
    atexit.register(shutil.rmtree, folder)
    file = Path(folder) / "migrated.db"
    file.touch()
    migrate.upgrade(f"sqlite:///{file}", keys())
    return file


def installation(folder: Path) -> None:
    """A data folder as a first start leaves it: keys, and a migrated database."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys().save(folder / "keys")
    shutil.copyfile(migrated(), folder / "heard.db")


def with_one_dialect(make: Make) -> Make:
    """Engines with our keys share what SQLAlchemy has built for the first of them."""
    first: list[Engine] = []
    built: LRUCache[Any, Any] = LRUCache(_STATEMENTS)

    def made(url: URL, ring: KeyRing | None) -> Engine:
        engine = make(url, ring)
        if ring != keys():
            return engine
        first.append(engine)
        engine.dialect = first[0].dialect
        engine.update_execution_options(compiled_cache=built)
        return engine

    return made


def once_a_file(compiled: Callable[[Path], GNUTranslations]) -> Callable[[Path], GNUTranslations]:
    """A catalog is compiled once for as long as its file is as it was: each house of each test would do so anew."""
    kept: dict[tuple[Path, int], GNUTranslations] = {}

    def made(path: Path) -> GNUTranslations:
        key = path, path.stat().st_mtime_ns
        if key not in kept:
            kept[key] = compiled(path)
        return kept[key]

    return made


def once_a_path(compiled: Callable[[str], Any]) -> Callable[[str], Any]:
    """The pattern of a route is compiled once: each console of each test has three hundred routes."""
    return cache(compiled)


class Compiled(BytecodeCache):
    """Templates as Python, kept in memory: each console of each test would compile its pages anew."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key, bucket.checksum] = bucket.code


def with_compiled_templates(make: type[Environment]) -> Callable[..., Environment]:
    """Jinja environments that share what any of them has compiled."""
    compiled = Compiled()
    return lambda **options: make(bytecode_cache=compiled, **options)
