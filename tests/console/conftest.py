"""The page of phones over a fresh SQLite store, and the console over a whole house."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest

from bank.organisation import Organisation
from bot import settings as settings_file
from bot.house import open_house
from language.wording import Catalogs
from storage.store import Store
from tests import prepared
from tests.bank.ashdale import ASHDALE, MORNING
from tests.conftest import Fresh
from tests.console.desk import Console, StillNow, console_of
from tests.console.table import Table, desk_on, table_of


@pytest.fixture
def ashdale(tmp_path: Path) -> Organisation:
    catalog = tmp_path / "pl" / "messages.po"
    catalog.parent.mkdir()
    catalog.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n', encoding="utf-8")
    return replace(ASHDALE, catalogs=Catalogs.load(tmp_path))


@pytest.fixture
async def table(lite_store: Store, ashdale: Organisation) -> AsyncIterator[Table]:
    """A Monday, 11am."""
    async with table_of(desk_on(lite_store, ashdale, MORNING)) as laid:
        yield laid


@pytest.fixture
async def console(database_url: str, tmp_path: Path) -> AsyncIterator[Console]:
    """The console of an empty demo bank, on a Monday at 11am; on SQLite, and on PostgreSQL where a test asks for it."""
    prepared.keys().save(tmp_path / "keys")
    own = {"HEARD_DEMO": "on", "HEARD_DATA_DIR": str(tmp_path), "HEARD_DATABASE__URL": database_url}
    with patch.dict("os.environ", own):
        settings = settings_file.load()
    async with open_house(settings, StillNow()) as house, console_of(house) as opened:
        yield opened


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    fresh: Fresh = request.getfixturevalue(f"fresh_{getattr(request, 'param', 'sqlite')}")
    with fresh() as url:
        yield url
