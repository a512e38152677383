"""The page that lists a fake's book."""

from __future__ import annotations

import aiohttp
import pytest

from channels.fakes.telegram import FakeTelegram
from channels.fakes.twilio import FakeTwilio


@pytest.mark.parametrize("kind", ["twilio", "telegram"])
async def test_every_value_is_escaped(kind):
    evil = "<script>alert('x')</script> & more"
    if kind == "twilio":
        fake: FakeTwilio | FakeTelegram = FakeTwilio("AC" + "0" * 32, "secret")
        await fake.person_sends("+447700900123", evil, to="<b>")
    else:
        fake = FakeTelegram("4200:secret")
        fake.person(1, started=True)
        await fake.calls.send_message({"chat_id": 1, "text": evil})
    async with aiohttp.ClientSession() as client, client.get(await fake.start()) as response:
        text = await response.text()
    await fake.stop()
    assert response.content_type == "text/html"
    assert "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &amp; more" in text
    assert "<script" not in text
    assert "<b>" not in text
    assert "(1)</h2>" in text
