"""Thanks are said only for what is on disk: the answer to a webhook comes after the commit, or it is a 503."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import TypeVar

import pytest

from bot.receive import Receiver
from storage import messages_in
from storage.store import Away, Store, Tx
from tests.bank.ashdale import ASHDALE, MORNING, Somebody
from tests.bot.test_receiver import Phone
from tests.bot.town import Town

T = TypeVar("T")
ASHA = "+447700900101"


class Halting:
    """A store whose works have done all they do, and stand before their commit until they are let go or cut off."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._loop = asyncio.get_running_loop()
        self._go_on = threading.Event()
        self._cut_off = False
        self.ran = asyncio.Event()

    async def write(self, work: Callable[[Tx], T]) -> T:
        def held(tx: Tx) -> T:
            result = work(tx)
            self._loop.call_soon_threadsafe(self.ran.set)
            assert self._go_on.wait(10)
            if self._cut_off:
                raise Away("the database went away")
            return result

        return await self._store.write(held)

    async def read(self, work: Callable[[Tx], T]) -> T:
        return await self._store.read(work)

    async def close(self) -> None:
        await self._store.close()

    def let_go(self) -> None:
        self._go_on.set()

    def cut_off(self) -> None:
        self._cut_off = True
        self._go_on.set()


def taken(tx: Tx) -> int:
    return sum(messages_in.tally(tx).values())


async def until_it_stands_before_the_commit(halting: Halting, answering: asyncio.Task[object]) -> None:
    async with asyncio.timeout(10):
        await halting.ran.wait()
    for _ in range(20):  # whatever could be done without the commit is done
        await asyncio.sleep(0)
    assert not answering.done()


@pytest.mark.parametrize("kept", [True, False], ids=["the commit comes", "it does not"])
async def test_promise_1_the_answer_comes_after_the_commit_and_not_before(town: Town, kept: bool) -> None:
    store = town.house.store
    halting = Halting(store)
    town.house.receiver._store = halting
    answering: asyncio.Task[object] = asyncio.create_task(town.texts(ASHA, "JOIN"))
    await until_it_stands_before_the_commit(halting, answering)
    assert await store.read(taken) == 0, "nobody else can see it yet"
    (halting.let_go if kept else halting.cut_off)()
    answer = await answering
    assert (answer.status, await store.read(taken)) == ((200, 1) if kept else (503, 0))  # type: ignore[attr-defined]


@pytest.mark.parametrize("kept", [True, False], ids=["the commit comes", "it does not"])
async def test_promise_1_nothing_is_taken_in_before_the_commit_on_both_databases(store: Store, kept: bool) -> None:
    halting, woken = Halting(store), list[str]()
    receiver = Receiver(halting, lambda: ASHDALE, lambda: MORNING, woken.append)
    taking: asyncio.Task[object] = asyncio.create_task(receiver.take([Somebody().writes("JOIN")], Phone()))  # type: ignore[arg-type]
    await until_it_stands_before_the_commit(halting, taking)
    assert (woken, await store.read(taken)) == ([], 0)
    if kept:
        halting.let_go()
        await taking
    else:
        halting.cut_off()
        with pytest.raises(Away):
            await taking
    assert (woken, await store.read(taken)) == ((["sms"], 1) if kept else ([], 0))


async def test_promise_1_of_many_that_share_a_commit_each_waits_for_it(town: Town) -> None:
    store, phones = town.house.store, [f"+44770090010{number}" for number in range(8)]
    halting = Halting(store)
    town.house.receiver._store = halting
    answering = [asyncio.create_task(town.texts(phone, "JOIN")) for phone in phones]
    async with asyncio.timeout(10):
        await halting.ran.wait()
    assert not any(one.done() for one in answering)
    halting.let_go()
    answers = await asyncio.gather(*answering)
    assert [answer.status for answer in answers] == [200] * len(phones)
    assert await store.read(taken) == len(phones)
