"""The fake Telegram's methods: what they take, what they refuse, what the person then sees."""

from __future__ import annotations

import json

import aiohttp
import pytest

from channels.fakes.clock import HandClock
from channels.fakes.fault import Drop, Garbled, LoseAnswer, Refuse, Reset, ServerError, TooMany
from channels.fakes.script import Script
from channels.fakes.telegram import FakeTelegram
from channels.fakes.telegram_limits import Limits

TOKEN = "4200:secret"
ASHA = 7001
YES_NO = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}, {"text": "No", "callback_data": "n"}]]}


@pytest.fixture
async def make():
    made = []

    async def make(**options) -> FakeTelegram:
        fake = FakeTelegram(TOKEN, **{"clock": HandClock(), **options})
        await fake.start()
        made.append(fake)
        return fake

    yield make
    for fake in made:
        await fake.stop()


@pytest.fixture
async def fake(make):
    fake = await make()
    fake.person(ASHA, "Asha", started=True)
    return fake


@pytest.fixture
async def client():
    async with aiohttp.ClientSession() as session:
        yield session


async def call(client, fake, method: str, **parameters):
    async with client.post(f"{fake.url}/bot{TOKEN}/{method}", json=parameters) as response:
        body = await response.json()
        assert (response.status == 200) == body["ok"]
        return body["result"] if body["ok"] else (body["error_code"], body["description"])


async def test_a_message_is_sent_and_seen(client, fake):
    result = await call(client, fake, "sendMessage", chat_id=ASHA, text="Are you coming?", reply_markup=YES_NO)
    [seen] = fake.person(ASHA).sees
    assert (seen.text, [button.label for button in seen.buttons]) == ("Are you coming?", ["Yes", "No"])
    assert result["message_id"] == seen.message_id
    assert result["chat"] == {"id": ASHA, "type": "private", "first_name": "Asha"}
    assert result["from"]["is_bot"] is True
    assert result["date"] == int(fake.clock().timestamp())
    assert result["reply_markup"] == YES_NO
    assert fake.book.last(str(ASHA)).text == "Are you coming?"


async def test_forms_and_queries_are_read_too(client, fake):
    form = {"chat_id": str(ASHA), "text": "By form", "reply_markup": json.dumps(YES_NO)}
    url = f"{fake.url}/bot{TOKEN}/sendmessage"
    async with client.post(url, data=form) as response:
        assert response.status == 200
    async with client.get(url, params={"chat_id": ASHA, "text": "By query"}) as response:
        assert response.status == 200
    first, second = fake.person(ASHA).sees
    assert (first.text, first.buttons[0].data, second.text) == ("By form", "y", "By query")


def keys(**button: str) -> dict[str, object]:
    return {"reply_markup": {"inline_keyboard": [[{"text": "Yes", **button}]]}}


REFUSED = [
    ("a stranger", {"chat_id": 1}, 400, "chat not found"),
    ("no chat", {"chat_id": None}, 400, "chat not found"),
    ("no words", {"text": " "}, 400, "message text is empty"),
    ("too long", {"text": "x" * 4097}, 400, "message is too long"),
    ("65 bytes in a button", keys(callback_data="\u00e9" * 33), 400, "BUTTON_DATA_INVALID"),
    ("nothing in a button", keys(callback_data=""), 400, "BUTTON_DATA_INVALID"),
    ("a button for nothing", keys(), 400, "unallowed in the inline keyboard"),
    ("broken markup", {"reply_markup": "{"}, 400, "can't parse"),
    ("asked for in the text", {"text": "error403"}, 403, "bot was blocked by the user"),
]


@pytest.mark.parametrize(("_label", "change", "code", "said"), REFUSED, ids=[row[0] for row in REFUSED])
async def test_it_refuses(client, fake, _label, change, code, said):
    got = await call(client, fake, "sendMessage", **{"chat_id": ASHA, "text": "Hello", **change})
    assert got[0] == code
    assert said in got[1]
    assert len(fake.book) == 0


async def test_64_bytes_in_a_button_are_taken(client, fake):
    await call(client, fake, "sendMessage", chat_id=ASHA, text="?", **keys(callback_data="\u00e9" * 32))
    assert len(fake.book) == 1


async def test_who_may_be_written_to(client, fake):
    ben = fake.person(7002, "Ben")

    async def send():
        result = await call(client, fake, "sendMessage", chat_id=7002, text="Hello")
        return result[1] if isinstance(result, tuple) else "sent"

    assert await send() == "Forbidden: bot can't initiate conversation with a user"
    await ben.says("/start")
    assert await send() == "sent"
    await ben.blocks()
    assert await send() == "Forbidden: bot was blocked by the user"
    await ben.unblocks()
    assert await send() == "sent"
    ben.deactivated = True
    assert await send() == "Forbidden: user is deactivated"


@pytest.mark.parametrize(
    ("path", "status"), [("/bot1:wrong/getMe", 401), (f"/bot{TOKEN}/sendMesage", 404), ("/x", 404)]
)
async def test_wrong_addresses(client, fake, path, status):
    async with client.get(fake.url + path) as response:
        assert response.status == status
        assert (await response.json())["error_code"] == status


@pytest.mark.parametrize("body", [b"{", b"[1]", b"\xff"])
async def test_what_cannot_be_read(client, fake, body):
    url = f"{fake.url}/bot{TOKEN}/sendMessage"
    async with client.post(url, data=body, headers={"Content-Type": "application/json"}) as response:
        assert (response.status, (await response.json())["error_code"]) == (400, 400)


async def test_editing(client, fake):
    asha = fake.person(ASHA)
    sent = await call(client, fake, "sendMessage", chat_id=ASHA, text="Coming?", reply_markup=YES_NO)
    which = {"chat_id": ASHA, "message_id": sent["message_id"]}
    edited = await call(client, fake, "editMessageText", **which, text="You said yes.")
    assert (asha.sees[0].text, asha.sees[0].buttons, edited["text"]) == ("You said yes.", (), "You said yes.")
    code, said = await call(client, fake, "editMessageText", **which, text="You said yes.")
    assert (code, "message is not modified" in said) == (400, True)
    await call(client, fake, "editMessageReplyMarkup", **which, reply_markup=YES_NO)
    assert [button.data for button in asha.sees[0].buttons] == ["y", "n"]
    assert asha.sees[0].text == "You said yes."
    missing = await call(client, fake, "editMessageText", chat_id=ASHA, message_id=999, text="x")
    assert missing == (400, "Bad Request: message to edit not found")


async def test_a_press_is_answered_within_150_seconds(client, fake):
    asha = fake.person(ASHA)
    await call(client, fake, "sendMessage", chat_id=ASHA, text="Coming?", reply_markup=YES_NO)
    for wait, expected in ((149, True), (150, None)):
        update = await asha.presses("Yes")
        fake.clock.move(wait)
        query = update.body["callback_query"]["id"]
        result = await call(client, fake, "answerCallbackQuery", callback_query_id=query, text="Thank you")
        if expected:
            assert result is True
            assert asha.query(update).answer["text"] == "Thank you"
        else:
            assert "query is too old" in result[1]
            assert asha.query(update).answer is None


async def test_commands_by_scope_and_language(client, fake):
    english = [{"command": "help", "description": "Talk to a person"}]
    polish = [{"command": "help", "description": "Pomoc"}]
    await call(client, fake, "setMyCommands", commands=english)
    await call(client, fake, "setMyCommands", commands=polish, language_code="pl", scope={"type": "all_private_chats"})
    assert await call(client, fake, "getMyCommands") == english
    scoped = {"language_code": "pl", "scope": {"type": "all_private_chats"}}
    assert await call(client, fake, "getMyCommands", **scoped) == polish
    assert await call(client, fake, "getMyCommands", language_code="cy") == []
    bad = await call(client, fake, "setMyCommands", commands=[{"command": "My Places", "description": "x"}])
    assert bad == (400, "Bad Request: BOT_COMMAND_INVALID")


async def test_a_group_can_be_left(client, fake):
    group = fake.group(-100, "Carers")
    await group.adds_bot(fake.person(ASHA))
    await group.says(fake.person(ASHA), "Hello all")
    added, said = await call(client, fake, "getUpdates")
    assert added["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert (said["message"]["chat"]["id"], said["message"]["chat"]["type"]) == (-100, "group")
    assert await call(client, fake, "leaveChat", chat_id=-100) is True
    assert (await call(client, fake, "sendMessage", chat_id=-100, text="Hi"))[0] == 403
    assert (await call(client, fake, "leaveChat", chat_id=ASHA))[0] == 400


async def test_one_a_second_to_a_chat(client, make):
    fake = await make(limits=Limits())
    fake.person(ASHA, started=True)
    await call(client, fake, "sendMessage", chat_id=ASHA, text="One")
    async with client.post(f"{fake.url}/bot{TOKEN}/sendMessage", json={"chat_id": ASHA, "text": "Two"}) as response:
        body = await response.json()
    assert (response.status, body["parameters"]) == (429, {"retry_after": 1})
    assert body["description"] == "Too Many Requests: retry after 1"
    fake.clock.move(1)
    await call(client, fake, "sendMessage", chat_id=ASHA, text="Three")
    assert [seen.text for seen in fake.person(ASHA).sees] == ["One", "Three"]


async def test_thirty_a_second_in_all(client, make):
    fake = await make(limits=Limits())
    results = []
    for number in range(35):
        fake.person(number, started=True)
        results.append(await call(client, fake, "sendMessage", chat_id=number, text="Hello"))
        fake.clock.move(0.01)
    assert [isinstance(result, dict) for result in results] == [True] * 30 + [False] * 5
    fake.clock.move(0.7)
    assert isinstance(await call(client, fake, "sendMessage", chat_id=31, text="Hello"), dict)


ANSWERED = [
    (Refuse(400), 400, "Bad Request: chat not found", 0),
    (Refuse(403, text="Forbidden: user is deactivated"), 403, "Forbidden: user is deactivated", 0),
    (TooMany(35), 429, "Too Many Requests: retry after 35", 0),
    (TooMany(), 429, "Too Many Requests", 0),
    (ServerError(accepted=True), 500, "Internal Server Error", 1),
]


@pytest.mark.parametrize(("fault", "code", "said", "accepted"), ANSWERED)
async def test_a_fault_with_an_answer(client, fake, fault, code, said, accepted):
    fake.script.on(1, fault)
    assert await call(client, fake, "sendMessage", chat_id=ASHA, text="Hello") == (code, said)
    assert len(fake.book) == accepted


@pytest.mark.parametrize(
    ("fault", "accepted"),
    [(LoseAnswer(), 1), (Drop(), 0), (Reset(accepted=True), 1), (Reset(), 0), (Garbled(), 1)],
)
async def test_a_fault_without_a_whole_answer(client, fake, fault, accepted):
    fake.script.on(1, fault)
    with pytest.raises((aiohttp.ClientConnectionError, ValueError)):
        await call(client, fake, "sendMessage", chat_id=ASHA, text="Hello")
    assert len(fake.book) == accepted


async def test_other_methods_have_scripts_of_their_own(client, make):
    fake = await make(scripts={"getMe": Script().on(1, ServerError(status=502))})
    assert await call(client, fake, "getMe") == (502, "Internal Server Error")
    assert (await call(client, fake, "getMe"))["username"] == "ashdale_heard_bot"
