"""Polling: in order, confirmed only when handled, and stopped by nothing but us."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
import structlog

from channels.message import Event, Incoming, NotNow
from channels.telegram.account import TelegramAccount
from channels.telegram.adapter import TelegramAdapter
from channels.telegram.polling import Poller
from channels.transport import Answer, Body, NoAnswer, NotSent
from tests.channels.telegram_api import TOKEN, ScriptedTransport, ok, refusal

PERSON = {"id": 7001, "is_bot": False, "first_name": "Asha"}
GROUP = {"id": -100500, "type": "supergroup", "title": "Neighbours"}


def update(number: int, text: str = "Yes", **content: Any) -> dict[str, Any]:
    chat = {"id": 7001, "type": "private"}
    message = {"message_id": number, "from": PERSON, "chat": chat, "date": 1_796_306_400, "text": text} | content
    return {"update_id": number, "message": message}


class Queue(ScriptedTransport):
    """Telegram's queue of updates: keeps each until a later offset confirms it."""

    def __init__(self, *updates: dict[str, Any], faults: tuple[tuple[int, bytes] | Exception, ...] = ()) -> None:
        super().__init__({"deleteWebhook": [ok(True)], "leaveChat": [ok(True)]})
        self.updates = list(updates)
        self._faults = list(faults)
        self.stop = asyncio.Event()

    async def call(self, method: str, url: str, *, body: Body | None = None, **rest: Any) -> Answer:
        if not url.endswith("/getUpdates"):
            return await super().call(method, url, body=body, **rest)
        asked = json.loads(body or b"{}")
        self.calls.append(("getUpdates", asked))
        if self._faults:
            fault = self._faults.pop(0)
            if isinstance(fault, Exception):
                raise fault
            return Answer(fault[0], {}, fault[1])
        self.updates = [waiting for waiting in self.updates if waiting["update_id"] >= asked["offset"]]
        if not self.updates:
            self.stop.set()
        status, content = ok(self.updates)
        return Answer(status, {}, content)

    @property
    def offsets(self) -> list[int]:
        return [asked["offset"] for name, asked in self.calls if name == "getUpdates"]


class Service:
    """What the poller is handed: it records, and fails as often as it is told to."""

    def __init__(self, queue: Queue, failures: int = 0, poison_failures: int = 0) -> None:
        self.queue = queue
        self.failures, self.poison_failures = failures, poison_failures
        self.handled: list[str] = []
        self.poisoned: list[dict[str, Any]] = []
        self.pauses: list[float] = []

    async def handle(self, events: tuple[Event, ...]) -> None:
        if self.failures:
            self.failures -= 1
            raise OSError("the store is down")
        self.handled += [event.text for event in events if isinstance(event, Incoming)]

    async def poison(self, raw: str) -> None:
        if self.poison_failures:
            self.poison_failures -= 1
            raise OSError("the store is down")
        self.poisoned.append(json.loads(raw))

    async def wait(self, seconds: float) -> None:
        self.pauses.append(seconds)

    async def poll(self) -> None:
        poller = Poller(TelegramAdapter(TelegramAccount(TOKEN), self.queue).service, wait=self.wait)
        await asyncio.wait_for(poller.run(self.handle, self.poison, self.queue.stop), timeout=10)


async def test_updates_are_handled_in_order_and_then_confirmed() -> None:
    queue = Queue(update(5, "one"), update(6, "two"), update(9, "three"))
    service = Service(queue)
    await service.poll()
    assert service.handled == ["one", "two", "three"]
    assert queue.offsets == [0, 10]
    assert queue.calls[0] == ("deleteWebhook", {})
    assert queue.calls[1][1]["timeout"] == 50


async def test_nothing_is_confirmed_before_it_was_handled() -> None:
    queue = Queue(update(5, "one"), update(6, "two"))
    service = Service(queue)
    seen: list[list[int]] = []
    original = service.handle

    async def handle(events: tuple[Event, ...]) -> None:
        seen.append(list(queue.offsets))
        await original(events)

    service.handle = handle  # type: ignore[method-assign]
    await service.poll()
    assert seen == [[0], [0]]


async def test_a_handler_that_fails_once_gets_the_same_update_again() -> None:
    queue = Queue(update(5, "one"), update(6, "two"))
    service = Service(queue, failures=1)
    await service.poll()
    assert (service.handled, service.poisoned) == (["one", "two"], [])
    assert queue.offsets == [0, 0, 7]
    assert service.pauses == [1]


async def test_an_update_that_fails_twice_is_kept_and_the_next_one_handled() -> None:
    queue = Queue(update(5, "one"), update(6, "two"))
    service = Service(queue, failures=2)
    await service.poll()
    assert service.handled == ["two"]
    assert service.poisoned == [update(5, "one")]


async def test_what_cannot_be_kept_now_is_handed_over_until_it_is_and_never_poison() -> None:
    """An outage of the database is no fault of the message."""
    queue = Queue(update(5, "one"), update(6, "two"))
    service = Service(queue)
    handle, outage = service.handle, [NotNow()] * 9

    async def handle_later(events: tuple[Event, ...]) -> None:
        if outage:
            raise outage.pop()
        await handle(events)

    service.handle = handle_later  # type: ignore[method-assign]
    await service.poll()
    assert (service.handled, service.poisoned) == (["one", "two"], [])
    assert queue.offsets == [0] * 10 + [7]
    assert service.pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]


async def test_while_the_store_is_down_nothing_is_confirmed_and_nothing_lost() -> None:
    queue = Queue(update(5, "one"))
    service = Service(queue, failures=9, poison_failures=8)
    await service.poll()
    assert (service.handled, service.poisoned) == (["one"], [])
    assert queue.offsets == [0] * 10 + [6]
    assert service.pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]


async def test_an_update_that_cannot_be_read_is_kept_and_confirmed() -> None:
    odd = {"update_id": 5, "message": {"message_id": "\ud800"}}
    queue = Queue(odd, update(6, "two"))
    service = Service(queue)
    await service.poll()
    assert (service.poisoned, service.handled) == ([odd], ["two"])
    assert queue.offsets == [0, 7]
    assert service.pauses == []


async def test_an_unreadable_update_that_cannot_be_kept_is_not_confirmed() -> None:
    queue = Queue({"update_id": 5, "message": 1})
    service = Service(queue, poison_failures=2)
    await service.poll()
    assert queue.offsets == [0, 0, 0, 6]
    assert len(service.poisoned) == 1


async def test_a_group_is_left_and_its_words_are_not_handed_on() -> None:
    queue = Queue(update(5, chat=GROUP), update(6, "two"))
    service = Service(queue)
    await service.poll()
    assert service.handled == ["two"]
    assert ("leaveChat", {"chat_id": "-100500"}) in queue.calls


async def test_a_group_that_cannot_be_left_stops_nothing() -> None:
    queue = Queue(update(5, chat=GROUP), update(6, "two"))
    queue._script["leaveChat"] = [refusal(403, "Forbidden: bot was kicked")]
    service = Service(queue)
    await service.poll()
    assert service.handled == ["two"]


FAULTS: list[tuple[str, tuple[int, bytes] | Exception, float]] = [
    ("never sent", NotSent("x"), 1),
    ("no answer", NoAnswer("x"), 1),
    ("server fault", refusal(502, "Bad Gateway"), 1),
    ("nonsense", (200, b"nonsense"), 1),
    ("asked to wait", refusal(429, "Too Many Requests", retry_after=9), 9),
    ("somebody else polls", refusal(409, "Conflict"), 1),
    ("wrong token", refusal(401, "Unauthorized"), 1),
]


@pytest.mark.parametrize(("fault", "pause"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
async def test_a_fault_makes_a_pause_and_polling_goes_on(fault: tuple[int, bytes] | Exception, pause: float) -> None:
    service = Service(Queue(update(5, "one"), faults=(fault,)))
    await service.poll()
    assert (service.handled, service.pauses) == (["one"], [pause])


async def test_faults_in_a_row_are_logged_once_and_waited_out_for_longer() -> None:
    service = Service(Queue(update(5, "one"), faults=(refusal(409, "Conflict"),) * 9))
    with structlog.testing.capture_logs() as logs:
        await service.poll()
    assert service.pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert [entry["reason"] for entry in logs] == ["409"]


async def test_the_webhook_is_removed_before_the_first_poll_however_long_it_takes() -> None:
    queue = Queue(update(5, "one"))
    queue._script["deleteWebhook"] = [NotSent("x"), refusal(500, "Internal Server Error"), ok(True)]
    service = Service(queue)
    await service.poll()
    assert [name for name, _ in queue.calls][:4] == ["deleteWebhook"] * 3 + ["getUpdates"]
    assert service.handled == ["one"]


async def test_after_a_quiet_spell_lower_numbers_are_taken_too() -> None:
    queue = Queue(update(5000, "before"))
    service = Service(queue)
    poller = Poller(TelegramAdapter(TelegramAccount(TOKEN), queue).service, wait=service.wait)
    await asyncio.wait_for(poller.run(service.handle, service.poison, queue.stop), timeout=10)
    queue.updates, queue.stop = [update(3, "after")], asyncio.Event()
    await asyncio.wait_for(poller.run(service.handle, service.poison, queue.stop), timeout=10)
    assert service.handled == ["before", "after"]


async def test_stop_ends_a_poll_that_is_waiting() -> None:
    class Endless(Queue):
        async def call(self, method: str, url: str, *, body: Body | None = None, **rest: Any) -> Answer:
            if url.endswith("/getUpdates"):
                self.stop.set()
                await asyncio.Event().wait()
            return await super().call(method, url, body=body, **rest)

    service = Service(Endless(update(5)))
    await service.poll()
    assert service.handled == []


async def test_stop_ends_a_pause() -> None:
    service = Service(Queue(update(5), faults=(NotSent("x"),)))

    async def wait(seconds: float) -> None:
        service.queue.stop.set()
        await asyncio.Event().wait()

    service.wait = wait  # type: ignore[method-assign]
    await service.poll()
    assert service.handled == []


async def test_stop_between_two_updates_leaves_the_second_unconfirmed() -> None:
    queue = Queue(update(5, "one"), update(6, "two"))
    service = Service(queue)
    original = service.handle

    async def handle(events: tuple[Event, ...]) -> None:
        await original(events)
        queue.stop.set()

    service.handle = handle  # type: ignore[method-assign]
    await service.poll()
    assert (service.handled, queue.offsets) == (["one"], [0])
