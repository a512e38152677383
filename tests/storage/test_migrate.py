"""Migrations: written from the tables, run once whoever comes first, and nothing is left to change afterwards."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, Table, insert, inspect, select

from storage import migrate
from storage.keys import KeyRing
from storage.schema import metadata as ours
from storage.store import Away, make_engine
from storage.types import Code, Id, Instant, Lookup, Sealed, SealedJson, Token

NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)


def first() -> MetaData:
    metadata = MetaData(naming_convention=ours.naming_convention)
    Table(
        "owners",
        metadata,
        Column("id", Id, primary_key=True),
        Column("name", Sealed("owners.name"), nullable=False),
        Column("facts", SealedJson("owners.facts")),
        Column("number", Lookup(), index=True),
        Column("at", Instant(), nullable=False),
    )
    Table(
        "toys",
        metadata,
        Column("id", Id, primary_key=True),
        Column("owner_id", Id, ForeignKey("owners.id"), nullable=False),
        Column("state", Code(), nullable=False),
        Column("token", Token(), unique=True),
    )
    return metadata


def second() -> MetaData:
    metadata = first()
    owners, toys = metadata.tables["owners"], metadata.tables["toys"]
    owners.append_column(Column("note", Sealed("owners.note")))
    owners.c["name"].nullable = True  # SQLite can only do this by copying the table
    toys.append_column(Column("wheels", Integer))
    Index(None, toys.c.state, toys.c.wheels)
    return metadata


@pytest.fixture
def versions(tmp_path: Path) -> Path:
    """A folder with two steps, both written by autogenerate."""
    folder = tmp_path / "ver%sions"
    folder.mkdir()
    migrate.revision("first toys", folder, first())
    migrate.revision("wheels", folder, second())
    return folder


@pytest.fixture(params=["sqlite", "postgres"])
def blank_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'blank.db'}"
        return
    server: str = request.getfixturevalue("postgres_url")
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute("CREATE DATABASE blank STRATEGY file_copy")
        yield server.replace("/postgres?", "/blank?")
        admin.execute("DROP DATABASE blank WITH (FORCE)")


def test_steps_are_numbered_in_one_line(versions: Path) -> None:
    assert sorted(path.name for path in versions.glob("*.py")) == ["0001_first_toys.py", "0002_wheels.py"]
    assert migrate.head(versions) == "0002"


def test_the_real_steps_are_one_line_too() -> None:
    script = ScriptDirectory(str(migrate.VERSIONS.parent), version_locations=[str(migrate.VERSIONS)])
    assert script.get_current_head() == migrate.head()


def test_a_step_names_our_types(versions: Path) -> None:
    step = (versions / "0001_first_toys.py").read_text()
    for expected in ("types.Sealed('owners.name')", "types.SealedJson('owners.facts')", "types.Instant()"):
        assert expected in step
    assert "from storage import types" in step


def test_upgraded_once_nothing_is_left_to_do(blank_url: str, keys: KeyRing, versions: Path) -> None:
    assert migrate.current(blank_url) is None
    assert migrate.pending(blank_url, versions)
    migrate.upgrade(blank_url, keys, versions)
    assert migrate.current(blank_url) == "0002"
    assert not migrate.pending(blank_url, versions)
    assert migrate.differences(blank_url, keys, second()) == []
    migrate.upgrade(blank_url, keys, versions)


def test_what_the_tables_lack_is_told(blank_url: str, keys: KeyRing, versions: Path) -> None:
    migrate.upgrade(blank_url, keys, versions)
    told = "\n".join(migrate.differences(blank_url, keys, first()))
    assert all(word in told for word in ("note", "wheels", "modify_nullable"))


def test_rows_survive_a_step_that_copies_their_table(blank_url: str, keys: KeyRing, versions: Path) -> None:
    later = versions / "0002_wheels.py"
    kept_back = later.read_text()
    later.unlink()
    migrate.upgrade(blank_url, keys, versions)
    tables = first().tables
    engine = make_engine(blank_url, keys)
    with engine.begin() as tx:
        tx.execute(insert(tables["owners"]), {"name": "Asha", "at": NOON})
        tx.execute(insert(tables["toys"]), {"owner_id": 1, "state": "new"})
    later.write_text(kept_back)
    migrate.upgrade(blank_url, keys, versions)
    with engine.begin() as tx:
        assert tx.execute(select(tables["owners"].c.name, tables["owners"].c.at)).all() == [("Asha", NOON)]
        assert tx.execute(select(tables["toys"].c.owner_id)).all() == [(1,)]
    engine.dispose()


def test_many_may_start_at_once(blank_url: str, keys: KeyRing, versions: Path) -> None:
    """Four processes upgrade the same blank database: all succeed, one did the work."""
    program = (
        "import sys; from pathlib import Path; from storage import migrate; from storage.keys import KeyRing; "
        "migrate.upgrade(sys.argv[1], KeyRing.ephemeral(), Path(sys.argv[2]))"
    )
    root = Path(__file__).parents[2]

    def start(_: int) -> int:
        return subprocess.run([sys.executable, "-c", program, blank_url, versions], cwd=root, check=False).returncode

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(start, range(4))) == [0, 0, 0, 0]
    assert migrate.differences(blank_url, keys, second()) == []


def test_a_step_that_fails_leaves_nothing(blank_url: str, keys: KeyRing, versions: Path) -> None:
    broken = (
        (versions / "0002_wheels.py")
        .read_text()
        .replace("def downgrade", "    raise LookupError('half way')\n\n\ndef downgrade")
    )
    (versions / "0002_wheels.py").write_text(broken)
    with pytest.raises(LookupError, match="half way"):
        migrate.upgrade(blank_url, keys, versions)
    assert migrate.current(blank_url) is None
    engine = make_engine(blank_url, keys)
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_a_newer_database_is_left_alone(blank_url: str, keys: KeyRing, versions: Path) -> None:
    migrate.upgrade(blank_url, keys, versions)
    (versions / "0002_wheels.py").unlink()
    with pytest.raises(migrate.DatabaseNewer, match="0002"):
        migrate.upgrade(blank_url, keys, versions)


def test_so_is_one_that_became_newer_while_we_waited(
    blank_url: str, keys: KeyRing, versions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate.upgrade(blank_url, keys, versions)
    (versions / "0002_wheels.py").unlink()
    monkeypatch.setattr(migrate, "current", lambda _url: None)  # as it was when we looked, before our turn
    with pytest.raises(migrate.DatabaseNewer, match="0002"):
        migrate.upgrade(blank_url, keys, versions)


def test_a_step_may_think_for_longer_than_a_work_may(blank_url: str, keys: KeyRing, versions: Path) -> None:
    """PostgreSQL ends a transaction of ours in which nothing happens for 5 seconds; here for a twentieth of one."""
    hurried = "&options=-c%20idle_in_transaction_session_timeout%3D50"
    step = versions / "0002_wheels.py"
    begin = "def upgrade() -> None:\n"
    assert begin in step.read_text()
    step.write_text(step.read_text().replace(begin, f"{begin}    import time\n    time.sleep(0.3)\n"))
    url = blank_url + hurried if blank_url.startswith("postgresql") else blank_url
    migrate.upgrade(url, keys, versions)
    assert migrate.current(blank_url) == "0002"


def test_a_database_that_is_not_there_is_away(tmp_path: Path, keys: KeyRing, versions: Path) -> None:
    with pytest.raises(Away):
        migrate.upgrade(f"postgresql://postgres@/postgres?host={tmp_path}", keys, versions)


def test_an_up_to_date_start_never_loads_alembic(tmp_path: Path, keys: KeyRing, versions: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ready.db'}"
    migrate.upgrade(url, keys, versions)
    program = (
        "import sys; from pathlib import Path; from storage import migrate; from storage.keys import KeyRing; "
        "migrate.upgrade(sys.argv[1], KeyRing.ephemeral(), Path(sys.argv[2])); sys.exit('alembic' in sys.modules)"
    )
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", program, url, versions], cwd=root, check=False).returncode == 0
