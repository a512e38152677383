"""The page of phones over a fresh SQLite store, in English and in a Polish that is still English."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bank.organisation import Organisation
from language.wording import Catalogs
from storage.keys import KeyRing
from storage.store import Store, open_store
from tests.bank.ashdale import ASHDALE, MORNING
from tests.conftest import Fresh
from tests.console.table import Table, desk_on, table_of


@pytest.fixture
def ashdale(tmp_path: Path) -> Organisation:
    catalog = tmp_path / "pl" / "messages.po"
    catalog.parent.mkdir()
    catalog.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n', encoding="utf-8")
    return replace(ASHDALE, catalogs=Catalogs.load(tmp_path))


@pytest.fixture
async def lite_store(fresh_sqlite: Fresh, keys: KeyRing) -> AsyncIterator[Store]:
    with fresh_sqlite() as url:
        opened = open_store(url, keys)
        yield opened
        await asyncio.wait_for(opened.close(), 10)


@pytest.fixture
async def table(lite_store: Store, ashdale: Organisation) -> AsyncIterator[Table]:
    """A Monday, 11am."""
    async with table_of(desk_on(lite_store, ashdale, MORNING)) as laid:
        yield laid
