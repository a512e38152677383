"""Two workers on one database: one drains a sender, and the other takes over when it is gone."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest

from bank.organisation import Organisation
from bot.lease import Lease
from bot.sender import Sender
from channels.message import Message, Outcome
from storage.store import Store
from tests.bank.ashdale import ASHDALE, MORNING, Somebody
from tests.bot.test_sender_outages import Phone

# After so long a dead worker's drain is another's; a paused one slept longer.
THIRTY, LONG = 30.0, 60.0


class Seconds:
    """A watch, which goes on while its process is stopped."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


def ashdale() -> Organisation:
    return ASHDALE


def morning() -> datetime:
    return MORNING


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


class Slow(Phone):
    """Its calls wait until they may go on."""

    def __init__(self) -> None:
        super().__init__()
        self.called = asyncio.Event()
        self.go_on = asyncio.Event()

    async def send(self, message: Message) -> Outcome:
        self.called.set()
        await self.go_on.wait()
        return await super().send(message)


def worker(name: str, phone: Phone, store: Store, seconds: Seconds) -> Sender:
    lease = Lease("sender:sms", store, 10.0, name, seconds)
    return Sender("sms", phone, store, morning, ashdale, lease=lease)


async def takes_over(sender: Sender, seconds: Seconds) -> None:
    """It looks each second, as a running worker does, and has the drain within thirty."""
    began = seconds.at
    while seconds.at - began <= THIRTY:
        await sender.drain()
        seconds.at += 1


async def join(store: Store, *words: str) -> Somebody:
    asha = Somebody()
    await store.write(lambda tx: asha.says(tx, *(words or ("JOIN",))))
    return asha


async def test_the_second_sends_nothing_while_the_first_is_there(store: Store, seconds: Seconds) -> None:
    first, second = Phone(), Phone()
    one, two = worker("first", first, store, seconds), worker("second", second, store, seconds)
    await one.drain()
    for _second in range(60):
        await two.drain()
        await one.drain()
        seconds.at += 1
    await join(store)
    await two.drain()
    assert second.got == []
    await one.drain()
    assert len(first.got) == 1


async def test_a_dead_workers_drain_is_taken_over_within_thirty_seconds(store: Store, seconds: Seconds) -> None:
    phone = Phone()
    await worker("dead", Phone(), store, seconds).drain()
    await join(store)
    await takes_over(worker("second", phone, store, seconds), seconds)
    assert len(phone.got) == 1


async def test_a_worker_that_stops_hands_over_at_once(store: Store, seconds: Seconds) -> None:
    first, phone = worker("first", Phone(), store, seconds), Phone()
    await first.drain()
    await first.finish()
    await join(store)
    await worker("second", phone, store, seconds).drain()
    assert len(phone.got) == 1


async def test_promise_2_what_a_dead_worker_had_called_is_not_sent_again(store: Store, seconds: Seconds) -> None:
    asha, slow, phone = await join(store), Slow(), Phone()
    await worker("dead", slow, store, seconds).step()
    await slow.called.wait()
    await takes_over(worker("second", phone, store, seconds), seconds)
    assert phone.got == []
    assert await store.write(asha.states) == ["unknown"]


async def test_a_paused_worker_begins_no_call_after_the_drain_went_to_another(store: Store, seconds: Seconds) -> None:
    """Paused in its first call to somebody; it has claimed a second, and wakes when another has the drain."""
    asha, slow, second = await join(store, "JOIN", "HELP"), Slow(), Phone()
    paused = worker("paused", slow, store, seconds)
    await paused.step()
    await slow.called.wait()
    await takes_over(worker("second", second, store, seconds), seconds)
    slow.go_on.set()
    await paused.drain()
    assert len(slow.got) == 1
    assert not set(second.got) & set(slow.got)
    assert len(await store.write(asha.heard)) == 2


async def test_an_old_fence_claims_nothing(store: Store, seconds: Seconds) -> None:
    """Its own watch stood still, so it believes that the drain is its own. The database knows better."""
    stopped, old, phone = Seconds(), Phone(), Phone()
    first = worker("old", old, store, stopped)
    await first.drain()
    second = worker("second", phone, store, seconds)
    await takes_over(second, seconds)
    await join(store)
    await first.step()
    assert old.got == []
    await second.drain()
    assert len(phone.got) == 1


async def test_a_stop_in_the_middle_gives_back_what_was_not_called(store: Store, seconds: Seconds) -> None:
    asha, slow = await join(store, "JOIN", "HELP"), Slow()
    first = worker("first", slow, store, seconds)
    await first.step()
    await slow.called.wait()
    stopping = asyncio.create_task(first.finish())
    await asyncio.sleep(0)
    slow.go_on.set()
    await stopping
    assert await store.write(asha.states) == ["accepted", "queued"]
