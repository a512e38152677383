"""What the doctor's tests share: settings of an installation of its own, and fake providers."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.settings import Settings, load
from channels.fakes.telegram import FakeTelegram
from channels.fakes.twilio import FakeTwilio
from tests.bot.doctor.installation import ACCOUNT, AUTH_TOKEN, BOT_TOKEN, Given


@pytest.fixture
def given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Given:
    """The settings of an installation of its own, with these variables."""
    for name in [name for name in os.environ if name.startswith("HEARD_")]:
        monkeypatch.delenv(name)
    secrets = tmp_path / "secrets"
    secrets.mkdir()
    monkeypatch.setenv("HEARD_SECRETS_DIR", str(secrets))
    monkeypatch.setenv("HEARD_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("HEARD_ORGANISATION__NUMBERS_CHECKED", datetime.now(UTC).date().isoformat())

    def settings(**variables: str) -> Settings:
        for name, value in variables.items():
            monkeypatch.setenv(f"HEARD_{name}", value)
        return load()

    return settings


@pytest.fixture
async def twilio() -> AsyncIterator[FakeTwilio]:
    fake = FakeTwilio(ACCOUNT, AUTH_TOKEN, api_key="SK1", api_secret="a-secret-of-the-key")
    await fake.start()
    yield fake
    await fake.stop()


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    fake = FakeTelegram(BOT_TOKEN)
    await fake.start()
    yield fake
    await fake.stop()
