"""A whole join on every channel with every log at debug: no text, name, number or token is in any of it."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from channels.fakes.fault import LoseAnswer, Refuse, TooMany
from channels.fakes.script import Script
from tests.bot.town import AUTH_TOKEN, BOT_TOKEN, OUR_WHATSAPP, SECRET, Town, fake_telegram, fake_twilio, settled_in

ASHA, BEN, CHAT = "+447700900111", "+447700900112", 700_900_113
NAMES = ("Zuleika", "Ottoline", "Peregrine")
NEEDLES = (
    *(ASHA, ASHA[1:], "07700900111", BEN, BEN[1:], str(CHAT)),
    *NAMES,
    *(AUTH_TOKEN, BOT_TOKEN, BOT_TOKEN.partition(":")[2], SECRET),
    *("Would you like to join", "You have joined", "xylophone", "keep your number", "A person will read"),
)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """Where one message is refused, one is put off, and one answer is lost."""
    twilio = Script().on(2, Refuse(21617)).on(3, TooMany(1)).on(5, LoseAnswer())
    async with settled_in(
        tmp_path,
        fake_twilio(script=twilio),
        fake_telegram(script=Script().on(2, LoseAnswer())),
        HEARD_LOG_LEVEL="debug",
    ) as settled:
        yield settled


@pytest.fixture
def library_logs(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """What every library says at its most talkative. asyncio speaks of nothing but its selector."""
    with caplog.at_level(logging.DEBUG):
        yield caplog


async def everybody_joins(town: Town) -> None:
    whatsapp = f"whatsapp:{BEN}"
    assert town.house.channels.telegram is not None
    await town.house.channels.telegram.service.set_webhook()
    person = town.telegram.person(CHAT, NAMES[2])
    for text in ("JOIN", "xylophone", "1", "1", NAMES[0]):
        await town.texts(ASHA, text)
        await town.twilio.person_sends(
            whatsapp,
            text.replace(NAMES[0], NAMES[1]),
            to=f"whatsapp:{OUR_WHATSAPP}",
            webhook_url=f"{town.url}/webhooks/twilio/message",
            ProfileName=NAMES[1],
        )
        await person.says(text.replace(NAMES[0], NAMES[2]).replace("JOIN", "/start"))
        await town.telegram.settled()
        await town.house.drain()
    await person.blocks()
    await town.telegram.settled()
    town.now.move(minutes=10)
    await town.house.keep_up()
    await town.twilio.settled()


async def forgeries(town: Town) -> None:
    """Requests that are refused, with all of it in them."""
    webhook = f"{town.url}/webhooks/twilio/message"
    await fake_posts(town, webhook)
    for body in (f'{{"update_id": "{NAMES[0]}"}}', f'{{"message": "{ASHA}"}}'):
        async with (
            town.twilio.session.post(
                f"{town.url}/webhooks/telegram", data=body, headers={"X-Telegram-Bot-Api-Secret-Token": SECRET}
            ) as answer,
        ):
            assert answer.status == 400


async def fake_posts(town: Town, webhook: str) -> None:
    assert (await town.texts(ASHA, NAMES[0], NumMedia=NAMES[0])).status == 200  # kept as a dead letter
    async with town.twilio.session.post(webhook, data={"From": ASHA, "Body": NAMES[0]}) as answer:
        assert answer.status == 403


async def test_the_log_names_nobody(library_logs: pytest.LogCaptureFixture, town: Town) -> None:
    with capture_logs() as ours:
        await everybody_joins(town)
        await forgeries(town)
    assert await town.states(ASHA) != []
    assert {row.state for row in await town.heard(str(CHAT), "telegram")} >= {"unknown", "accepted"}
    assert [entry["event"] for entry in ours if entry["event"] == "request_malformed"]
    lines = [repr(entry) for entry in ours]
    lines += [f"{record.name}: {record.getMessage()} {record.exc_text or ''}" for record in library_logs.records]
    assert len(lines) > 10
    found = {(needle, line[:200]) for line in lines for needle in NEEDLES if needle.lower() in line.lower()}
    assert found == set()
