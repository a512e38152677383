"""The town, with every channel on and Telegram calling us."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog

from tests.bot.town import Town, fake_telegram, fake_twilio, settled_in


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with settled_in(tmp_path, fake_twilio(), fake_telegram()) as settled:
        yield settled


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    """A command that is run here points the logs at this test's own error stream, which is closed after it."""
    yield
    structlog.reset_defaults()
