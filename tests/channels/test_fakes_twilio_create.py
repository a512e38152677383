"""The fake Twilio's message endpoint: what it takes, what it refuses, how it misbehaves."""

from __future__ import annotations

import asyncio
import errno
from base64 import b64encode
from email.utils import parsedate_to_datetime

import aiohttp
import pytest

from channels.fakes.clock import HandClock
from channels.fakes.fault import Drop, Garbled, Late, LoseAnswer, Refuse, Reset, ServerError, TooMany
from channels.fakes.script import Script
from channels.fakes.twilio import FakeTwilio

ACCOUNT = "AC" + "0" * 32
SERVICE, CONTENT = "MG" + "0" * 32, "HX" + "a" * 32
OURS, ASHA = "+447700900999", "+447700900123"
GOOD = {"To": ASHA, "From": OURS, "Body": "Are you coming?"}
WHATSAPP = {"To": f"whatsapp:{ASHA}", "From": f"whatsapp:{OURS}", "Body": "Hello"}


def basic(user: str, word: str) -> dict[str, str]:
    return {"Authorization": f"Basic {b64encode(f'{user}:{word}'.encode()).decode()}"}


@pytest.fixture
async def fake():
    fake = FakeTwilio(ACCOUNT, "secret", api_key="SK1", api_secret="word", clock=HandClock())
    await fake.start()
    yield fake
    await fake.stop()


@pytest.fixture
async def client():
    async with aiohttp.ClientSession(headers=basic(ACCOUNT, "secret")) as session:
        yield session


async def create(client, fake, form, **options):
    url = f"{fake.url}/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    async with client.post(url, data=form, **options) as response:
        return response.status, await response.json()


async def test_it_accepts_and_writes_the_book(client, fake):
    status, message = await create(client, fake, {**GOOD, "Body": 'Tea \u2615 & "cake"'})
    entry = fake.book.last(ASHA)
    assert status == 201
    assert message["sid"] == entry.id
    assert (message["to"], message["from"], message["body"]) == (ASHA, OURS, 'Tea \u2615 & "cake"')
    assert (message["status"], message["direction"], message["error_code"]) == ("queued", "outbound-api", None)
    assert (message["num_segments"], message["num_media"], message["price"]) == ("1", "0", None)
    assert parsedate_to_datetime(message["date_created"]) == entry.at
    assert message["uri"] == f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{entry.id}.json"
    assert (len(entry.id), entry.id[:2]) == (34, "SM")


async def test_a_service_chooses_the_sender_later(client, fake):
    _, message = await create(client, fake, {"To": ASHA, "MessagingServiceSid": SERVICE, "Body": "Hello"})
    assert (message["status"], message["from"], message["num_segments"]) == ("accepted", None, "0")
    assert message["messaging_service_sid"] == SERVICE


async def test_a_service_picks_the_first_number_of_the_channel(client):
    fake = FakeTwilio(ACCOUNT, "secret", numbers=[f"whatsapp:{OURS}", OURS])
    await fake.start()
    for to, expected in ((ASHA, OURS), (f"whatsapp:{ASHA}", f"whatsapp:{OURS}")):
        _, message = await create(client, fake, {"To": to, "MessagingServiceSid": SERVICE, "Body": "Hello"})
        url = f"{fake.url}{message['uri']}"
        async with client.get(url) as response:
            assert (message["from"], (await response.json())["from"]) == (None, expected)
    await fake.stop()


REFUSED = [
    ("no To", {"To": ""}, 21604),
    ("no sender", {"From": ""}, 21603),
    ("no words", {"Body": ""}, 21602),
    ("To is no number", {"To": "07700 900123"}, 21211),
    ("From is no sender", {"From": "+44 7700"}, 21212),
    ("too long", {"Body": "x" * 1601}, 21617),
    ("two channels", {"To": f"whatsapp:{ASHA}"}, 21910),
    ("callback without a host", {"StatusCallback": "/status"}, 21609),
    ("callback with _ in its host", {"StatusCallback": "https://my_host.example.org/s"}, 21609),
    ("service id", {"MessagingServiceSid": "MG1"}, 21705),
    ("content id", {"ContentSid": "HX1"}, 21655),
    ("variables are no JSON", {"ContentSid": CONTENT, "ContentVariables": "{1: Asha}"}, 21656),
    ("variables are no texts", {"ContentSid": CONTENT, "ContentVariables": '{"1": 2}'}, 21656),
    ("Twilio's magic number", {"To": "+15005550009"}, 21614),
    ("a slip of the pen", {"Boddy": "Hello"}, 20001),
    ("scheduling is not played", {"SendAt": "2026-12-01T09:00:00Z"}, 20001),
    ("asked for in the text", {"Body": "error21612"}, 21612),
]


@pytest.mark.parametrize(("_label", "change", "code"), REFUSED, ids=[row[0] for row in REFUSED])
async def test_it_refuses(client, fake, _label, change, code):
    status, error = await create(client, fake, GOOD | change)
    assert (status, error["code"], error["status"]) == (400, code, 400)
    assert len(fake.book) == 0


async def test_1600_characters_are_taken(client, fake):
    status, message = await create(client, fake, GOOD | {"Body": "x" * 1600})
    assert (status, message["num_segments"]) == (201, "11")


async def test_credentials(client, fake):
    for headers, expected in ((basic("SK1", "word"), 201), (basic(ACCOUNT, "wrong"), 401), ({}, 401)):
        async with aiohttp.ClientSession(headers=headers) as other:
            status, answer = await create(other, fake, GOOD)
        assert status == expected
        assert expected == 201 or answer["code"] == 20003
    assert len(fake.book) == 1


@pytest.mark.parametrize("body", [b"To=%2B447700900123&Body=%ff", b"Body=\xc3\xa9"])
async def test_what_is_not_utf8_is_refused(client, fake, body):
    form = {"data": body, "headers": {"Content-Type": "application/x-www-form-urlencoded"}}
    url = f"{fake.url}/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    async with client.post(url, **form) as response:
        assert response.status == 400


async def test_other_paths(client, fake):
    for path in ("/2010-04-01/Accounts/AC1/Messages.json", "/v1/Services"):
        async with client.get(fake.url + path) as response:
            assert (response.status, (await response.json())["code"]) == (404, 20404)
        async with aiohttp.request("GET", fake.url + path) as response:
            assert response.status == 401


async def test_only_our_own_numbers_send(client):
    fake = FakeTwilio(ACCOUNT, "secret", numbers=["+447700900998"])
    await fake.start()
    status, error = await create(client, fake, GOOD)
    assert (status, error["code"]) == (400, 21606)
    await fake.stop()


async def test_templates_are_filled_in(client):
    fake = FakeTwilio(ACCOUNT, "secret", templates={CONTENT: "Hello {{1}}, see you at {{2}}."})
    await fake.start()
    form = {**WHATSAPP, "ContentSid": CONTENT, "ContentVariables": '{"1": "Asha", "2": "Oak Hall"}'}
    del form["Body"]
    await create(client, fake, form)
    assert fake.book.last(f"whatsapp:{ASHA}").text == "Hello Asha, see you at Oak Hall."
    status, error = await create(client, fake, {**form, "ContentSid": "HX" + "b" * 32})
    assert (status, error["code"]) == (400, 21655)
    await fake.stop()


ANSWERED = [
    (Refuse(21211), 400, 21211, 0),
    (Refuse(30034, status=403, text="No"), 403, 30034, 0),
    (TooMany(), 429, 20429, 0),
    (ServerError(), 500, 20500, 0),
    (ServerError(accepted=True, status=503), 503, 20500, 1),
]


@pytest.mark.parametrize(("fault", "status", "code", "accepted"), ANSWERED)
async def test_a_fault_with_an_answer(client, fake, fault, status, code, accepted):
    fake.script.on(1, fault)
    got, error = await create(client, fake, GOOD)
    assert (got, error["code"], len(fake.book)) == (status, code, accepted)
    assert (await create(client, fake, GOOD))[0] == 201


@pytest.mark.parametrize(
    ("fault", "accepted", "reset"),
    [
        (LoseAnswer(), 1, None),
        (Drop(), 0, None),
        (Reset(), 0, errno.ECONNRESET),
        (Reset(accepted=True), 1, errno.ECONNRESET),
    ],
)
async def test_a_fault_without_an_answer(client, fake, fault, accepted, reset):
    fake.script.on(1, fault)
    with pytest.raises(aiohttp.ClientConnectionError) as caught:
        await create(client, fake, GOOD)
    assert getattr(caught.value, "errno", None) == reset
    assert len(fake.book) == accepted
    assert (await create(client, fake, GOOD))[0] == 201


async def test_429_may_say_how_long(client, fake):
    fake.script.on(1, TooMany(7))
    url = f"{fake.url}/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    async with client.post(url, data=GOOD) as response:
        assert (response.status, response.headers["Retry-After"]) == (429, "7")


async def test_a_late_answer_waits_for_the_test(client, fake):
    release = asyncio.Event()
    fake.script.on(1, Late(release))
    call = asyncio.create_task(create(client, fake, GOOD))
    await fake.book.wait_for(lambda book: len(book) == 1)
    assert not call.done()
    release.set()
    assert (await call)[0] == 201


async def test_a_late_answer_waits_for_its_seconds(client, fake):
    clock = HandClock()
    fake.sleep = clock.sleep
    fake.script.on(1, Late(20.0))
    assert (await create(client, fake, GOOD))[0] == 201
    assert clock.slept == [20.0]


async def test_a_garbled_answer_was_accepted(client, fake):
    fake.script.on(1, Garbled())
    with pytest.raises(ValueError, match="line 1 column"):
        await create(client, fake, GOOD)
    assert len(fake.book) == 1


async def test_a_script_of_its_own(client):
    fake = FakeTwilio(ACCOUNT, "secret", script=Script().to(ASHA, Refuse(21610), times=1))
    await fake.start()
    assert [(await create(client, fake, GOOD))[0] for _ in range(2)] == [400, 201]
    await fake.stop()


async def test_the_book_outlives_an_outage(client, fake):
    await create(client, fake, GOOD)
    port = int(fake.url.rpartition(":")[2])
    await fake.stop()
    with pytest.raises(aiohttp.ClientConnectorError):
        await create(client, fake, GOOD)
    await fake.start(port=port)
    assert (await create(client, fake, GOOD))[0] == 201
    assert len(fake.book) == 2
