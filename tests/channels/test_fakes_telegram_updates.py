"""How the fake Telegram tells the bot what people did: by long poll and by webhook."""

from __future__ import annotations

import asyncio
import json

import aiohttp
import pytest

from channels.fakes.clock import HandClock
from channels.fakes.listener import Listener, Reply
from channels.fakes.telegram import FakeTelegram

TOKEN = "4200:secret"
ASHA, BEN = 7001, 7002
YES = {"inline_keyboard": [[{"text": "Yes", "callback_data": "rsvp:yes"}]]}


@pytest.fixture
async def clock():
    return HandClock()


@pytest.fixture
async def fake(clock):
    fake = FakeTelegram(TOKEN, clock=clock, sleep=clock.sleep)
    await fake.start()
    yield fake
    await fake.stop()


@pytest.fixture
async def us():
    listener = Listener()
    await listener.start()
    yield listener
    await listener.stop()


@pytest.fixture
async def call(fake):
    async with aiohttp.ClientSession() as session:

        async def call(method: str, **parameters):
            async with session.post(f"{fake.url}/bot{TOKEN}/{method}", json=parameters) as response:
                body = await response.json()
                return body["result"] if body["ok"] else (body["error_code"], body["description"])

        yield call


def ids(updates) -> list[int]:
    return [update["update_id"] for update in updates]


def texts(us: Listener) -> list[str]:
    return [heard.json["message"]["text"] for heard in us.heard]


async def test_an_offset_confirms_what_is_below_it(fake, call):
    asha = fake.person(ASHA)
    first, second, third = [(await asha.says(text)).id for text in ("one", "two", "three")]
    assert (second, third) == (first + 1, first + 2)
    assert ids(await call("getUpdates")) == [first, second, third]
    assert ids(await call("getUpdates", limit=1)) == [first]
    assert ids(await call("getUpdates", offset=second)) == [second, third]
    assert ids(await call("getUpdates")) == [second, third]
    assert ids(await call("getUpdates", offset=-1)) == [third]
    assert await call("getUpdates", offset=third + 1) == []


async def test_a_long_poll_waits_for_somebody_to_write(fake, call):
    poll = asyncio.create_task(call("getUpdates", timeout=30))
    while fake.updates._poll is None:
        await asyncio.sleep(0)
    assert not poll.done()
    await fake.person(ASHA).says("hello")
    [update] = await poll
    assert update["message"]["text"] == "hello"
    assert update["message"]["from"] == {"id": ASHA, "is_bot": False, "first_name": "Asha", "language_code": "en"}


async def test_the_second_of_two_polls_wins(fake, call):
    first = asyncio.create_task(call("getUpdates", timeout=30))
    while fake.updates._poll is None:
        await asyncio.sleep(0)
    second = asyncio.create_task(call("getUpdates", timeout=30))
    assert (await first)[0] == 409
    await fake.person(ASHA).says("hello")
    assert len(await second) == 1


async def test_what_people_do(fake, call):
    asha = fake.person(ASHA, "Asha", "pl", username="asha_k")
    await asha.opens_link("j0in-c0de")
    await call("sendMessage", chat_id=ASHA, text="Coming?", reply_markup=YES)
    await asha.presses("Yes")
    await asha.edits("/start other")
    await asha.shares_contact("+447700900123")
    await asha.sends(photo=[{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}], caption="Oak Hall")
    await asha.says("that one", replying_to=asha.sees[0])
    await asha.blocks()
    link, press, edit, contact, photo, reply, block = await call("getUpdates")
    assert link["message"]["text"] == "/start j0in-c0de"
    assert link["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert (press["callback_query"]["data"], press["callback_query"]["message"]["text"]) == ("rsvp:yes", "Coming?")
    assert edit["edited_message"]["text"] == "/start other"
    assert edit["edited_message"]["message_id"] == link["message"]["message_id"]
    assert contact["message"]["contact"]["user_id"] == ASHA
    assert (photo["message"]["caption"], "text" in photo["message"]) == ("Oak Hall", False)
    assert reply["message"]["reply_to_message"]["text"] == "Coming?"
    changed = block["my_chat_member"]
    assert (changed["old_chat_member"]["status"], changed["new_chat_member"]["status"]) == ("member", "kicked")


async def test_pressing_what_is_not_there(fake, call):
    asha = fake.person(ASHA, started=True)
    sent = await call("sendMessage", chat_id=ASHA, text="Coming?", reply_markup=YES)
    before = asha.sees[0]
    await call("editMessageReplyMarkup", chat_id=ASHA, message_id=sent["message_id"])
    with pytest.raises(LookupError):
        await asha.presses("Yes")
    stale = await asha.presses("Yes", on=before)
    assert stale.body["callback_query"]["data"] == "rsvp:yes"


async def test_a_reply_keyboard_sends_its_label(fake, call):
    asha = fake.person(ASHA, started=True)
    await call("sendMessage", chat_id=ASHA, text="Coming?", reply_markup={"keyboard": [["Yes"], [{"text": "No"}]]})
    await asha.presses("No")
    assert (await call("getUpdates"))[0]["message"]["text"] == "No"


async def test_only_the_kinds_that_were_asked_for(fake, call):
    asha = fake.person(ASHA)
    await call("getUpdates", allowed_updates=["my_chat_member"])
    assert await asha.says("hello") is None
    await asha.blocks()
    assert [list(update)[1] for update in await call("getUpdates")] == ["my_chat_member"]
    await call("getUpdates", allowed_updates=[])
    assert await asha.says("hello") is not None


@pytest.mark.parametrize(
    ("seconds", "left"), [(149, {"message", "callback_query"}), (150, {"message"}), (86400, set())]
)
async def test_presses_are_kept_150_seconds_and_words_a_day(fake, call, clock, seconds, left):
    asha = fake.person(ASHA, started=True)
    await call("sendMessage", chat_id=ASHA, text="Coming?", reply_markup=YES)
    await asha.says("yes")
    await asha.presses("Yes")
    clock.move(seconds)
    found = await call("getUpdates")
    assert {kind for update in found for kind in update if kind != "update_id"} == left
    assert len(fake.updates.dropped) == 2 - len(left)


async def test_a_webhook_gets_them_with_its_secret(fake, call, us):
    await fake.person(ASHA).says("before")
    assert await call("setWebhook", url=f"{us.url}/hook?x=1", secret_token="s3cret_-") is True
    await fake.person(ASHA).says("after")
    await fake.settled()
    assert texts(us) == ["before", "after"]
    assert {heard.headers["x-telegram-bot-api-secret-token"] for heard in us.heard} == {"s3cret_-"}
    assert us.heard[0].path == "/hook?x=1"
    assert (await call("getUpdates"))[0] == 409
    info = await call("getWebhookInfo")
    assert (info["url"], info["pending_update_count"], info["max_connections"]) == (f"{us.url}/hook?x=1", 0, 40)
    await call("deleteWebhook")
    await fake.person(ASHA).says("by poll")
    assert len(await call("getUpdates")) == 1
    assert len(us.heard) == 2


async def test_retries_come_at_once_then_after_2_4_8(fake, call, us, clock):
    us.then(*[Reply(500)] * 8, Reply(204))
    await call("setWebhook", url=us.url)
    await fake.person(ASHA).says("hello")
    await fake.settled()
    assert len(us.heard) == 9
    assert len({heard.body for heard in us.heard}) == 1
    assert clock.slept[:5] == [2, 4, 8, 16, 32]
    assert 60 <= clock.slept[5] <= 64
    assert 64 < clock.slept[6] <= 120
    info = await call("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"


async def test_retry_after_is_honoured_up_to_an_hour(fake, call, us, clock):
    us.then(Reply(503, retry_after=7), Reply(503, retry_after=9999), Reply(200))
    await call("setWebhook", url=us.url)
    await fake.person(ASHA).says("hello")
    await fake.settled()
    assert clock.slept == [7, 3600]


async def test_a_lost_answer_is_tried_again(fake, call, us):
    us.then(Reply(0), Reply(200))
    await call("setWebhook", url=us.url)
    await fake.person(ASHA).says("hello")
    await fake.settled()
    assert texts(us) == ["hello", "hello"]


async def test_nobody_at_home_is_tried_again(fake, call, us, clock):
    url = us.url
    await us.stop()
    await call("setWebhook", url=url)
    asked = fake.courier._post

    async def back_after_three(webhook, update):
        if fake.courier.attempts == 3:
            await us.start(port=int(url.rpartition(":")[2]))
        return await asked(webhook, update)

    fake.courier._post = back_after_three
    await fake.person(ASHA).says("hello")
    await fake.settled()
    assert (texts(us), clock.slept) == (["hello"], [2, 4])
    assert (await call("getWebhookInfo"))["last_error_message"] == "Connection failed"


async def test_a_failing_update_holds_back_its_own_chat_only(fake, call, us, clock):
    release = asyncio.Event()

    async def hold(seconds: float) -> None:
        await release.wait()

    fake.courier._sleep = hold
    us.then(Reply(500), Reply(500), Reply(200))
    await call("setWebhook", url=us.url)
    await fake.person(ASHA).says("poison")
    while len(us.heard) < 2:
        await asyncio.sleep(0)
    await fake.person(ASHA).says("behind it")
    await fake.person(BEN).says("another chat")
    while len(fake.updates.pending) > 2:
        await asyncio.sleep(0)
    assert texts(us) == ["poison", "poison", "another chat"]
    assert (await call("getWebhookInfo"))["pending_update_count"] == 2
    release.set()
    await fake.settled()
    assert texts(us)[3:] == ["poison", "behind it"]


async def test_an_outage_costs_presses_but_no_words(fake, call, us, clock):
    asha = fake.person(ASHA, started=True)
    await call("sendMessage", chat_id=ASHA, text="Coming?", reply_markup=YES)
    us.then(Reply(500))
    await call("setWebhook", url=us.url)
    press = await asha.presses("Yes")
    await fake.settled()
    assert fake.updates.dropped == [press]
    assert sum(clock.slept) < 150
    us.then(*[Reply(500)] * 10, Reply(200))
    await asha.says("yes")
    await fake.settled()
    assert sum(clock.slept) > 300
    assert us.heard[-1].json["message"]["text"] == "yes"
    assert fake.updates.pending == {}


async def test_words_are_given_up_after_a_day(fake, call, us, clock):
    us.then(Reply(500))
    await call("setWebhook", url=us.url)
    said = await fake.person(ASHA).says("hello")
    await fake.settled()
    assert fake.updates.dropped == [said]
    assert 86400 - 120 < sum(clock.slept) < 86400


async def test_gone_for_23_hours_drops_the_webhook(fake, call, us, clock):
    us.then(Reply(410))
    await call("setWebhook", url=us.url)
    await fake.person(ASHA).says("hello")
    await fake.settled()
    assert (await call("getWebhookInfo"))["url"] == ""
    assert 23 * 3600 <= sum(clock.slept) < 23 * 3600 + 120
    assert len(await call("getUpdates")) == 1


async def test_one_chat_keeps_its_order_and_chats_run_side_by_side(fake, call, us):
    await call("setWebhook", url=us.url, max_connections=8)
    for number in range(5):
        for who in range(20):
            await fake.person(who).says(f"{who} {number}")
    await fake.settled()
    for who in range(20):
        assert [text for text in texts(us) if text.startswith(f"{who} ")] == [f"{who} {n}" for n in range(5)]


async def test_what_waits_can_be_dropped(fake, call, us):
    await fake.person(ASHA).says("old")
    await call("setWebhook", url=us.url, drop_pending_updates=True)
    await fake.person(ASHA).says("new")
    await fake.settled()
    assert texts(us) == ["new"]


async def test_the_answer_may_itself_be_a_call(fake, call, us):
    asha = fake.person(ASHA)
    us.then(Reply(200, json.dumps({"method": "sendMessage", "chat_id": ASHA, "text": "At once"})))
    await call("setWebhook", url=us.url)
    await asha.says("hello")
    await fake.settled()
    assert [seen.text for seen in asha.sees] == ["At once"]


@pytest.mark.parametrize(
    ("parameters", "local"),
    [
        ({"url": "https://hub.example.org", "secret_token": "a b"}, True),
        ({"url": "ftp://hub.example.org"}, True),
        ({"url": "http://hub.example.org"}, False),
        ({"url": "https://hub.example.org:8000"}, False),
    ],
)
async def test_webhooks_that_are_refused(fake, call, parameters, local):
    fake.delivery._local = local
    assert (await call("setWebhook", **parameters))[0] == 400
    assert (await call("getWebhookInfo"))["url"] == ""
