"""Calls: what Twilio's request says, and what the answer to it looks like."""

from __future__ import annotations

from urllib.parse import urlencode
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

import pytest

from channels.message import Forged, Malformed, Poison, Request
from channels.twilio.voice import Call
from tests.channels.twilio_posts import ACCOUNT, FORM, PUBLIC_URL, TOKEN, make_adapter, post

VOICE = "/webhooks/twilio/voice"
CALL = {
    "CallSid": "CA" + "1" * 32,
    "AccountSid": ACCOUNT.account_sid,
    "From": "+447700900123",
    "To": "+447700900456",
    "CallStatus": "ringing",
    "Direction": "inbound",
    "FromCity": "",
}


def request(path: str = VOICE, token: str = TOKEN, **more: str) -> Request:
    return post(path, CALL | more, token=token)


def read(twiml: bytes) -> Element:
    return ET.fromstring(twiml)  # noqa: S314  our own


def spelt(word: str) -> str:
    """The word on a telephone's keys, as Twilio writes it in place of a number."""
    rows = ("ABC", "DEF", "GHI", "JKL", "MNO", "PQRS", "TUV", "WXYZ")
    return "+" + "".join(str(key) for letter in word for key, row in enumerate(rows, 2) if letter in row)


def test_somebody_rings() -> None:
    assert make_adapter().ringing(request()) == Call("CA" + "1" * 32, "+447700900123")


def test_they_press_a_key() -> None:
    assert make_adapter().ringing(request(Digits="1")).key == "1"
    assert make_adapter().ringing(request(f"{VOICE}?last=1", Digits="5")) == Call(
        "CA" + "1" * 32, "+447700900123", "5", last=True
    )


@pytest.mark.parametrize(
    "number",
    ["", "anonymous", "Anonymous", "unknown", "sip:asha@example.org", "client:asha", "266696687", "+"]
    + [spelt(word) for word in ("ANONYMOUS", "BLOCKED", "RESTRICTED", "UNKNOWN", "UNAVAILABLE")],
)
def test_a_hidden_number_is_none(number: str) -> None:
    assert make_adapter().ringing(request(From=number)).number is None


def test_the_word_on_the_keys_is_the_one_that_twilio_names() -> None:
    assert spelt("ANONYMOUS") == "+266696687"


@pytest.mark.parametrize(
    ("forgery", "raised"),
    [
        (request(token="another"), Forged),
        (request(AccountSid="AC" + "9" * 32), Forged),
        (Request("POST", VOICE, {"content-type": FORM}, urlencode(CALL).encode()), Forged),
        (request("/webhooks/twilio/message"), Malformed),
        (request(CallSid=""), Poison),
    ],
    ids=["another token", "another account", "no signature", "another webhook", "no call"],
)
def test_what_is_not_a_call_to_us(forgery: Request, raised: type[Exception]) -> None:
    with pytest.raises(raised):
        make_adapter().ringing(forgery)


def test_a_call_is_no_message() -> None:
    with pytest.raises(Malformed):
        make_adapter().parse(request())


def test_what_it_says_and_where_it_waits() -> None:
    asks = [[("en", "Press 1 & wait <here>"), ("pl", "Naciśnij 1")], [("en", "Press 1")]]
    answer = read(make_adapter().spoken(asks, [("en", "Bye")]))
    first, second, end, hangup = answer
    assert [say.text for say in first] == ["Press 1 & wait <here>", "Naciśnij 1"]
    assert first[0].attrib == {"voice": "Polly.Amy", "language": "en-GB"}
    assert first[1].attrib == {"voice": "Polly.Ewa", "language": "pl-PL"}
    assert first.attrib == {
        "input": "dtmf",
        "numDigits": "1",
        "timeout": "6",
        "action": f"{PUBLIC_URL}{VOICE}#rc=3&rp=5xx,ct,rt",
        "method": "POST",
    }
    assert (second.tag, end.text, hangup.tag) == ("Gather", "Bye", "Hangup")


def test_who_is_asked_once_is_not_asked_for_ever() -> None:
    (gather, *_) = read(make_adapter().spoken([[("en", "Press 1")]], []))
    assert gather.attrib["action"] == f"{PUBLIC_URL}{VOICE}?last=1#rc=3&rp=5xx,ct,rt"


def test_a_language_without_a_voice_is_not_spoken() -> None:
    answer = read(make_adapter().spoken([], [("en", "Goodbye"), ("xx", "?")]))
    assert [say.text for say in answer] == ["Goodbye", None]


def test_busy() -> None:
    (reject,) = read(make_adapter().busy())
    assert (reject.tag, reject.attrib) == ("Reject", {"reason": "busy"})
