"""Templates: what Twilio has of them, and what WhatsApp says."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from channels.fakes.twilio import FakeTwilio
from channels.message import Accepted, Channel, Message, Template
from channels.transport import Transport
from channels.twilio import TwilioAccount, TwilioAdapter
from channels.twilio.content import CannotTell, Content
from tests.channels.twilio_posts import ACCOUNT, make_adapter

SID = "HX" + "a" * 32
WORDS = "{{1}} here. There is news for you, {{2}}. Reply to hear it. STOP ends texts."
PERSON = "+447700900123"


@pytest.fixture
async def twilio() -> AsyncIterator[FakeTwilio]:
    fake = FakeTwilio(ACCOUNT.account_sid, ACCOUNT.auth_token, windows=True)
    await fake.start()
    yield fake
    await fake.stop()


@pytest.fixture
async def adapter(twilio: FakeTwilio) -> AsyncIterator[TwilioAdapter]:
    transport = Transport()
    account: TwilioAccount = replace(ACCOUNT, api_base_url=twilio.url, api_key="", api_secret="")
    yield make_adapter(account, transport)
    await transport.close()


async def test_its_words_and_what_whatsapp_says_are_asked_for(twilio: FakeTwilio, adapter: TwilioAdapter) -> None:
    twilio.contents.keep(SID, "news", WORDS, language="pl", status="pending")
    assert await adapter.content.find(SID) == Content(SID, "news", "pl", WORDS, "pending", "UTILITY")
    twilio.contents.judge(SID, "rejected", "It promotes something.")
    found = await adapter.content.find(SID)
    assert found is not None
    assert (found.state, found.reason) == ("rejected", "It promotes something.")


async def test_one_that_is_not_there_is_none(adapter: TwilioAdapter) -> None:
    assert await adapter.content.find(SID) is None


async def test_silence_is_no_answer(twilio: FakeTwilio, adapter: TwilioAdapter) -> None:
    await twilio.stop()
    with pytest.raises(CannotTell):
        await adapter.content.find(SID)


@pytest.mark.parametrize(("state", "fate"), [("approved", "delivered"), ("rejected", "undelivered")])
async def test_outside_the_24_hours_only_an_approved_one_arrives(
    twilio: FakeTwilio, adapter: TwilioAdapter, state: str, fate: str
) -> None:
    twilio.contents.keep(SID, "news", WORDS, status=state)
    text = "Ashdale Council here. There is news for you, Asha. Reply to hear it. STOP ends texts."
    template = Template(SID, {"1": "Ashdale\nCouncil", "2": "Asha"}, text)
    message = Message("tok_1", "whatsapp", Channel.WHATSAPP, PERSON, "Longer words", template=template)
    assert adapter.show(message).text == text
    assert isinstance(await adapter.send(message), Accepted)
    await twilio.settled()
    (entry,) = twilio.book.to(f"whatsapp:{PERSON}")
    assert entry.text == text
    assert entry.status == fate


async def test_inside_them_the_message_goes_in_its_own_words(twilio: FakeTwilio, adapter: TwilioAdapter) -> None:
    template = Template(SID, {"1": "Ashdale Council"}, "A template")
    message = Message("tok_1", "whatsapp", Channel.WHATSAPP, PERSON, "Its own words", in_window=True, template=template)
    assert isinstance(await adapter.send(message), Accepted)
    assert twilio.book.to(f"whatsapp:{PERSON}")[0].text == "Its own words"
