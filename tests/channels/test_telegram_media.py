"""Media at Telegram, fetched over real sockets: asked for by its id, then given; the token is told to nobody."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from channels.fakes.telegram import FakeTelegram
from channels.fakes.tone import tone
from channels.media import CannotOpen, Why
from channels.telegram.account import TelegramAccount
from channels.telegram.adapter import TelegramAdapter
from channels.telegram.inbound import read_update
from channels.telegram.media import MOST_BYTES
from channels.transport import Transport
from tests.channels.telegram_api import TOKEN, ok, refusal, scripted

NOTE = tone(0.1)


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    fake = FakeTelegram(TOKEN)
    await fake.start()
    yield fake
    await fake.stop()


@pytest.fixture
def account(telegram: FakeTelegram) -> TelegramAccount:
    return TelegramAccount(TOKEN, api_base_url=telegram.url)


@pytest.fixture
def adapter(account: TelegramAccount, transport: Transport) -> TelegramAdapter:
    return TelegramAdapter(account, transport)


async def why_not(adapter: TelegramAdapter, place: str) -> Why:
    with pytest.raises(CannotOpen) as refused:
        await adapter.open_media(place)
    assert TOKEN not in repr(refused.value)
    assert refused.value.__cause__ is None
    return refused.value.why


async def test_a_voice_note_is_fetched_by_what_its_message_says(
    telegram: FakeTelegram, adapter: TelegramAdapter
) -> None:
    id_ = telegram.files.keep(NOTE, "oga")
    voice = {"file_id": id_, "file_unique_id": "b", "duration": 1, "mime_type": "audio/ogg"}
    update = await telegram.person(7001).sends(voice=voice)
    assert update is not None
    (event,) = read_update(update.body)
    assert await adapter.open_media(event.enclosed[0].place) == NOTE  # type: ignore[union-attr]
    assert telegram.files.given == ["files/file_0.oga"]


async def test_what_telegram_has_no_longer(telegram: FakeTelegram, adapter: TelegramAdapter) -> None:
    id_ = telegram.files.keep(NOTE, "oga")
    telegram.files.lose(id_)
    assert await why_not(adapter, id_) is Why.GONE
    assert await why_not(adapter, "another bot's") is Why.GONE


async def test_what_telegram_gives_no_bot(telegram: FakeTelegram, adapter: TelegramAdapter) -> None:
    fits, longer = (telegram.files.keep(b"x" * size, "mp4") for size in (MOST_BYTES, MOST_BYTES + 1))
    assert len(await adapter.open_media(fits)) == MOST_BYTES
    assert await why_not(adapter, longer) is Why.TOO_BIG


async def test_a_token_that_telegram_does_not_know(account: TelegramAccount, transport: Transport) -> None:
    adapter = TelegramAdapter(replace(account, token="1:another"), transport)
    assert await why_not(adapter, "a") is Why.NOT_LET_IN


async def test_telegram_cannot_be_reached(telegram: FakeTelegram, adapter: TelegramAdapter) -> None:
    id_ = telegram.files.keep(NOTE, "oga")
    await telegram.stop()
    assert await why_not(adapter, id_) is Why.NOT_REACHED


NO_WAY = [
    (
        "a path on the machine of the server",
        ok({"file_id": "a", "file_unique_id": "b", "file_path": "../../x"}),
        "not_theirs",
    ),
    ("no path at all", ok({"file_id": "a", "file_unique_id": "b"}), "not_theirs"),
    ("nothing of a file", ok(True), "not_reached"),
    ("too many questions", refusal(429, "Too Many Requests", retry_after=3), "not_reached"),
    ("a fault of theirs", refusal(500, "Internal Server Error"), "not_reached"),
]


@pytest.mark.parametrize(("answer", "why"), [row[1:] for row in NO_WAY], ids=[row[0] for row in NO_WAY])
async def test_no_way_to_it(answer: tuple[int, bytes], why: str) -> None:
    adapter, transport = scripted(answer, name="getFile")
    assert await why_not(adapter, "a") == why
    assert [name for name, _ in transport.calls] == ["getFile"]
