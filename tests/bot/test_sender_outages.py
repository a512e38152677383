"""The sender while the database comes and goes: what was begun is not forgotten, and nothing goes twice."""

from __future__ import annotations

import asyncio

import pytest

from bot.sender import Sender
from channels.message import Accepted, Event, Incoming, Message, Outcome, Request, Shown
from storage.store import Away, Store
from tests.bank.ashdale import ASHDALE, MORNING, Somebody
from tests.bot.unsteady import Unsteady


class Phone:
    """An adapter whose messages arrive at once. `meanwhile` runs while a call is under way."""

    def __init__(self) -> None:
        self.got: list[str] = []
        self.trouble: Exception | None = None

    def meanwhile(self) -> None:
        """Nothing happens."""

    def parse(self, request: Request) -> tuple[Event, ...]:
        return ()

    async def send(self, message: Message) -> Outcome:
        self.got.append(message.text)
        self.meanwhile()
        if self.trouble is not None:
            raise self.trouble
        return Accepted(f"SM{len(self.got)}")

    def show(self, message: Message) -> Shown:
        return Shown(message.text)

    async def acknowledge(self, incoming: Incoming) -> None:
        """Not asked for here."""

    async def close(self) -> None:
        """Nothing to close."""


@pytest.fixture
def unsteady(store: Store) -> Unsteady:
    return Unsteady(store)


@pytest.fixture
def phone() -> Phone:
    return Phone()


@pytest.fixture
def sender(unsteady: Unsteady, phone: Phone) -> Sender:
    return Sender("sms", phone, unsteady, lambda: MORNING, lambda: ASHDALE)


async def somebody_is_told_two_things(store: Store) -> Somebody:
    asha = Somebody()
    await store.write(lambda tx: asha.says(tx, "JOIN", "HELP"))
    return asha


async def drained(sender: Sender) -> None:
    """Send what is due, as the running sender does: an outage ends no more than one step."""
    for _ in range(10):
        try:
            await sender.drain()
        except Away:
            continue


async def test_what_waited_behind_a_call_is_sent_when_the_database_is_back(
    sender: Sender, unsteady: Unsteady, phone: Phone, store: Store
) -> None:
    """The look for a STOP, just before the second call, fails: that message has not gone, and is not given up."""
    asha = await somebody_is_told_two_things(store)

    def goes_away() -> None:
        unsteady.unreadable = True

    phone.meanwhile = goes_away  # type: ignore[method-assign]
    await drained(sender)
    assert len(phone.got) == 1
    unsteady.unreadable = False
    phone.meanwhile = lambda: None  # type: ignore[method-assign]
    await drained(sender)
    due_at = max(row.due_at for row in await store.write(asha.heard))
    await Sender("sms", phone, unsteady, lambda: due_at, lambda: ASHDALE).drain()
    assert await store.write(asha.states) == ["accepted"] * 2
    assert len(phone.got) == len(set(phone.got)) == 2


async def test_an_outcome_that_could_not_be_stored_is_kept(
    sender: Sender, unsteady: Unsteady, phone: Phone, store: Store
) -> None:
    asha = Somebody()
    await store.write(lambda tx: asha.says(tx, "JOIN"))

    def goes_away() -> None:
        unsteady.away = True

    phone.meanwhile = goes_away  # type: ignore[method-assign]
    await drained(sender)
    assert await store.write(asha.states) == ["sending"]
    unsteady.away = False
    await sender.drain()
    assert await store.write(asha.states) == ["accepted"]
    assert len(phone.got) == 1


async def test_an_adapter_that_trips_leaves_it_unknown(sender: Sender, phone: Phone, store: Store) -> None:
    asha = Somebody()
    await store.write(lambda tx: asha.says(tx, "JOIN"))
    phone.trouble = ZeroDivisionError()
    await sender.drain()
    await sender.drain()
    assert await store.write(asha.states) == ["unknown"]
    assert len(phone.got) == 1


async def test_it_runs_through_an_outage_and_stops_when_told(
    sender: Sender, unsteady: Unsteady, phone: Phone, store: Store
) -> None:
    stop = asyncio.Event()
    unsteady.away = True
    running = asyncio.create_task(sender.run(stop))
    asha = Somebody()
    await store.write(lambda tx: asha.says(tx, "JOIN"))
    unsteady.away = False
    sender.wake.set()
    async with asyncio.timeout(5):
        while await store.write(asha.states) != ["accepted"]:
            await asyncio.sleep(0.01)
        stop.set()
        sender.wake.set()
        await running
    assert len(phone.got) == 1
