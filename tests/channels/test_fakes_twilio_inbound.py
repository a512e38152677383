"""People writing through the fake Twilio: parameters, retries, repeats and the words it handles by itself."""

from __future__ import annotations

import socket
from base64 import b64encode

import aiohttp
import pytest
from twilio.request_validator import RequestValidator

from channels.fakes.clock import HandClock
from channels.fakes.listener import Listener, Reply
from channels.fakes.twilio import FakeTwilio

ACCOUNT = "AC" + "0" * 32
OURS, ASHA = "+447700900999", "+447700900123"
SERVICE = "MG" + "0" * 32
HEADERS = {"Authorization": f"Basic {b64encode(f'{ACCOUNT}:secret'.encode()).decode()}"}


@pytest.fixture
async def us():
    listener = Listener(Reply(200, "<Response/>"))
    await listener.start()
    yield listener
    await listener.stop()


@pytest.fixture
async def make(us):
    made = []

    async def make(**options) -> FakeTwilio:
        fake = FakeTwilio(ACCOUNT, "secret", clock=HandClock(), webhook_url=f"{us.url}/in?x=1", **options)
        await fake.start()
        made.append(fake)
        return fake

    yield make
    for fake in made:
        await fake.stop()


async def send(fake, **form: str) -> int | None:
    url = f"{fake.url}/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    whole = {"To": ASHA, "Body": "Hello", **form}
    async with aiohttp.ClientSession(headers=HEADERS) as client, client.post(url, data=whole) as response:
        return (await response.json()).get("code")


async def test_an_sms_is_written_down_and_posted_signed(us, make):
    fake = await make()
    assert await fake.person_sends(ASHA, "Yes  please \U0001f44d & caf\u00e9 + 1", to=OURS) == (200, "<Response/>")
    form = us.heard[0].form
    assert (form["From"], form["To"], form["Body"]) == (ASHA, OURS, "Yes  please \U0001f44d & caf\u00e9 + 1")
    assert form["MessageSid"] == form["SmsSid"] == form["SmsMessageSid"] == fake.inbox.last(OURS).id
    assert (form["AccountSid"], form["NumMedia"], form["NumSegments"], form["FromCity"]) == (ACCOUNT, "0", "1", "")
    assert "WaId" not in form
    signature = us.heard[0].headers["x-twilio-signature"]
    assert RequestValidator("secret").validate(f"{us.url}/in?x=1", form, signature)


async def test_whatsapp_says_who_it_is(us, make):
    fake = await make()
    await fake.person_sends(f"whatsapp:{ASHA}", "Hi", to=f"whatsapp:{OURS}", ProfileName="Ben")
    await fake.person_sends("whatsapp:GB.a1b2", "Hi", to=f"whatsapp:{OURS}")
    number, scoped = us.heard[0].form, us.heard[1].form
    assert (number["WaId"], number["ProfileName"]) == (ASHA[1:], "Ben")
    assert (scoped["ExternalUserId"], scoped.get("WaId"), scoped["From"]) == ("GB.a1b2", None, "whatsapp:GB.a1b2")


async def test_a_button_carries_its_payload(us, make):
    fake = await make()
    await fake.press(f"whatsapp:{ASHA}", "rsvp:7:yes", "Yes", to=f"whatsapp:{OURS}", OriginalRepliedMessageSid="SM1")
    form = us.heard[0].form
    assert (form["Body"], form["ButtonText"], form["ButtonPayload"], form["ButtonType"]) == (
        "Yes",
        "Yes",
        "rsvp:7:yes",
        "REPLY",
    )
    assert form["OriginalRepliedMessageSid"] == "SM1"


async def test_a_redelivery_is_the_same_again(us, make):
    fake = await make()
    with pytest.raises(LookupError):
        await fake.redeliver()
    await fake.person_sends(ASHA, "Yes", to=OURS)
    await fake.redeliver()
    first, second = us.heard
    assert first.body == second.body
    assert first.headers["i-twilio-idempotency-token"] == second.headers["i-twilio-idempotency-token"]
    assert len(fake.inbox) == 1


async def test_what_we_miss_is_in_the_inbox(make):
    fake = await make()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/in"
        assert await fake.person_sends(ASHA, "Yes", to=OURS, webhook_url=url) == (0, "")
        assert fake.caller.attempts == 2, "a failure to connect is tried once more"
    assert fake.inbox.last(OURS).text == "Yes"


RETRIES = [
    ("an error is not tried again", "", 500, 1),
    ("unless we ask for it", "#rc=3&rp=5xx", 500, 4),
    ("up to the count", "#rc=0&rp=all", 500, 1),
    ("only what was asked for", "#rc=3&rp=5xx", 403, 1),
    ("client errors too", "#rc=2&rp=4xx,5xx", 403, 3),
    ("a lost answer is a read failure", "#rc=2&rp=rt", 0, 3),
    ("which is not tried again", "", 0, 1),
]


@pytest.mark.parametrize(("_label", "fragment", "status", "attempts"), RETRIES, ids=[row[0] for row in RETRIES])
async def test_retries(us, make, _label, fragment, status, attempts):
    fake = await make()
    us.then(Reply(status))
    answer = await fake.person_sends(ASHA, "Yes", to=OURS, webhook_url=f"{us.url}/in{fragment}")
    assert answer.status == status
    assert len(us.heard) == fake.caller.attempts == attempts
    assert len({heard.headers["i-twilio-idempotency-token"] for heard in us.heard}) == 1


async def test_a_retry_that_is_answered_is_the_last(us, make):
    fake = await make()
    us.then(Reply(503), Reply(200, "ok"))
    assert await fake.person_sends(ASHA, "Yes", to=OURS, webhook_url=f"{us.url}/in#rc=5&rp=all") == (200, "ok")
    assert len(us.heard) == 2


WORDS = [
    ("STOP", "STOP", 21610),
    ("stop", "STOP", 21610),
    ("Cancel", "STOP", 21610),
    ("STOP PLEASE", None, None),
    ("please stop", None, None),
    ("YES", "START", None),
    ("help", "HELP", None),
    ("Yes please", None, None),
]


@pytest.mark.parametrize(("text", "handled", "code"), WORDS)
async def test_the_default_handling_takes_exact_words(us, make, text, handled, code):
    fake = await make(keywords=True)
    await fake.person_sends(ASHA, text, to=OURS)
    assert len(fake.own_replies) == (1 if handled else 0)
    assert us.heard[0].form["Body"] == text, "it is passed on all the same"
    assert "OptOutType" not in us.heard[0].form
    assert await send(fake, From=OURS) == code
    assert await send(fake, From="+447700900998") is None, "another sender is not blocked"


async def test_only_their_start_lifts_the_block(make):
    fake = await make(keywords=True)
    await fake.person_sends(ASHA, "STOP", to=OURS)
    assert await send(fake, From=OURS) == 21610
    await fake.person_sends(ASHA, "Hello?", to=OURS)
    assert await send(fake, From=OURS) == 21610
    await fake.person_sends(ASHA, "START", to=OURS)
    assert await send(fake, From=OURS) is None


async def test_a_service_says_it_afterwards(make):
    fake = await make(keywords=True)
    await fake.person_sends(ASHA, "STOP", to=OURS)
    assert await send(fake, MessagingServiceSid=SERVICE) is None
    await fake.settled()
    assert fake.book.last(ASHA).history[-1][:2] == ("failed", 21610)


@pytest.mark.parametrize(("text", "kind"), [("STOP", "STOP"), ("start", "START"), ("HELP", "HELP"), ("YES", None)])
async def test_advanced_opt_out_names_the_kind(us, make, text, kind):
    fake = await make(advanced_opt_out=True)
    await fake.person_sends(f"whatsapp:{ASHA}", text, to=f"whatsapp:{OURS}")
    assert us.heard[0].form.get("OptOutType") == kind


async def test_without_handling_words_are_words(make):
    fake = await make()
    await fake.person_sends(ASHA, "STOP", to=OURS)
    assert await send(fake, From=OURS) is None
    assert len(fake.own_replies) == 0
