"""A PostgreSQL database without a table, for processes that make their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.server import empty_database


@pytest.fixture
def own_database(postgres_url: str) -> Iterator[str]:
    with empty_database(postgres_url) as url:
        yield url
