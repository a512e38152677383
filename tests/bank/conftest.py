"""A store on SQLite alone, for what is slow and is the same on both."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from storage.keys import KeyRing
from storage.store import Store, open_store
from tests.conftest import Fresh


@pytest.fixture
async def lite_store(fresh_sqlite: Fresh, keys: KeyRing) -> AsyncIterator[Store]:
    with fresh_sqlite() as url:
        opened = open_store(url, keys)
        yield opened
        await asyncio.wait_for(opened.close(), 10)


@pytest.fixture
async def fresh_postgres_store(fresh_postgres: Fresh, keys: KeyRing) -> AsyncIterator[Store]:
    """PostgreSQL alone, for what only its planner can get wrong."""
    with fresh_postgres() as url:
        opened = open_store(url, keys)
        yield opened
        await asyncio.wait_for(opened.close(), 10)
