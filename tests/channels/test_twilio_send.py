import asyncio
import dataclasses
import json
from base64 import b64encode
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from urllib.parse import parse_qsl

import pytest
from aiohttp import web

from channels.message import Accepted, Adapter, Channel, Message, Option, Outcome, Refused, TryLater, Unknown
from channels.transport import Answer, Transport
from channels.twilio import TwilioAccount, TwilioAdapter, webhook_addresses
from tests.channels.twilio_posts import ACCOUNT, make_adapter, measure

SID = "SM" + "a" * 32
MESSAGE = Message("tok_1", "sms", Channel.SMS, "+447700900123", "Are you coming?")
THREE = (Option("y", "Yes"), Option("n", "No"), Option("m", "Not sure"))
WHATSAPP = dataclasses.replace(MESSAGE, sender="whatsapp", channel=Channel.WHATSAPP, in_window=True)
TEMPLATES = {"quick-reply-3": "HX" + "3" * 32, "list-picker-10": "HX" + "1" * 32, "quick-reply-3:cy": "HX" + "c" * 32}
TEMPLATED = dataclasses.replace(ACCOUNT, content_templates=TEMPLATES)
CALLBACK = "https://hub.example.org.uk/webhooks/twilio/status?t=tok_1#rc=3&rp=5xx,ct,rt"


class Recorder(Transport):
    """Keeps what would have gone out, and answers as Twilio does."""

    def __init__(self, answer: Answer | None = None) -> None:
        super().__init__()
        self.calls: list[dict] = []
        self._answer = answer or Answer(201, {}, json.dumps({"sid": SID, "status": "queued"}).encode())

    async def call(self, method, url, *, headers=None, body=None, timeout):
        form = dict(parse_qsl(body.decode(), keep_blank_values=True))
        self.calls.append({"method": method, "url": url, "headers": headers, "form": form, "timeout": timeout})
        return self._answer


async def form_of(message: Message, account: TwilioAccount = ACCOUNT) -> dict[str, str]:
    recorder = Recorder()
    assert await make_adapter(account, recorder).send(message) == Accepted(SID)
    (call,) = recorder.calls
    return call["form"]


def test_it_is_an_adapter():
    adapter: Adapter = make_adapter()
    assert adapter


# What goes out.

SERVICE = "MG" + "0" * 32
WITH_SERVICE = dataclasses.replace(ACCOUNT, messaging_service_sid=SERVICE)
ONLY_SERVICE = dataclasses.replace(WITH_SERVICE, sms_from="", whatsapp_from="")
TO = {"To": "+447700900123", "StatusCallback": CALLBACK}
TO_WHATSAPP = {"To": "whatsapp:+447700900123", "StatusCallback": CALLBACK}
FROM = {"From": "+447700900456"}
FROM_WHATSAPP = {"From": "whatsapp:+447700900457"}
ASKED = {"Body": "Are you coming?"}
NUMBERED = {"Body": "Are you coming?\n1 Yes\n2 No\n3 Not sure"}
BLANKS = {"1": "Are you coming?", "2": "Yes", "3": "y", "4": "No", "5": "n", "6": "Not sure", "7": "m"}
BUTTONS = {"ContentSid": "HX" + "3" * 32, "ContentVariables": json.dumps(BLANKS)}

TO_OTHER = TO_WHATSAPP | FROM_WHATSAPP
ONE_LINE = {"Body": "Are you coming?\n1 Yes 2 No 3 Not sure"}
ODD = {"Body": "  £5 & café + 👍🏽\n"}
WELSH = BUTTONS | {"ContentSid": "HX" + "c" * 32}
QUOTED = {"StatusCallback": CALLBACK.replace("tok_1", "a%2Fb%20c")}


def but(message: Message, **changes: object) -> Message:
    return dataclasses.replace(message, **changes)


asking = but(MESSAGE, options=THREE)
asking_whatsapp = but(WHATSAPP, options=THREE)
prefixed = dataclasses.replace(ACCOUNT, whatsapp_from="whatsapp:+447700900457")

AS_TEXT = {
    "ContentSid": "HX" + "7" * 32,
    "ContentVariables": json.dumps({"1": "Are you coming? 1 Yes 2 No 3 Not sure"}),
}
WITH_TEXT = dataclasses.replace(ACCOUNT, content_templates=TEMPLATES | {"text": "HX" + "7" * 32})
FORMS = [
    ("a text", MESSAGE, ACCOUNT, TO | FROM | ASKED),
    ("a service", MESSAGE, ONLY_SERVICE, TO | ASKED | {"MessagingServiceSid": SERVICE}),
    ("a service and a number", MESSAGE, WITH_SERVICE, TO | FROM | ASKED | {"MessagingServiceSid": SERVICE}),
    ("choices", asking, ACCOUNT, TO | FROM | NUMBERED),
    ("choices on one line", but(asking, one_line=True), ACCOUNT, TO | FROM | ONE_LINE),
    ("no buttons by SMS", but(asking, in_window=True), TEMPLATED, TO | FROM | NUMBERED),
    ("to the letter", but(MESSAGE, text=ODD["Body"]), ACCOUNT, TO | FROM | ODD),
    ("WhatsApp", WHATSAPP, ACCOUNT, TO_OTHER | ASKED),
    ("WhatsApp, the prefix set", WHATSAPP, prefixed, TO_OTHER | ASKED),
    ("no phone number", but(WHATSAPP, address="GB.abc"), ACCOUNT, TO_OTHER | ASKED | {"To": "whatsapp:GB.abc"}),
    ("no templates", asking_whatsapp, ACCOUNT, TO_OTHER | NUMBERED),
    ("buttons", asking_whatsapp, TEMPLATED, TO_OTHER | BUTTONS),
    ("buttons in Welsh", but(asking_whatsapp, language="cy"), TEMPLATED, TO_OTHER | WELSH),
    ("the window is closed", but(asking_whatsapp, in_window=False), WITH_TEXT, TO_OTHER | AS_TEXT),
    ("a token that needs quoting", but(MESSAGE, token="a/b c"), ACCOUNT, TO | FROM | ASKED | QUOTED),
]


@pytest.mark.parametrize(("message", "account", "form"), [row[1:] for row in FORMS], ids=[row[0] for row in FORMS])
async def test_what_goes_out(message, account, form):
    assert await form_of(message, account) == form


def labelled(*labels: str, text: str = "Which one?") -> Message:
    options = tuple(Option(f"p:{number}", label) for number, label in enumerate(labels))
    return dataclasses.replace(WHATSAPP, text=text, options=options)


LIST_OF_THREE = dataclasses.replace(ACCOUNT, content_templates=TEMPLATES | {"list-picker-3": "HX" + "2" * 32})
UNFIT = but(asking_whatsapp, options=(*THREE[:2], Option("a\nb", "c")))
FITTING = [
    ("20 characters fit on a button", labelled("a" * 20, "b", "c"), TEMPLATED, "HX" + "3" * 32),
    ("21 do not", labelled("a" * 21, "b", "c"), TEMPLATED, None),
    ("but on a list", labelled("a" * 24, "b", "c"), LIST_OF_THREE, "HX" + "2" * 32),
    ("25 do not", labelled("a" * 25, "b", "c"), LIST_OF_THREE, None),
    ("ten on a list", labelled(*"abcdefghij"), TEMPLATED, "HX" + "1" * 32),
    ("eleven are too many", labelled(*"abcdefghijk"), TEMPLATED, None),
    ("no template for two", labelled("a", "b"), TEMPLATED, None),
    ("an empty label", labelled("", "b", "c"), TEMPLATED, None),
    ("1,024 characters of text", labelled("a", "b", "c", text="x" * 1024), TEMPLATED, "HX" + "3" * 32),
    ("1,025", labelled("a", "b", "c", text="x" * 1025), TEMPLATED, None),
    ("a payload that a blank cannot hold", UNFIT, TEMPLATED, None),
]


@pytest.mark.parametrize(("message", "account", "sid"), [row[1:] for row in FITTING], ids=[row[0] for row in FITTING])
async def test_when_whatsapp_gets_buttons(message, account, sid):
    form = await form_of(message, account)
    assert form.get("ContentSid") == sid
    assert ("Body" in form) is (sid is None)


async def test_blanks_hold_no_line_break_tab_or_wide_gap():
    message = dataclasses.replace(asking_whatsapp, text="Oak\r\nHall,\tby     Aldi.\u2028Coming?    Yes?")
    variables = json.loads((await form_of(message, TEMPLATED))["ContentVariables"])
    assert variables["1"] == "Oak Hall, by    Aldi. Coming?    Yes?"


async def test_it_signs_in_with_the_api_key_where_there_is_one():
    recorder = Recorder()
    keyed = dataclasses.replace(ACCOUNT, api_key="SK1", api_secret="secret")
    await make_adapter(ACCOUNT, recorder).send(MESSAGE)
    await make_adapter(keyed, recorder).send(MESSAGE)
    given = [call["headers"]["Authorization"] for call in recorder.calls]
    expected = [f"{ACCOUNT.account_sid}:{ACCOUNT.auth_token}", "SK1:secret"]
    assert given == ["Basic " + b64encode(pair.encode()).decode() for pair in expected]


async def test_every_call_has_a_time_out_and_goes_where_the_settings_say(monkeypatch):
    monkeypatch.setenv("TWILIO_EDGE", "sydney")
    recorder = Recorder()
    account = dataclasses.replace(ACCOUNT, api_base_url="https://stand-in.example.org/", timeout_seconds=3)
    await make_adapter(account, recorder).send(MESSAGE)
    await make_adapter(ACCOUNT, recorder).send(MESSAGE)
    path = f"/2010-04-01/Accounts/{ACCOUNT.account_sid}/Messages.json"
    assert [call["url"] for call in recorder.calls] == [
        "https://stand-in.example.org" + path,
        "https://api.twilio.com" + path,
    ]
    assert [call["timeout"] for call in recorder.calls] == [3, 10]


NEVER_CALLED = [
    ("too long", dataclasses.replace(MESSAGE, text="x" * 1601), ACCOUNT, "21617"),
    ("too long with its choices", dataclasses.replace(asking, text="x" * 1590), ACCOUNT, "21617"),
    ("no number for SMS", MESSAGE, dataclasses.replace(ACCOUNT, sms_from=""), "no-sender"),
    ("no number for WhatsApp", WHATSAPP, dataclasses.replace(ACCOUNT, whatsapp_from=""), "no-sender"),
    ("not ours to send", dataclasses.replace(MESSAGE, channel=Channel.TELEGRAM), WITH_SERVICE, "no-sender"),
]


@pytest.mark.parametrize(
    ("message", "account", "code"), [row[1:] for row in NEVER_CALLED], ids=[row[0] for row in NEVER_CALLED]
)
async def test_what_is_refused_without_a_call(message, account, code):
    recorder = Recorder()
    result = await make_adapter(account, recorder).send(message)
    assert isinstance(result, Refused)
    assert result.problem.code == code
    assert recorder.calls == []


async def test_1600_characters_go_out():
    assert len((await form_of(dataclasses.replace(MESSAGE, text="x" * 1600)))["Body"]) == 1600


# What comes back, from a server that behaves and from ones that do not.

Reply = Callable[[web.Request], Awaitable[web.StreamResponse]]
Sending = Callable[[Reply], Awaitable[Outcome]]


@pytest.fixture
async def sending() -> AsyncIterator[Sending]:
    """Sends one message to a server that replies as told, and gives the outcome."""
    transport = Transport()
    runners: list[web.AppRunner] = []

    async def send_to(reply: Reply) -> Outcome:
        app = web.Application()
        app.router.add_post("/{path:.*}", reply)
        runners.append(web.AppRunner(app, shutdown_timeout=0.01))
        await runners[-1].setup()
        site = web.TCPSite(runners[-1], "127.0.0.1", 0)
        await site.start()
        port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        account = dataclasses.replace(ACCOUNT, api_base_url=f"http://127.0.0.1:{port}", timeout_seconds=0.3)
        return await TwilioAdapter(account, transport, measure).send(MESSAGE)

    yield send_to
    await transport.close()
    for runner in runners:
        await runner.cleanup()


def answering(status: int, body: object, **headers: str) -> Reply:
    text = body if isinstance(body, bytes) else json.dumps(body).encode()

    async def reply(request: web.Request) -> web.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(status=status, body=text, content_type="application/json", headers=named)

    return reply


async def hang(request: web.Request) -> web.Response:
    await asyncio.Event().wait()
    raise AssertionError


async def reset(request: web.Request) -> web.Response:
    await request.read()
    request.transport.abort()
    return web.Response()


async def half(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(status=201, headers={"Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b'{"sid": ')
    request.transport.close()
    return response


def failed(code: int) -> Reply:
    return answering(201, {"sid": SID, "status": "failed", "error_code": code})


REPLIES = [
    ("created", answering(201, {"sid": SID, "status": "queued", "error_code": None}), Accepted, SID),
    ("opted out", answering(400, {"code": 21610, "message": "no", "status": 400}), Refused, "21610"),
    ("in the newer form", answering(400, {"type": "t", "title": "no", "status": 400, "code": 21211}), Refused, "21211"),
    ("a refusal in words", answering(400, b"<html>Bad request</html>"), TryLater, "400"),
    ("a refusal with an odd code", answering(400, {"code": "21610"}), TryLater, "400"),
    ("a refusal that is a list", answering(400, [21610]), TryLater, "400"),
    ("not signed in", answering(401, {"code": 20003}), Refused, "20003"),
    ("sent elsewhere", answering(307, b"", Location="http://127.0.0.1:9/"), Refused, "redirected"),
    ("too many", answering(429, {"code": 20429}), TryLater, "20429"),
    ("a fault", answering(500, {"code": 20500}), Unknown, "20500"),
    ("a fault in front of Twilio", answering(502, b"<html>"), Unknown, "no-answer"),
    ("created, in words", answering(201, b"<html>Thanks</html>"), Unknown, "unreadable-answer"),
    ("created, not UTF-8", answering(201, b'{"sid": "\xff"}'), Unknown, "unreadable-answer"),
    ("created, empty", answering(201, b""), Unknown, "unreadable-answer"),
    ("created, a list", answering(201, [SID]), Unknown, "unreadable-answer"),
    ("created, without a name", answering(201, {"status": "queued"}), Unknown, "unreadable-answer"),
    ("created, with an odd date", answering(201, {"sid": SID, "date_created": 7}), Unknown, "unreadable-answer"),
    ("created and failed at once", failed(21610), Refused, "21610"),
    ("created and failed for now", failed(30008), TryLater, "30008"),
    ("silence", hang, Unknown, "no-answer"),
    ("a reset", reset, Unknown, "no-answer"),
    ("half an answer", half, Unknown, "no-answer"),
]


@pytest.mark.parametrize(("reply", "kind", "named"), [row[1:] for row in REPLIES], ids=[row[0] for row in REPLIES])
async def test_what_twilio_answers(sending, reply, kind, named):
    result = await sending(reply)
    assert type(result) is kind
    assert (result.provider_id if isinstance(result, Accepted) else result.problem.code) == named


@pytest.mark.parametrize(("given", "delay"), [({"Retry_After": "4"}, 4), ({}, 5)], ids=["told how long", "not told"])
async def test_too_many_requests_hold_the_whole_sender(sending, given, delay):
    result = await sending(answering(429, {"code": 20429}, **given))
    assert isinstance(result, TryLater)
    assert result.whole_sender
    assert result.delay == timedelta(seconds=delay)


async def test_a_refused_connection_may_be_tried_again(unused_tcp_port):
    account = dataclasses.replace(ACCOUNT, api_base_url=f"http://127.0.0.1:{unused_tcp_port}")
    transport = Transport()
    result = await TwilioAdapter(account, transport, measure).send(MESSAGE)
    await transport.close()
    assert isinstance(result, TryLater)
    assert result.problem.code == "not-sent"


# How it looks.


def test_a_text_is_shown_with_its_cost():
    shown = make_adapter().show(asking)
    assert (shown.text, shown.buttons) == (NUMBERED["Body"], ())
    assert (shown.encoding, shown.segments) == ("GSM-7", 1)


def test_whatsapp_is_shown_with_buttons_where_it_gets_them():
    shown = make_adapter(TEMPLATED).show(asking_whatsapp)
    assert (shown.text, shown.buttons) == ("Are you coming?", ("Yes", "No", "Not sure"))
    assert (shown.encoding, shown.segments) == (None, 1)


def test_whatsapp_is_shown_with_numbers_elsewhere():
    shown = make_adapter(TEMPLATED).show(dataclasses.replace(asking_whatsapp, in_window=False))
    assert (shown.text, shown.buttons) == (NUMBERED["Body"], ())


def test_what_to_paste_at_twilio():
    assert webhook_addresses("https://hub.example.org.uk/") == {
        "message": "https://hub.example.org.uk/webhooks/twilio/message#rc=3&rp=5xx,ct,rt",
        "status": "https://hub.example.org.uk/webhooks/twilio/status#rc=3&rp=5xx,ct,rt",
        "voice": "https://hub.example.org.uk/webhooks/twilio/voice#rc=3&rp=5xx,ct,rt",
    }


def test_an_account_never_shows_its_secrets():
    assert "test-token-1" not in repr(ACCOUNT)
