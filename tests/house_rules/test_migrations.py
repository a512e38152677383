"""A database that had every step has the shape that the tables say, on both engines."""

from __future__ import annotations

import hashlib

from sqlalchemy import Column, MetaData

from storage import migrate
from storage.keys import KeyRing
from storage.types import Code


def test_the_steps_make_the_tables(database_url: str, keys: KeyRing) -> None:
    assert migrate.differences(database_url, keys) == []
    assert migrate.current(database_url) == migrate.head()


def test_a_column_without_a_step_is_seen(database_url: str, keys: KeyRing) -> None:
    changed = MetaData()
    for table in migrate.tables().sorted_tables:
        table.to_metadata(changed)
    changed.tables["people"].append_column(Column("shoe_size", Code))
    assert "shoe_size" in str(migrate.differences(database_url, keys, changed))


def test_the_steps_stand_in_one_line() -> None:
    numbers = sorted(path.name.partition("_")[0] for path in migrate.VERSIONS.glob("[0-9]*_*.py"))
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]


def test_a_step_that_was_handed_out_stays_as_it_is() -> None:
    """A database that has had it would never have what is added to it later: that is a step of its own."""
    sums = (migrate.VERSIONS.parent / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    handed_out = {name: known for known, name in (line.split() for line in sums)}
    assert handed_out
    for name, known in handed_out.items():
        assert hashlib.sha256((migrate.VERSIONS / name).read_bytes()).hexdigest() == known, name
