"""WhatsApp's templates: looked up at Twilio, their blanks filled, and what WhatsApp says of them kept up to date."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot import templates
from channels.fakes.twilio import FakeTwilio
from channels.transport import Transport
from storage import templates as kept
from storage.staff import Role
from storage.templates import TemplateState
from tests.channels.twilio_posts import ACCOUNT, make_adapter
from tests.console.desk import Browser, Console, console_of

SID = "HX" + "a" * 32
WORDS = "A message from {{1}}: {{2}} You can answer here."
AT = "/settings/templates"


@pytest.fixture
async def twilio() -> AsyncIterator[FakeTwilio]:
    """An account that has one template."""
    fake = FakeTwilio(ACCOUNT.account_sid, ACCOUNT.auth_token)
    await fake.start()
    fake.contents.keep(SID, "any_message", WORDS, status="pending")
    yield fake
    await fake.stop()


@pytest.fixture
async def connected(console: Console, twilio: FakeTwilio) -> AsyncIterator[Console]:
    """The console of a bank whose WhatsApp is on."""
    transport = Transport()
    adapter = make_adapter(replace(ACCOUNT, api_base_url=twilio.url, api_key="", api_secret=""), transport)
    house = replace(console.house, channels=replace(console.house.channels, twilio=adapter))
    async with console_of(house) as opened:
        yield opened
    await transport.close()


async def adds(sam: Browser, **fills: str) -> str:
    form: dict[str, str | list[str]] = {"sid": SID, **{f"fill-{blank[1:]}": fill for blank, fill in fills.items()}}
    return (await sam.post(f"{AT}/add", form, page=AT)).text


async def test_one_is_looked_up_and_its_blanks_are_filled(connected: Console, twilio: FakeTwilio) -> None:
    sam = await connected.as_(Role.ADMINISTRATOR)
    asked = (await sam.post(AT, {"sid": SID}, page=AT)).text
    assert "A message from {{1}}: {{2}} You can answer here." in asked
    assert "What goes in blank 2" in asked
    listed = await adds(sam, b1="council", b2="message")
    assert "WhatsApp is looking" in listed
    assert "{{2}} is: The words of the message" in listed
    twilio.contents.judge(SID, "approved")
    assert await templates.look(connected.house) == 1
    assert "Approved" in (await sam.get(AT)).text
    assert await templates.look(connected.house) == 0


async def test_one_that_whatsapp_refuses_is_on_today_with_the_reason(connected: Console, twilio: FakeTwilio) -> None:
    sam = await connected.as_(Role.ADMINISTRATOR)
    await adds(sam, b1="council", b2="message")
    twilio.contents.judge(SID, "rejected", "It promotes something.")
    await templates.look(connected.house)
    assert "See why WhatsApp does not let a template through" in (await sam.get("/")).text
    assert "It promotes something." in (await sam.get(AT)).text


async def test_a_slip_is_told_beside_its_field(connected: Console) -> None:
    sam = await connected.as_(Role.ADMINISTRATOR)
    wrong = {"": "Enter the ContentSid", "HX12": "HX and 32 letters", "HX" + "b" * 32: "no template of that name"}
    for sid, sentence in wrong.items():
        assert sentence in (await sam.post(AT, {"sid": sid}, page=AT)).text
    assert "Choose what goes here" in await adds(sam, b1="council")
    assert "must hold the words of the message" in await adds(sam, b1="council", b2="name")
    await adds(sam, b1="council", b2="message")
    assert "We have that template already" in await adds(sam, b1="council", b2="message")


async def test_silence_of_twilio_changes_nothing(connected: Console, twilio: FakeTwilio) -> None:
    sam = await connected.as_(Role.ADMINISTRATOR)
    await adds(sam, b1="council", b2="message")
    await twilio.stop()
    assert await templates.look(connected.house) == 0
    assert "Twilio did not answer" in (await sam.post(AT, {"sid": "HX" + "c" * 32}, page=AT)).text
    (row,) = await connected.read(kept.in_use)
    assert row.state == TemplateState.PENDING


async def test_one_that_was_taken_away_is_used_no_more(connected: Console) -> None:
    sam = await connected.as_(Role.ADMINISTRATOR)
    await adds(sam, b1="council", b2="message")
    (row,) = await connected.read(kept.in_use)
    assert "There is none yet" in (await sam.post(f"{AT}/{row.token}/take-away", page=AT)).text
    assert await connected.read(kept.in_use) == []


async def test_where_whatsapp_is_off_the_page_says_so(console: Console) -> None:
    sam = await console.as_(Role.ADMINISTRATOR)
    assert "WhatsApp is not connected" in (await sam.post(AT, {"sid": SID}, page=AT)).text
