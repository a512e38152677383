"""A store on PostgreSQL alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from storage.keys import KeyRing
from storage.store import Store, open_store
from tests.conftest import Fresh


@pytest.fixture
async def fresh_postgres_store(fresh_postgres: Fresh, keys: KeyRing) -> AsyncIterator[Store]:
    """PostgreSQL alone, for what only its planner can get wrong."""
    with fresh_postgres() as url:
        opened = open_store(url, keys)
        yield opened
        await asyncio.wait_for(opened.close(), 10)
