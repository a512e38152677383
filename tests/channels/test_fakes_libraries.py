"""The providers' own libraries, talking to the fakes as they would to the real servers."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime

import pytest
import telegram
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from channels.fakes.clock import HandClock
from channels.fakes.telegram import FakeTelegram
from channels.fakes.twilio import FakeTwilio

ACCOUNT = "AC" + "0" * 32
OURS, ASHA = "+447700900999", "+447700900123"
TOKEN = "4200:secret"


@pytest.fixture
async def twilio():
    fake = FakeTwilio(ACCOUNT, "secret", clock=HandClock())
    await fake.start()
    yield fake
    await fake.stop()


@pytest.fixture
def client(twilio):
    client = Client(ACCOUNT, "secret")
    client.api.base_url = twilio.url
    yield client
    client.http_client.session.close()


@pytest.fixture
async def fake():
    fake = FakeTelegram(TOKEN, clock=HandClock())
    await fake.start()
    yield fake
    await fake.stop()


@pytest.fixture
async def bot(fake):
    async with telegram.Bot(TOKEN, base_url=f"{fake.url}/bot") as bot:
        yield bot


async def test_twilio_sends_and_reads_back(twilio, client):
    sent = await asyncio.to_thread(client.messages.create, to=ASHA, from_=OURS, body="Are you coming?")
    assert (sent.sid, sent.status, sent.body) == (twilio.book.last(ASHA).id, "queued", "Are you coming?")
    assert sent.date_created == datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
    fetched = await asyncio.to_thread(client.messages(sent.sid).fetch)
    assert fetched.status == "delivered"


async def test_twilio_lists_page_by_page(twilio, client):
    for _ in range(5):
        await twilio.person_sends(ASHA, "Yes", to=OURS)
    twilio.clock.move(86400)
    await twilio.person_sends(ASHA, "No", to=OURS)
    everything = await asyncio.to_thread(client.messages.list, to=OURS, page_size=2)
    assert [message.body for message in everything] == ["No"] + ["Yes"] * 5
    later = await asyncio.to_thread(client.messages.list, to=OURS, date_sent_after=datetime(2026, 12, 1, tzinfo=UTC))
    assert [message.body for message in later] == ["No"]
    on_the_day = await asyncio.to_thread(client.messages.list, date_sent=date(2026, 11, 30))
    assert len(on_the_day) == 5


async def test_twilio_refuses(client):
    with pytest.raises(TwilioRestException) as caught:
        await asyncio.to_thread(client.messages.create, to="123", from_=OURS, body="Hello")
    assert (caught.value.status, caught.value.code) == (400, 21211)


async def test_telegram_sends(fake, bot):
    asha = fake.person(7001, "Asha", started=True)
    buttons = telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton("Yes", callback_data="y")]])
    message = await bot.send_message(7001, "Are you coming?", reply_markup=buttons)
    assert bot.username == "ashdale_heard_bot"
    assert (message.message_id, message.chat.first_name) == (asha.sees[0].message_id, "Asha")
    assert message.reply_markup == buttons
    assert asha.sees[0].buttons[0].data == "y"
    await bot.edit_message_reply_markup(7001, message.message_id)
    assert asha.sees[0].buttons == ()


async def test_telegram_polls_and_answers(fake, bot):
    asha = fake.person(7001, "Asha", started=True)
    await bot.send_message(
        7001,
        "?",
        reply_markup=telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton("Yes", callback_data="y")]]),
    )
    await asha.opens_link("abc")
    pressed = await asha.presses("Yes")
    await asha.blocks()
    start, press, block = await bot.get_updates(allowed_updates=["message", "callback_query", "my_chat_member"])
    assert start.message.text == "/start abc"
    assert press.callback_query.data == "y"
    assert block.my_chat_member.new_chat_member.status == "kicked"
    assert await bot.answer_callback_query(press.callback_query.id, text="Thank you")
    assert asha.query(pressed).answer["text"] == "Thank you"
    assert await bot.get_updates(offset=block.update_id + 1) == ()


async def test_telegram_commands_and_webhook(fake, bot):
    await bot.set_my_commands([("help", "Talk to a person")], language_code="en")
    [command] = await bot.get_my_commands(language_code="en")
    assert (command.command, command.description) == ("help", "Talk to a person")
    await bot.set_webhook("https://hub.example.org/webhooks/telegram", secret_token="abc", allowed_updates=["message"])
    info = await bot.get_webhook_info()
    assert (info.url, info.allowed_updates) == ("https://hub.example.org/webhooks/telegram", ("message",))
    await bot.delete_webhook()


async def test_telegram_refuses(fake, bot):
    asha = fake.person(7001, "Asha", started=True)
    await asha.blocks()
    with pytest.raises(telegram.error.Forbidden, match="bot was blocked by the user"):
        await bot.send_message(7001, "Hello")
