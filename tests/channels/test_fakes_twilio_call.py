"""Calls through the fake Twilio: it follows our TwiML, and refuses what Twilio would not understand."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from channels.fakes.clock import HandClock
from channels.fakes.listener import Listener, Reply
from channels.fakes.twilio import FakeTwilio
from channels.fakes.twilio_call import Call, Misread

ACCOUNT = "AC" + "0" * 32
OURS, ASHA = "+447700900999", "+447700900123"


@pytest.fixture
async def us() -> AsyncIterator[Listener]:
    listener = Listener(Reply(200, "<Response/>"))
    await listener.start()
    yield listener
    await listener.stop()


@pytest.fixture
async def fake() -> AsyncIterator[FakeTwilio]:
    made = FakeTwilio(ACCOUNT, "secret", clock=HandClock())
    await made.start()
    yield made
    await made.stop()


async def rings(fake: FakeTwilio, us: Listener, *answers: str, keys: tuple[str | None, ...] = ()) -> Call:
    us.then(*(Reply(200, answer) for answer in answers))
    return await fake.person_rings(ASHA, *keys, to=OURS, voice_url=f"{us.url}/voice")


def gather(inside: str, action: str) -> str:
    return f'<Gather input="dtmf" numDigits="1" timeout="6" action="{action}" method="POST">{inside}</Gather>'


async def test_it_says_what_it_is_told_and_hangs_up(fake: FakeTwilio, us: Listener) -> None:
    say = '<Say voice="Polly.Amy" language="en-GB">Hello &amp; goodbye</Say>'
    call = await rings(fake, us, f"<Response>{say}<Hangup/><Say>never</Say></Response>")
    assert [(piece.voice, piece.text) for piece in call.heard] == [("Polly.Amy", "Hello & goodbye")]
    assert call.ended == "hangup"
    form = us.heard[0].form
    assert (form["From"], form["To"], form["CallStatus"], form["Direction"]) == (ASHA, OURS, "ringing", "inbound")
    assert form["CallSid"].startswith("CA")
    assert "Digits" not in form


async def test_a_key_goes_to_the_action_and_no_key_goes_on(fake: FakeTwilio, us: Listener) -> None:
    asks = gather("<Say>Press 1</Say>", f"{us.url}/pressed?x=1")
    document = f"<Response>{asks}{asks}<Say>Bye</Say></Response>"
    call = await rings(fake, us, document, "<Response><Say>Thank you</Say></Response>", keys=(None, "1"))
    assert [piece.text for piece in call.heard] == ["Press 1", "Press 1", "Thank you"]
    assert (call.waits, call.ended) == (2, "fell silent")
    assert us.heard[1].form["Digits"] == "1"
    assert us.heard[1].form["CallSid"] == us.heard[0].form["CallSid"]


async def test_a_call_that_is_not_taken(fake: FakeTwilio, us: Listener) -> None:
    assert (await rings(fake, us, '<Response><Reject reason="busy"/></Response>')).ended == "busy"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("<Response>", "12100"),
        ("<Answer/>", "12200"),
        ("<Response><Sing>la</Sing></Response>", "12200: Sing"),
        ('<Response><Say tune="la">la</Say></Response>', "12200: Say tune"),
        ("<Response><Say> </Say></Response>", "13520"),
        ("<Response><Gather><Hangup/></Gather></Response>", "12200: Hangup"),
        (f"<Response><Say>{'la' * 40_000}</Say></Response>", "11750"),
    ],
)
async def test_what_twilio_would_not_follow(fake: FakeTwilio, us: Listener, answer: str, code: str) -> None:
    with pytest.raises(Misread, match=code):
        await rings(fake, us, answer)


async def test_an_error_is_told(fake: FakeTwilio, us: Listener) -> None:
    us.then(Reply(500, ""))
    with pytest.raises(Misread, match="11200"):
        await fake.person_rings(ASHA, to=OURS, voice_url=f"{us.url}/voice#rc=0")
