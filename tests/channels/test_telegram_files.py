"""A file of ours that goes with a message on Telegram, over a real socket."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from channels.fakes.telegram import FakeTelegram
from channels.media import File
from channels.message import Accepted, Option
from channels.telegram.account import TelegramAccount
from channels.telegram.adapter import CAPTION_UNITS, TelegramAdapter
from channels.transport import Transport
from tests.channels.telegram_api import TOKEN, message

ASHA = 7001
FILE = File("meeting.ics", "text/calendar", "BEGIN:VCALENDAR\r\nSUMMARY:Tę kawę pijemy\r\n".encode())


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    fake = FakeTelegram(TOKEN)
    await fake.start()
    fake.person(ASHA, "Asha", started=True)
    yield fake
    await fake.stop()


@pytest.fixture
async def adapter(fake: FakeTelegram) -> AsyncIterator[TelegramAdapter]:
    transport = Transport()
    yield TelegramAdapter(TelegramAccount(TOKEN, api_base_url=fake.url), transport)
    await transport.close()


async def test_the_file_and_the_words_are_one_message(fake: FakeTelegram, adapter: TelegramAdapter) -> None:
    words = replace(message(str(ASHA), "For your calendar: 2pm, “Oak Hall”", Option("o1", "Yes")), file=FILE)
    became = await adapter.send(words)
    assert isinstance(became, Accepted)
    (entry,) = fake.book
    document = entry.parameters["document"]
    assert (document["name"], document["kind"], document["content"]) == (FILE.name, FILE.kind, FILE.content)
    assert entry.text == "For your calendar: 2pm, “Oak Hall”"
    (seen,) = fake.person(ASHA).sees
    assert [button.label for button in seen.buttons] == ["Yes"]


async def test_words_too_long_to_stand_under_a_file_go_alone(fake: FakeTelegram, adapter: TelegramAdapter) -> None:
    await adapter.send(replace(message(str(ASHA), "x" * (CAPTION_UNITS + 1)), file=FILE))
    (entry,) = fake.book
    assert "document" not in entry.parameters
    assert len(entry.text) == CAPTION_UNITS + 1
