"""The web entry, over a real socket: who is let in, what each gets for an answer, and what the log says of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot.webhook import MOST_BYTES
from channels.fakes.signature import sign
from storage import messages_in
from storage.store import Away, Store
from tests import looking
from tests.bot.town import ACCOUNT, AUTH_TOKEN, OUR_NUMBER, SECRET, Town

MESSAGE, STATUS, TELEGRAM = "/webhooks/twilio/message", "/webhooks/twilio/status", "/webhooks/telegram"
ASHA = "+447700900101"
# Something that must never be found in a log or an answer.
WORDS = "my sister is called Zuleika"


class Answer(NamedTuple):
    status: int
    body: bytes
    type: str


async def call(
    town: Town, path: str, method: str = "POST", body: bytes = b"", headers: Mapping[str, str] | None = None
) -> Answer:
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, town.url + path, data=body, headers=dict(headers or {})) as response,
    ):
        return Answer(response.status, await response.read(), response.content_type)


def form(**more: str) -> dict[str, str]:
    plain = {"MessageSid": "SM" + "1" * 32, "AccountSid": ACCOUNT, "From": ASHA, "To": OUR_NUMBER, "Body": WORDS}
    return plain | more


async def posts(
    town: Town,
    path: str = MESSAGE,
    *,
    token: str = AUTH_TOKEN,
    body: bytes | None = None,
    signature: str | None = None,
    **more: str,
) -> Answer:
    """A form, signed as Twilio does unless another signature is given."""
    fields = form(**more)
    signed = sign(token, town.url + path, list(fields.items())) if signature is None else signature
    headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": signed}
    return await call(town, path, body=urlencode(fields).encode() if body is None else body, headers=headers)


def update(number: int = 1, **content: Any) -> dict[str, Any]:
    person = {"id": 7001, "is_bot": False, "first_name": "Zuleika"}
    chat = {"id": 7001, "type": "private", "first_name": "Zuleika"}
    message = {"message_id": number, "from": person, "chat": chat, "date": 1_795_431_600, "text": WORDS}
    return {"update_id": number, "message": message | content}


async def tells(town: Town, what: Any, secret: str | None = SECRET) -> Answer:
    headers = {"Content-Type": "application/json"}
    if secret is not None:
        headers["X-Telegram-Bot-Api-Secret-Token"] = secret
    return await call(
        town, TELEGRAM, body=what if isinstance(what, bytes) else json.dumps(what).encode(), headers=headers
    )


async def refused(town: Town, provider: str, reason: str) -> float:
    """How many were refused so far, as /metrics says."""
    wanted = f'heard_refused_requests_total{{provider="{provider}",reason="{reason}"}} '
    lines = (await call(town, "/metrics", "GET")).body.decode().splitlines()
    return next((float(line.removeprefix(wanted)) for line in lines if line.startswith(wanted)), 0.0)


async def test_a_message_is_stored_before_it_is_thanked_for(town: Town) -> None:
    answer = await posts(town)
    assert (answer.status, answer.type) == (200, "text/xml")
    assert answer.body.endswith(b"<Response/>")
    assert sum((await town.house.store.read(messages_in.tally)).values()) == 1


async def test_a_callback_is_answered_without_a_body(town: Town) -> None:
    answer = await posts(town, f"{STATUS}?t=not-ours", MessageStatus="delivered")
    assert (answer.status, answer.body) == (204, b"")


async def test_an_update_is_answered_without_a_body(town: Town) -> None:
    answer = await tells(town, update())
    assert (answer.status, answer.body) == (200, b"")
    assert sum((await town.house.store.read(messages_in.tally)).values()) == 1


@pytest.mark.parametrize(
    "forgery",
    [
        {"signature": ""},
        {"signature": "bm90IGEgc2lnbmF0dXJl"},
        {"token": "another-token"},
        {"body": urlencode(form(Body="another text")).encode()},
        {"AccountSid": "AC" + "6" * 32},
        {"path": MESSAGE + "?more=1", "signature": "x"},
    ],
    ids=["none", "wrong", "another token", "another text", "another account", "another address"],
)
async def test_a_forged_post_is_403_without_a_body_and_counted(town: Town, forgery: dict[str, Any]) -> None:
    before = await refused(town, "twilio", "forged")
    with capture_logs() as logged:
        answers = [await posts(town, **forgery) for _ in range(3)]
    assert [(answer.status, answer.body) for answer in answers] == [(403, b"")] * 3
    assert await refused(town, "twilio", "forged") == before + 3
    assert [line["event"] for line in logged] == ["request_not_genuine"]  # strangers shall not fill the log
    assert await town.house.store.read(messages_in.tally) == {}
    assert "Zuleika" not in repr(logged)


@pytest.mark.parametrize("secret", [None, "", "another-secret", SECRET.upper()])
async def test_a_forged_update_is_403_without_a_body_and_counted(town: Town, secret: str | None) -> None:
    before = await refused(town, "telegram", "forged")
    answer = await tells(town, update(), secret)
    assert (answer.status, answer.body) == (403, b"")
    assert await refused(town, "telegram", "forged") == before + 1
    assert await town.house.store.read(messages_in.tally) == {}


@pytest.mark.parametrize(
    "fields",
    [{"MessageSid": ""}, {"From": ""}, {"NumMedia": "many"}, {"From": f"whatsapp:{'9' * 200}"}],
    ids=["no sid", "no sender", "no number of media", "a long address"],
)
async def test_promise_25_a_poison_post_is_200_and_kept_and_nothing_of_it_is_logged(
    town: Town, fields: dict[str, str]
) -> None:
    """It is Twilio's own, and would come just so again: what it says must not be lost."""
    with capture_logs() as logged:
        answer = await posts(town, **fields)
    assert answer.status == 200
    (letter,) = await town.house.store.read(looking.letters)
    assert (letter.source, "Zuleika" in letter.raw) == ("twilio", True)
    assert "Zuleika" not in repr(logged)
    assert ASHA not in repr(logged)


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"\xff\xfe", b'{"message": {"text": "Zuleika"}}', b'{"update_id": "Zuleika"}', b"NaN"],
)
async def test_a_malformed_update_is_400_and_nothing_of_it_is_logged(town: Town, body: bytes) -> None:
    with capture_logs() as logged:
        answer = await tells(town, body)
    assert (answer.status, answer.body) == (400, b"")
    assert "Zuleika" not in repr(logged)


async def test_a_status_we_do_not_know_is_kept(town: Town) -> None:
    assert (await posts(town, STATUS, MessageStatus="pondering")).status == 204
    (letter,) = await town.house.store.read(looking.letters)
    assert "pondering" in letter.raw


async def test_a_post_to_no_webhook_of_ours_is_404(town: Town) -> None:
    assert (await posts(town, "/webhooks/twilio/fax")).status == 404


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b'{"Body": "Zuleika"}', b"Body=Zuleika"])
async def test_what_carries_no_signature_is_403_whatever_it_is(town: Town, body: bytes) -> None:
    assert (await call(town, MESSAGE, body=body)).status == 403
    assert await town.house.store.read(looking.letters) == []


async def test_promise_25_a_poison_update_is_200_and_kept_and_the_next_one_is_taken(town: Town) -> None:
    poison = update(1, chat={"id": "not a number", "type": "private"})
    with capture_logs() as logged:
        answer = await tells(town, poison)
    assert (answer.status, answer.body) == (200, b"")
    (letter,) = await town.house.store.read(looking.letters)
    assert (letter.source, json.loads(letter.raw)) == ("telegram", poison)
    assert "Zuleika" not in repr(logged)
    assert (await tells(town, update(2))).status == 200
    assert sum((await town.house.store.read(messages_in.tally)).values()) == 1


@pytest.mark.parametrize("path", [MESSAGE, STATUS, TELEGRAM])
async def test_a_body_too_long_is_413(town: Town, path: str) -> None:
    provider = "telegram" if path == TELEGRAM else "twilio"
    before = await refused(town, provider, "too_long")
    answer = await call(town, path, body=b"x" * (MOST_BYTES + 1))
    assert (answer.status, answer.body) == (413, b"")
    assert await refused(town, provider, "too_long") == before + 1
    assert (await call(town, path, body=b"x" * MOST_BYTES)).status == 403


@pytest.fixture
def away(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database cannot be reached."""

    async def gone(_store: Store, _work: object) -> None:
        raise Away("gone")

    for name in ("read", "write"):
        monkeypatch.setattr(type(town.house.store), name, gone)


@pytest.mark.usefixtures("away")
async def test_while_the_database_is_away_nobody_is_thanked(town: Town) -> None:
    """A 5xx has the provider bring it again: Twilio by the settings in our URL, Telegram always."""
    for answer in (
        await posts(town),
        await posts(town, STATUS, MessageStatus="sent"),
        await tells(town, update()),
        await tells(town, update(1, chat={"id": "not a number", "type": "private"})),
    ):
        assert (answer.status, answer.body) == (503, b"")
    ready = await call(town, "/readyz", "GET")
    assert ready.status == 503
    assert ready.body.startswith(b"not ready\ndatabase: it cannot be reached\n")
    assert (await call(town, "/healthz", "GET")).status == 200


async def test_a_message_that_came_while_the_database_was_away_is_taken_when_it_comes_again(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = 2
    whole = type(town.house.store).write

    async def away_at_first(store: Store, work: Any) -> Any:
        nonlocal times
        times -= 1
        if times >= 0:
            raise Away("gone")
        return await whole(store, work)

    monkeypatch.setattr(type(town.house.store), "write", away_at_first)
    answer = await town.texts(ASHA, "JOIN")
    while answer.status == 503:
        answer = await town.twilio.redeliver()
    assert answer.status == 200
    assert sum((await town.house.store.read(messages_in.tally)).values()) == 1


async def test_ready_and_healthy(town: Town) -> None:
    ready = b"ready\ndatabase: it answers\nweb: what comes in is kept\n"
    for path, body in (("/readyz", ready), ("/healthz", b"ok\n")):
        assert await call(town, path, "GET") == Answer(200, body, "text/plain")


async def test_metrics_tell_figures_and_nobody(town: Town) -> None:
    await posts(town)
    await town.house.drain()
    answer = await call(town, "/metrics", "GET")
    figures = answer.body.decode()
    assert answer.type == "text/plain"
    for name in ("heard_messages_in_total", "heard_messages_out_total", "heard_send_seconds_count"):
        assert name in figures
    assert not [secret for secret in (WORDS, ASHA, AUTH_TOKEN) if secret in figures]


async def test_a_get_is_read_when_its_address_is_signed(town: Town) -> None:
    path = f"{MESSAGE}?{urlencode(form())}"
    fine = await call(town, path, "GET", headers={"X-Twilio-Signature": sign(AUTH_TOKEN, town.url + path, [])})
    assert (fine.status, fine.type) == (200, "text/xml")
    assert (await call(town, path, "GET")).status == 403
    assert sum((await town.house.store.read(messages_in.tally)).values()) == 1


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("PUT", MESSAGE, 405),
        ("GET", TELEGRAM, 405),
        ("DELETE", STATUS, 405),
        ("GET", "/nothing-here", 404),
        ("GET", "/try", 404),
    ],
)
async def test_other_doors_are_closed(town: Town, method: str, path: str, status: int) -> None:
    """The phone in the browser is there in the demo only. No answer is 410: Telegram would drop the webhook."""
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, town.url + path, allow_redirects=False) as response,
    ):
        assert response.status == status


async def test_a_group_that_adds_the_bot_is_left(town: Town) -> None:
    group = town.telegram.group(-100_200)
    assert town.house.channels.telegram is not None
    await town.house.channels.telegram.service.set_webhook()
    await group.adds_bot(town.telegram.person(7001))
    await town.telegram.settled()
    assert not group.has_bot
    assert await town.house.store.read(messages_in.tally) == {}
