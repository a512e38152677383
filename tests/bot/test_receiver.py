"""The current in: what is beyond us is kept and said so; what cannot be kept has not happened."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

import pytest

from bank import intake
from bot import figures
from bot.receive import Receiver
from channels.message import Channel, Event, Incoming, Kind, Reachability, Receipt, Status
from storage import dead_letters, messages_in, outbox
from storage.store import Away, Store, Tx
from tests import looking
from tests.bank.ashdale import ASHDALE, MORNING, Somebody
from tests.bot.unsteady import Unsteady

T = TypeVar("T")


class Phone:
    """An adapter that only remembers which presses it was to acknowledge."""

    def __init__(self) -> None:
        self.acknowledged: list[str | None] = []

    async def acknowledge(self, incoming: Incoming) -> None:
        self.acknowledged.append(incoming.callback_id)


@pytest.fixture
def unsteady(store: Store) -> Unsteady:
    return Unsteady(store)


@pytest.fixture
def woken() -> list[str]:
    return []


@pytest.fixture
def receiver(unsteady: Unsteady, woken: list[str]) -> Receiver:
    return Receiver(unsteady, lambda: ASHDALE, lambda: MORNING, woken.append)


async def take(receiver: Receiver, *events: Event, adapter: Any = None) -> None:
    await receiver.take(events, adapter or Phone())


def counted(name: str, **labels: str) -> float:
    return figures.registry.get_sample_value(name, labels) or 0.0


async def test_a_message_is_taken_in_and_its_sender_woken(receiver: Receiver, store: Store, woken: list[str]) -> None:
    before = counted("heard_messages_in_total", disposition="word")
    await take(receiver, Somebody().writes("JOIN"))
    assert woken == ["sms"]
    assert await store.read(messages_in.tally) == {"word": 1}
    assert await store.read(outbox.tally) == {"queued": 1}
    assert counted("heard_messages_in_total", disposition="word") == before + 1


async def test_a_repeat_is_counted_as_one(receiver: Receiver, store: Store) -> None:
    message, before = Somebody().writes("JOIN"), counted("heard_repeats_total")
    await take(receiver, message, message, message)
    assert await store.read(messages_in.tally) == {"word": 1}
    assert counted("heard_repeats_total") == before + 2


async def test_a_work_that_ran_twice_is_counted_once(
    receiver: Receiver, unsteady: Unsteady, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A work may run more than once, and has no effect but its rows."""

    async def twice(work: Callable[[Tx], T]) -> T:
        def run_and_roll_back(tx: Tx) -> T:
            with tx.begin_nested() as trial:
                work(tx)
                trial.rollback()
            return work(tx)

        return await original(run_and_roll_back)

    original, before = unsteady.write, counted("heard_messages_in_total", disposition="word")
    monkeypatch.setattr(unsteady, "write", twice)
    await take(receiver, Somebody().writes("JOIN"))
    assert counted("heard_messages_in_total", disposition="word") == before + 1


async def test_promise_25_poison_is_kept_and_the_next_is_taken(
    receiver: Receiver, store: Store, woken: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = intake.take

    def stumble(tx: Tx, incoming: Incoming, *rest: Any) -> intake.Taken:
        taken = whole(tx, incoming, *rest)
        if incoming.text == "poison":
            raise ZeroDivisionError
        return taken

    monkeypatch.setattr(intake, "take", stumble)
    asha = Somebody()
    await take(receiver, asha.writes("poison", raw='{"Body": "poison"}'), asha.writes("JOIN"))
    (letter,) = await store.read(looking.letters)
    assert (letter.source, letter.raw, letter.problem) == ("sms", '{"Body": "poison"}', "ZeroDivisionError")
    assert await store.read(messages_in.tally) == {"word": 1}
    assert woken == ["sms"]


async def test_nothing_has_happened_when_the_database_is_away(
    receiver: Receiver, unsteady: Unsteady, store: Store, woken: list[str]
) -> None:
    message = Somebody().writes("JOIN")
    unsteady.away = True
    with pytest.raises(Away):
        await take(receiver, message)
    assert woken == []
    assert await store.read(messages_in.tally) == {}
    unsteady.away = False
    await take(receiver, message)
    assert await store.read(messages_in.tally) == {"word": 1}


async def test_the_first_of_two_stays_and_both_may_come_again(
    receiver: Receiver, unsteady: Unsteady, store: Store
) -> None:
    """The database goes in the middle of a request: the provider repeats all of it, and each is there once."""
    first, second = Somebody().writes("JOIN"), Somebody().writes("HELP")
    unsteady.away, unsteady.before = True, 1
    with pytest.raises(Away):
        await take(receiver, first, second)
    assert sum((await store.read(messages_in.tally)).values()) == 1
    unsteady.away = False
    await take(receiver, first, second)
    assert sum((await store.read(messages_in.tally)).values()) == 2
    assert await store.read(dead_letters.count) == 0


async def test_poison_that_cannot_be_kept_is_not_thanked_for(
    receiver: Receiver, unsteady: Unsteady, monkeypatch: pytest.MonkeyPatch
) -> None:
    def poison(*_all: Any) -> intake.Taken:
        unsteady.away = True
        raise ZeroDivisionError

    monkeypatch.setattr(intake, "take", poison)
    with pytest.raises(Away):
        await take(receiver, Somebody().writes("JOIN"))


async def test_a_press_is_acknowledged_though_the_database_is_away(receiver: Receiver, unsteady: Unsteady) -> None:
    unsteady.away = True
    phone, asha = Phone(), Somebody(address="70021", channel=Channel.TELEGRAM)
    with pytest.raises(Away):
        await take(receiver, asha.writes("Yes", kind=Kind.BUTTON, callback_id="press-1"), adapter=phone)
    await asyncio.sleep(0)  # the acknowledgement has a turn of its own
    assert phone.acknowledged == ["press-1"]


async def test_receipts_and_blocks_are_taken_too(receiver: Receiver, store: Store) -> None:
    asha = Somebody(address="70022", channel=Channel.TELEGRAM)
    await take(
        receiver,
        asha.writes("JOIN"),
        Reachability("telegram", Channel.TELEGRAM, "70022", "u9", open=False),
        Receipt("sms", "SM-of-nobody", Status.DELIVERED),
    )
    assert await store.read(outbox.tally) == {"canceled": 1}
    assert await store.read(dead_letters.count) == 0
