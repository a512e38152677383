"""The fake Twilio's status callbacks: signed, early, late, twice, out of order or never."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from itertools import permutations

import aiohttp
import pytest
from twilio.request_validator import RequestValidator

from channels.fakes.callbacks import EARLY, NEVER, TWICE, Callbacks, failing, late, shuffled
from channels.fakes.clock import HandClock
from channels.fakes.fault import LoseAnswer
from channels.fakes.listener import Listener, Reply
from channels.fakes.twilio import FakeTwilio

ACCOUNT = "AC" + "0" * 32
OURS, ASHA = "+447700900999", "+447700900123"
SERVICE = "MG" + "0" * 32
HEADERS = {"Authorization": f"Basic {b64encode(f'{ACCOUNT}:secret'.encode()).decode()}"}


@pytest.fixture
async def us():
    listener = Listener()
    await listener.start()
    yield listener
    await listener.stop()


@pytest.fixture
async def fake():
    fake = FakeTwilio(ACCOUNT, "secret", clock=HandClock(), windows=True)
    await fake.start()
    yield fake
    await fake.stop()


async def create(fake, us, fragment: str = "", **form: str) -> int:
    url = f"{fake.url}/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    whole = {"To": ASHA, "From": OURS, "Body": "Hello", "StatusCallback": f"{us.url}/status?t=a%20b{fragment}", **form}
    async with aiohttp.ClientSession(headers=HEADERS) as client, client.post(url, data=whole) as response:
        await response.read()
        return response.status


def told(us: Listener) -> list[str]:
    return [heard.form["MessageStatus"] for heard in us.heard]


async def test_they_are_signed_as_the_library_checks_it(fake, us):
    await create(fake, us, "#rc=2")
    await fake.settled()
    assert told(us) == ["sent", "delivered"]
    for heard in us.heard:
        assert heard.path == "/status?t=a%20b"
        signature = heard.headers["x-twilio-signature"]
        assert RequestValidator("secret").validate(us.url + heard.path, heard.form, signature)
        assert not RequestValidator("wrong").validate(us.url + heard.path, heard.form, signature)


async def test_their_parameters(fake, us):
    await create(fake, us)
    await fake.settled()
    sid = fake.book.last(ASHA).id
    expected = {"MessageSid": sid, "SmsSid": sid, "AccountSid": ACCOUNT, "To": ASHA, "From": OURS}
    expected |= {"MessageStatus": "delivered", "SmsStatus": "delivered", "ApiVersion": "2010-04-01"}
    assert us.heard[-1].form == expected | {"RawDlrDoneDate": "2611300900"}


SCRIPTS = [
    ("twice", TWICE, ["sent", "sent", "delivered", "delivered"]),
    ("never", NEVER, []),
    ("failing", failing(30003, statuses=("sent",)), ["sent", "undelivered"]),
    *(
        (f"order {order}", shuffled(*order, statuses=("queued", "sent", "delivered")), order)
        for order in permutations(range(3))
    ),
]


@pytest.mark.parametrize(("_label", "callbacks", "expected"), SCRIPTS, ids=[row[0] for row in SCRIPTS])
async def test_scripted(fake, us, _label, callbacks, expected):
    fake.script.always(callbacks)
    await create(fake, us)
    await fake.settled()
    names = ("queued", "sent", "delivered")
    assert told(us) == [names[item] if isinstance(item, int) else item for item in expected]


async def test_early_ones_come_before_the_answer(fake, us):
    fake.script.always(EARLY)
    us.then(Reply(200))
    assert await create(fake, us) == 201
    assert told(us) == ["sent", "delivered"]


async def test_late_ones_wait_for_the_test_and_hold_nobody_back(fake, us):
    release = asyncio.Event()
    fake.script.on(1, late(release))
    await create(fake, us)
    await create(fake, us, To="+447700900124")
    await fake.book.wait_for(lambda book: book.last("+447700900124").status == "delivered")
    assert fake.book.last(ASHA).status is None
    release.set()
    await fake.settled()
    assert fake.book.last(ASHA).status == "delivered"


async def test_they_come_even_when_the_answer_was_lost(fake, us):
    fake.script.on(1, LoseAnswer())
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await create(fake, us)
    await fake.settled()
    assert told(us) == ["sent", "delivered"]


FATES = [
    ("asked for in the text", {"Body": "error30003"}, "undelivered", "30003"),
    ("outside WhatsApp's window", {"To": f"whatsapp:{ASHA}", "From": f"whatsapp:{OURS}"}, "undelivered", "63016"),
]


@pytest.mark.parametrize(("_label", "form", "status", "code"), FATES, ids=[row[0] for row in FATES])
async def test_a_code_comes_with_the_last_status(fake, us, _label, form, status, code):
    assert await create(fake, us, **form) == 201
    await fake.settled()
    assert (us.heard[-1].form["MessageStatus"], us.heard[-1].form["ErrorCode"]) == (status, code)
    assert fake.book.accepted[-1].history[-1].error == int(code)


async def test_inside_the_window_free_text_is_delivered(fake, us):
    asha = f"whatsapp:{ASHA}"
    for hours, expected in ((23.9, "delivered"), (24.1, "undelivered")):
        await fake.person_sends(asha, "Hello", to=f"whatsapp:{OURS}")
        fake.clock.move(hours * 3600)
        await create(fake, us, To=asha, From=f"whatsapp:{OURS}")
        await fake.settled()
        assert fake.book.last(asha).status == expected


async def test_without_a_url_only_the_book_is_marked(fake, us):
    await create(fake, us, StatusCallback="")
    assert fake.book.last(ASHA).status == "delivered"
    assert us.heard == []


async def test_whatsapp_and_services_say_so(fake, us):
    asha = f"whatsapp:{ASHA}"
    await fake.person_sends(asha, "Hello", to=f"whatsapp:{OURS}")
    fake.script.always(Callbacks(statuses=("read",)))
    await create(fake, us, To=asha, From="", MessagingServiceSid=SERVICE)
    await fake.settled()
    form = us.heard[0].form
    assert (form["MessagingServiceSid"], form["ChannelPrefix"], form["EventType"]) == (SERVICE, "whatsapp", "READ")
    assert "RawDlrDoneDate" not in form


async def test_those_that_nobody_took_are_counted(fake, us):
    us.then(Reply(500))
    await create(fake, us)
    await fake.settled()
    assert (fake.callbacks.sent, fake.callbacks.lost) == (2, 2)


async def test_many_messages_keep_their_own_order(fake, us):
    await asyncio.gather(*(create(fake, us, To=f"+4477009001{number:02}") for number in range(40)))
    await fake.settled()
    assert len(us.heard) == 80
    for number in range(40):
        mine = [heard.form["MessageStatus"] for heard in us.heard if heard.form["To"] == f"+4477009001{number:02}"]
        assert mine == ["sent", "delivered"]
