"""Media at Twilio, fetched over real sockets: our sign-in goes to the API alone, and no host is a stranger's choice."""

from __future__ import annotations

import asyncio
import io
import wave
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from channels.fakes.tone import tone
from channels.fakes.twilio import FakeTwilio
from channels.fakes.twilio_media import Asked
from channels.media import CannotOpen, Why
from channels.transport import Transport
from channels.twilio import TwilioAdapter
from channels.twilio.media import MOST_BYTES
from tests.channels.twilio_posts import ACCOUNT, make_adapter

NOTE = tone(0.1)
AT_API = f"/2010-04-01/Accounts/{ACCOUNT.account_sid}/Messages/MM1/Media/ME1"


@pytest.fixture
async def twilio() -> AsyncIterator[FakeTwilio]:
    fake = FakeTwilio(ACCOUNT.account_sid, ACCOUNT.auth_token)
    await fake.start()
    yield fake
    await fake.stop()


@pytest.fixture
def adapter(twilio: FakeTwilio, transport: Transport) -> TwilioAdapter:
    return make_adapter(replace(ACCOUNT, api_base_url=twilio.url), transport)


async def why_not(adapter: TwilioAdapter, place: str) -> Why:
    with pytest.raises(CannotOpen) as refused:
        await adapter.open_media(place)
    assert str(refused.value) == refused.value.why
    assert refused.value.__cause__ is None
    return refused.value.why


async def test_a_voice_note_is_fetched_and_our_sign_in_goes_no_further(
    twilio: FakeTwilio, adapter: TwilioAdapter
) -> None:
    place = twilio.media.keep(NOTE, "audio/ogg")
    assert await adapter.open_media(place) == NOTE
    assert twilio.media.asked == [Asked(place, signed_in=True), Asked(f"/stored{place}", signed_in=False)]


async def test_with_an_api_key_where_there_is_one(transport: Transport) -> None:
    twilio = FakeTwilio(ACCOUNT.account_sid, "another", api_key="SK1", api_secret="of the key")
    account = replace(ACCOUNT, api_base_url=await twilio.start(), api_key="SK1", api_secret="of the key")
    place = twilio.media.keep(NOTE, "audio/ogg")
    assert await make_adapter(account, transport).open_media(place) == NOTE
    await twilio.stop()


async def test_what_twilio_has_no_longer(twilio: FakeTwilio, adapter: TwilioAdapter) -> None:
    place = twilio.media.keep(NOTE, "audio/ogg")
    twilio.media.lose(place)
    assert await why_not(adapter, place) is Why.GONE


async def test_what_is_too_big_by_a_byte(twilio: FakeTwilio, adapter: TwilioAdapter) -> None:
    fits, longer = (twilio.media.keep(b"x" * size, "audio/ogg") for size in (MOST_BYTES, MOST_BYTES + 1))
    assert len(await adapter.open_media(fits)) == MOST_BYTES
    assert await why_not(adapter, longer) is Why.TOO_BIG


async def test_a_sign_in_that_twilio_does_not_take(twilio: FakeTwilio, transport: Transport) -> None:
    adapter = make_adapter(replace(ACCOUNT, api_base_url=twilio.url, auth_token="old"), transport)
    assert await why_not(adapter, twilio.media.keep(NOTE, "audio/ogg")) is Why.NOT_LET_IN


async def test_twilio_cannot_be_reached(twilio: FakeTwilio, adapter: TwilioAdapter) -> None:
    place = twilio.media.keep(NOTE, "audio/ogg")
    await twilio.stop()
    assert await why_not(adapter, place) is Why.NOT_REACHED


@pytest.mark.parametrize(
    "place",
    [
        "https://example.org/a",
        "//example.org/a",
        f"@example.org{AT_API}",
        f".example.org{AT_API}",
        "/2010-04-01/Accounts.json",
        AT_API.replace("AC0", "AC1"),
        f"{AT_API}/../../../Messages.json",
        f"{AT_API}\n",
        f"{AT_API}?x=1",
        "",
    ],
)
async def test_a_place_that_is_none_of_ours_is_asked_of_nobody(
    twilio: FakeTwilio, adapter: TwilioAdapter, place: str
) -> None:
    assert await why_not(adapter, place) is Why.NOT_THEIRS
    assert twilio.media.asked == []


Answering = Callable[[Callable[[web.Request], Awaitable[web.StreamResponse]]], Awaitable[TestServer]]


@pytest.fixture
async def answering() -> AsyncIterator[Answering]:
    """A server that answers everything in one way."""
    servers: list[TestServer] = []

    async def start(answer: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> TestServer:
        app = web.Application()
        app.router.add_route("*", "/{rest:.*}", answer)
        server = TestServer(app)
        await server.start_server()
        servers.append(server)
        return server

    yield start
    for server in servers:
        await server.close()


async def test_another_host_is_not_followed_to(
    twilio: FakeTwilio, adapter: TwilioAdapter, answering: Answering
) -> None:
    came = []

    async def note(request: web.Request) -> web.Response:
        came.append(request)
        return web.Response(body=NOTE)

    stranger = await answering(note)
    place = twilio.media.keep(NOTE, "audio/ogg")
    for leads_to in (
        f"http://127.0.0.1:{stranger.port}/x",
        f"http://mms.twiliocdn.com@127.0.0.1:{stranger.port}/x",
        "http://mms.twiliocdn.com/in-the-clear",
        "https://mms.twiliocdn.com.example.org/x",
        "https://mms.twiliocdn.com:8443/x",
        "https://127.0.0.1/x",
        "https://[::1/x",
        "ftp://mms.twiliocdn.com/x",
    ):
        twilio.media.leads_to = leads_to
        assert await why_not(adapter, place) is Why.NOT_THEIRS, leads_to
    assert came == []


async def test_twilios_own_stores_are_followed_to_without_our_sign_in(
    twilio: FakeTwilio, adapter: TwilioAdapter, transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are not on this machine: what would go to them is looked at on its way out."""
    went: list[tuple[str, dict[str, str]]] = []
    call = transport.call

    async def outward(method: str, url: str, *, headers, **more):
        if url.startswith(twilio.url):
            return await call(method, url, headers=headers, **more)
        went.append((url, dict(headers)))
        return await call(method, f"{twilio.url}/stored{place}", headers=headers, **more)

    monkeypatch.setattr(transport, "call", outward)
    place = twilio.media.keep(NOTE, "audio/ogg")
    for store in ("https://mms.twiliocdn.com/a/b?Signature=c%2Bd", "https://s3-external-1.amazonaws.com/a"):
        twilio.media.leads_to = store
        assert await adapter.open_media(place) == NOTE
    assert went == [
        ("https://mms.twiliocdn.com:443/a/b?Signature=c%2Bd", {}),
        ("https://s3-external-1.amazonaws.com:443/a", {}),
    ]


async def test_a_way_without_an_end(answering: Answering, transport: Transport) -> None:
    came = []

    async def round_and_round(request: web.Request) -> web.Response:
        came.append("Authorization" in request.headers)
        return web.Response(status=302, headers={"Location": "/again"})

    server = await answering(round_and_round)
    adapter = make_adapter(replace(ACCOUNT, api_base_url=str(server.make_url("/"))), transport)
    assert await why_not(adapter, AT_API) is Why.NOT_REACHED
    assert came == [True, False, False, False, False]


async def test_a_body_that_never_says_how_long_it_is(answering: Answering, transport: Transport) -> None:
    async def pour(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            while True:
                await response.write(b"x" * 1_000_000)
        except (ConnectionError, asyncio.CancelledError):
            return response

    server = await answering(pour)
    adapter = make_adapter(replace(ACCOUNT, api_base_url=str(server.make_url("/"))), transport)
    assert await why_not(adapter, AT_API) is Why.TOO_BIG


async def test_silence_has_an_end(answering: Answering, transport: Transport, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("channels.twilio.media.SECONDS", 0.2)

    async def nothing(_request: web.Request) -> web.StreamResponse:
        await asyncio.Event().wait()
        raise AssertionError

    server = await answering(nothing)
    adapter = make_adapter(replace(ACCOUNT, api_base_url=str(server.make_url("/"))), transport)
    assert await why_not(adapter, AT_API) is Why.NOT_REACHED


def test_the_tone_is_a_sound() -> None:
    with wave.open(io.BytesIO(tone())) as sound:
        assert (sound.getnframes() / sound.getframerate(), sound.getnchannels()) == (1.0, 1)
        assert len(set(sound.readframes(100))) > 10
