"""The current out, through the real adapters and the real transport: nothing twice, nothing lost unseen, in order."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bank import voice
from bank.voice import Envelope, Spoken
from channels.fakes.callbacks import EARLY, NEVER, TWICE, Callbacks, late, shuffled
from channels.fakes.fault import Drop, Fault, Garbled, Late, LoseAnswer, Refuse, Reset, ServerError, TooMany
from channels.fakes.script import Script
from storage import addresses
from storage.store import Tx
from tests.bot.town import Town, fake_telegram, fake_twilio, settled_in

ASHA = "+447700900101"
CHAT = 7001
PATIENCE = 5.0  # seconds


@asynccontextmanager
async def town_with(
    folder: Path, twilio: Script | None = None, telegram: Script | None = None, **more: str
) -> AsyncIterator[Town]:
    fakes = fake_twilio(script=twilio or Script()), fake_telegram(script=telegram or Script())
    async with settled_in(folder, *fakes, **more) as settled:
        yield settled


async def chats(town: Town, text: str, person: int = CHAT) -> None:
    """Somebody writes to the bot, and Telegram calls us."""
    if town.telegram.courier.webhook is None:
        assert town.house.channels.telegram is not None
        await town.house.channels.telegram.service.set_webhook()
    await town.telegram.person(person).says(text)
    await town.telegram.settled()


async def until_state(town: Town, address: str, state: str, channel: str = "sms") -> None:
    """Until the newest message to this address stands so, by callbacks that come in their own time."""
    deadline = time.monotonic() + PATIENCE
    while (await town.states(address, channel))[-1] != state:
        assert time.monotonic() < deadline, f"still {(await town.states(address, channel))[-1]}"
        await asyncio.sleep(0.01)


async def an_hour_passes(town: Town) -> None:
    """With every minute's tick: whatever might be sent again would be."""
    for _ in range(60):
        town.now.move(minutes=1)
        await town.house.keep_up()


# What goes wrong, and whether Twilio took the message all the same.
AMBIGUOUS: list[tuple[str, Fault, bool]] = [
    ("the answer is lost", LoseAnswer(), True),
    ("500 after it was accepted", ServerError(accepted=True), True),
    ("503 before it was accepted", ServerError(status=503), False),
    ("the connection is closed", Drop(), False),
    ("the connection is reset", Reset(), False),
    ("reset after it was accepted", Reset(accepted=True), True),
    ("half an answer", Garbled(), True),
]
ambiguous = pytest.mark.parametrize(
    ("fault", "accepted"), [pytest.param(fault, accepted, id=label) for label, fault, accepted in AMBIGUOUS]
)


@ambiguous
async def test_promise_4_twilio_is_not_asked_twice(tmp_path: Path, fault: Fault, accepted: bool) -> None:
    held = asyncio.Event()
    script = Script().to(ASHA, fault, times=1).to(ASHA, late(held))
    async with town_with(tmp_path, script) as town:
        await town.texts(ASHA, "JOIN")
        await town.house.drain()
        assert await town.states(ASHA) == ["unknown"]
        await an_hour_passes(town)
        assert await town.states(ASHA) == ["unknown"]
        assert len(town.got(ASHA)) == accepted
        held.set()
        if accepted:
            await until_state(town, ASHA, "delivered")
            (row,) = await town.heard(ASHA)
            assert row.provider_id == town.got(ASHA)[0].id
        assert town.twilio.script.calls == 1


@ambiguous
async def test_promise_4_telegram_is_not_asked_twice(tmp_path: Path, fault: Fault, accepted: bool) -> None:
    async with town_with(tmp_path, telegram=Script().to(str(CHAT), fault, times=1)) as town:
        await chats(town, "/join")
        await town.house.drain()
        assert await town.states(str(CHAT), "telegram") == ["unknown"]
        await an_hour_passes(town)
        assert await town.states(str(CHAT), "telegram") == ["unknown"]
        assert len(town.got(str(CHAT))) == accepted
        assert town.telegram.script.calls == 1


async def test_an_answer_that_comes_too_late_is_settled_by_its_callback(tmp_path: Path) -> None:
    script = Script().to(ASHA, Late(asyncio.Event()))
    async with town_with(tmp_path, script, HEARD_TWILIO__TIMEOUT_SECONDS="0.2") as town:
        await town.texts(ASHA, "JOIN")
        await town.house.drain()
        await until_state(town, ASHA, "delivered")
        assert len(town.got(ASHA)) == 1


@pytest.mark.parametrize(
    "callbacks",
    [EARLY, TWICE, shuffled(1, 0), Callbacks(("queued", "sending", "sent", "delivered"), order=(3, 0, 2, 1))],
    ids=["before the answer", "each twice", "the last one first", "four, out of order"],
)
async def test_promise_6_callbacks_find_their_message_by_our_token(tmp_path: Path, callbacks: Callbacks) -> None:
    async with town_with(tmp_path, Script().to(ASHA, callbacks)) as town:
        await town.texts(ASHA, "JOIN")
        await town.house.drain()
        await town.twilio.settled()
        assert town.twilio.callbacks.lost == 0
        assert town.twilio.callbacks.sent == len(callbacks.planned())
        assert await town.states(ASHA) == ["delivered"]


@pytest.mark.parametrize(("fault", "seconds"), [(TooMany(7), 7), (TooMany(), 5)], ids=["with a delay", "without"])
async def test_twilio_s_429_is_tried_again_when_it_says(tmp_path: Path, fault: Fault, seconds: int) -> None:
    async with town_with(tmp_path, Script().to(ASHA, fault, times=1)) as town:
        await town.texts(ASHA, "JOIN")
        await town.house.drain()
        (row,) = await town.heard(ASHA)
        assert (row.state, row.due_at - town.now()) == ("queued", timedelta(seconds=seconds))
        town.now.move(seconds=seconds - 1)
        await town.house.drain()
        assert town.got(ASHA) == []
        town.now.move(seconds=1)
        await town.house.drain()
        assert len(town.got(ASHA)) == 1


async def test_telegram_s_429_is_tried_again_when_it_says(tmp_path: Path) -> None:
    async with town_with(tmp_path, telegram=Script().to(str(CHAT), TooMany(1), times=1)) as town:
        await chats(town, "/join")
        await town.house.drain()
        (row,) = await town.heard(str(CHAT), "telegram")
        assert (row.state, row.due_at - town.now()) == ("queued", timedelta(seconds=1))
        deadline = time.monotonic() + PATIENCE  # the adapter keeps the wait by a clock of its own
        while not town.got(str(CHAT)):
            assert time.monotonic() < deadline
            town.now.move(seconds=10)
            await town.house.drain()
            await asyncio.sleep(0.05)
        await an_hour_passes(town)
        assert len(town.got(str(CHAT))) == 1


async def test_a_limit_without_end_ends_when_nobody_would_understand_the_reply_any_more(tmp_path: Path) -> None:
    """Being held back is no attempt: a reply is offered for a day, and staff see what became of it."""
    async with town_with(tmp_path, Script().to(ASHA, TooMany(1))) as town:
        await town.texts(ASHA, "JOIN")
        for _ in range(23):
            await town.house.drain()
            town.now.move(hours=1)
        assert await town.states(ASHA) == ["queued"]
        town.now.move(hours=2)
        await town.house.drain()
        (row,) = await town.heard(ASHA)
        assert (row.state, row.problem, row.attempts, town.got(ASHA)) == ("expired", "20429", 0, [])


@pytest.mark.parametrize(
    ("code", "state"),
    [(21211, "dead"), (21610, "blocked"), (21617, "open"), (21408, "open")],
    ids=["no such number", "unsubscribed there", "too long", "a country that is switched off"],
)
async def test_a_refusal_is_for_good(tmp_path: Path, code: int, state: str) -> None:
    async with town_with(tmp_path, Script().to(ASHA, Refuse(code), times=1)) as town:
        await town.texts(ASHA, "JOIN")
        await town.house.drain()
        await an_hour_passes(town)
        (row,) = await town.heard(ASHA)
        assert (row.state, row.problem) == ("failed", str(code))
        assert town.twilio.script.calls == 1
        found = await town.house.store.write(lambda tx: addresses.find(tx, "sms", ASHA))
        assert found is not None
        assert found.state == state


async def queue(town: Town, address: str, texts: list[str], channel: str = "sms") -> None:
    def work(tx: Tx) -> None:
        found = addresses.find(tx, channel, address)
        assert found is not None
        for text in texts:
            voice.queue(tx, Envelope(found.id, channel, "en"), "test.text", Spoken(text), town.now())

    await town.house.store.write(work)


async def test_messages_to_one_phone_go_in_order_however_slow_the_answers(tmp_path: Path) -> None:
    script = Script(seed=1)
    for call in range(4, 60, 3):
        script.on(call, Late(0.02))
    phones = [f"+4477009001{number:02}" for number in range(5)]
    async with town_with(tmp_path, script, HEARD_SENDER__SMS__CALLS_AT_ONCE="7") as town:
        texts = [f"Message {number}" for number in range(8)]
        for phone in phones:
            await town.texts(phone, "HELP")
        for phone in phones:
            await queue(town, phone, texts)
        await town.house.drain()
        for phone in phones:
            assert [entry.text for entry in town.got(phone)][-8:] == texts


async def test_promise_10_stop_between_two_messages_to_one_phone(tmp_path: Path) -> None:
    """Both are claimed, the first is on its way: the second is not begun, and STOP is confirmed."""
    held = asyncio.Event()
    async with town_with(tmp_path, Script().marked("first", Late(held))) as town:
        await town.texts(ASHA, "HELP")
        await town.house.drain()
        await queue(town, ASHA, ["first", "second"])
        sending = asyncio.create_task(town.house.drain())
        await town.twilio.book.wait_for(lambda book: any(entry.text == "first" for entry in book))
        await town.texts(ASHA, "STOP")
        held.set()
        await sending
        await an_hour_passes(town)
        _help, first, *rest = [entry.text for entry in town.got(ASHA)]
        assert first == "first"
        assert [text[:16] for text in rest] == ["We have stopped."]
        assert [state for state in await town.states(ASHA) if state == "canceled"] == ["canceled"]


async def test_a_press_while_a_call_is_under_way_is_answered_after_it(tmp_path: Path) -> None:
    held = asyncio.Event()
    async with town_with(tmp_path, telegram=Script().on(1, Late(held))) as town:
        await chats(town, "/join")
        sending = asyncio.create_task(town.house.drain())
        await town.telegram.book.wait_for(lambda book: len(book) == 1)
        await town.telegram.person(CHAT).presses("Yes")
        await town.telegram.settled()
        held.set()
        await sending
        await town.house.drain()
        assert [seen.text[:9] for seen in town.telegram.person(CHAT).sees] == ["Ashdale C", "Thank you"]


async def test_without_callbacks_accepted_is_the_last_we_know(tmp_path: Path) -> None:
    async with town_with(tmp_path, Script().always(NEVER)) as town:
        await town.texts(ASHA, "JOIN")
        await an_hour_passes(town)
        assert await town.states(ASHA) == ["accepted"]
