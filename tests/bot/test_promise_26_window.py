"""Outside WhatsApp's 24 hours only an approved template goes over the wire: the real adapter, and the fake's rules."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bank import voice
from bank.voice import Envelope, Spoken
from channels.fakes.book import Entry
from channels.message import Channel, Message, Outcome, Refused
from storage import addresses
from storage.outbox import Priority
from storage.store import Tx
from tests.bot.test_breaker import whatsapps
from tests.bot.town import HandNow, Town, fake_telegram, fake_twilio, settled_in

ASHA = "+447700900101"
PHONE = f"whatsapp:{ASHA}"
CONTENT = "HX" + "7" * 32
TEMPLATE = {"HEARD_TWILIO__CONTENT_TEMPLATES": json.dumps({"text": CONTENT})}


@asynccontextmanager
async def a_day_later(folder: Path, **more: str) -> AsyncIterator[Town]:
    """Asha wrote on WhatsApp yesterday, and the fake keeps WhatsApp's hours by the same clock."""
    now = HandNow()
    twilio = fake_twilio(windows=True, clock=now, templates={CONTENT: "{{1}}"} if more else None)
    async with settled_in(folder, twilio, fake_telegram(), now, **more) as town:
        for text in ("JOIN", "1", "1", "Asha"):
            await whatsapps(town, ASHA, text)
            await town.house.drain()
        await town.twilio.settled()
        now.move(days=1)
        yield town


async def queue(town: Town, text: str, priority: Priority = Priority.BULK) -> None:
    def work(tx: Tx) -> None:
        found = addresses.find(tx, "whatsapp", ASHA)
        assert found is not None
        envelope = Envelope(found.id, "whatsapp", "en", priority=priority)
        voice.queue(tx, envelope, "test.text", Spoken(text), town.now())

    await town.house.store.write(work)


def since_yesterday(town: Town) -> list[Entry]:
    return [entry for entry in town.got(PHONE) if entry.at >= town.now()]


async def test_promise_26_it_goes_in_the_template_with_the_words_in_its_blank(tmp_path: Path) -> None:
    async with a_day_later(tmp_path, **TEMPLATE) as town:
        await queue(town, "Ashdale Council here.\nSee you on Thursday.")
        await town.house.drain()
        await town.twilio.settled()
        (entry,) = since_yesterday(town)
        assert entry.parameters["ContentSid"] == CONTENT
        assert "Body" not in entry.parameters
        assert entry.text == "Ashdale Council here. See you on Thursday."
        assert (await town.states(ASHA, "whatsapp"))[-1] == "delivered"


async def test_promise_26_a_question_too_with_its_choices_in_the_words(tmp_path: Path) -> None:
    """The question of the week comes by itself, and the answer to it is heard."""
    async with a_day_later(tmp_path, **TEMPLATE) as town:
        town.now.move(days=7)
        await town.house.keep_up()
        (entry,) = since_yesterday(town)
        assert entry.parameters["ContentSid"] == CONTENT
        assert entry.text.endswith("1 Yes 2 No")
        await whatsapps(town, ASHA, "1")
        await town.house.drain()
        await town.twilio.settled()
        assert (await town.states(ASHA, "whatsapp"))[-2:] == ["delivered"] * 2
        assert "ContentSid" not in since_yesterday(town)[-1].parameters, "their answer has opened the window"


async def test_promise_26_without_a_template_nothing_goes_and_it_is_said_why(tmp_path: Path) -> None:
    async with a_day_later(tmp_path) as town:
        calls = town.twilio.script.calls
        await queue(town, "News.")
        await town.house.drain()
        (*_before, row) = await town.heard(ASHA, "whatsapp")
        assert (row.state, row.problem) == ("failed", "63016")
        outcomes = await asked_for_all(town, "whatsapp")
        assert all(isinstance(outcome, Refused) for outcome in outcomes)
        assert town.twilio.script.calls == calls
        assert since_yesterday(town) == []


async def test_promise_26_a_message_too_long_for_a_template_is_not_sent_as_a_body(tmp_path: Path) -> None:
    async with a_day_later(tmp_path, **TEMPLATE) as town:
        await queue(town, "Long. " * 200)
        await town.house.drain()
        (*_before, row) = await town.heard(ASHA, "whatsapp")
        assert (row.state, row.problem, since_yesterday(town)) == ("failed", "63016", [])


async def test_promise_26_the_adapter_itself_never_sends_a_body_outside(tmp_path: Path) -> None:
    """Whoever asks it to, and whatever the bank thought."""
    async with a_day_later(tmp_path, **TEMPLATE) as town:
        await asked_for_all(town, "whatsapp")
        await town.twilio.settled()
        sent = since_yesterday(town)
        assert len(sent) > 1
        assert all("ContentSid" in entry.parameters and "Body" not in entry.parameters for entry in sent)
        assert all(entry.status == "delivered" for entry in sent)


async def asked_for_all(town: Town, sender: str) -> list[Outcome]:
    """What the adapter says to messages outside the window, of all kinds."""
    adapter, texts = town.house.channels.adapters[sender], ("News.", "Line\nbreaks\tand tabs", " ", "Long. " * 200)
    return [
        await adapter.send(Message(f"token{number}", sender, Channel.WHATSAPP, ASHA, text, in_window=False))
        for number, text in enumerate(texts)
    ]


async def test_the_fake_refuses_a_body_outside_so_that_these_tests_can_fail(tmp_path: Path) -> None:
    async with a_day_later(tmp_path) as town:
        adapter = town.house.channels.adapters["whatsapp"]
        await adapter.send(Message("token", "whatsapp", Channel.WHATSAPP, ASHA, "News.", in_window=True))
        await town.twilio.settled()
        (entry,) = since_yesterday(town)
        assert (entry.status, entry.history[-1].error) == ("undelivered", 63016)
