"""The store: every acknowledged work is kept, none has half an effect, and each error reaches its own caller."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, bindparam, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from storage import postgres, sqlite
from storage.keys import KeyRing
from storage.sqlite import SqliteStore
from storage.store import Away, Store, Tx, open_store
from storage.types import Id, Sealed
from tests.storage.gate import Gate

marks = Table(
    "toy_marks",
    MetaData(),
    Column("id", Id, primary_key=True),
    Column("number", Integer, unique=True),
    Column("words", Sealed("toy_marks.words")),
)
Fresh = Callable[[], AbstractContextManager[str]]
ADD = insert(marks)
NUMBERS = select(marks.c.number).order_by(marks.c.number)
COUNT_UP = update(marks).values(number=bindparam("to"))


class Broken(Exception):
    """What a work of ours raises."""


class Harsh(BaseException):
    """The same, but nothing that catches every Exception catches it."""


def add(number: int) -> Callable[[Tx], int]:
    def work(tx: Tx) -> int:
        tx.execute(ADD, {"number": number, "words": f"mark {number}"})
        return number

    return work


def add_then_break(number: int, problem: BaseException) -> Callable[[Tx], None]:
    def work(tx: Tx) -> None:
        add(number)(tx)
        raise problem

    return work


def numbers(tx: Tx) -> list[int]:
    return [row.number for row in tx.execute(NUMBERS)]


@pytest.fixture
async def store(store: Store) -> Store:
    await store.write(marks.create)
    return store


async def test_what_was_written_is_read_at_once(store: Store) -> None:
    for number in range(20):
        assert await store.write(add(number)) == number
        assert number in await store.read(numbers)


async def test_sixteen_writers_at_once_all_land_once(store: Store, stores: list[Store]) -> None:
    async def caller(first: int) -> None:
        for number in range(first, first + 20):
            await stores[first // 20 % len(stores)].write(add(number))

    await asyncio.gather(*(caller(first) for first in range(0, 320, 20)))
    assert await store.read(numbers) == list(range(320))


async def test_concurrent_works_behave_as_if_alone(store: Store, stores: list[Store]) -> None:
    """Read, add one, write back: no step is lost although nobody took a lock."""

    def step(tx: Tx) -> None:
        tx.execute(COUNT_UP, {"to": numbers(tx)[0] + 1})

    async def patient(own: Store) -> None:
        while True:
            try:
                return await own.write(step)
            except Away:  # PostgreSQL gave up after its tries, as it may: the caller comes again
                continue

    await store.write(add(0))
    await asyncio.gather(*(patient(own) for own in stores for _ in range(8)))
    assert await store.read(numbers) == [32]


@pytest.mark.parametrize("problem", [Broken("mine"), KeyError("mine"), Harsh("mine")], ids=repr)
async def test_one_failing_work_among_twenty_has_no_effect(store: Store, problem: BaseException) -> None:
    works = [add_then_break(7, problem) if number == 7 else add(number) for number in range(20)]
    outcomes = await asyncio.gather(*(store.write(work) for work in works), return_exceptions=True)
    assert outcomes[7] is problem
    assert [outcome for outcome in outcomes if outcome is not problem] == [n for n in range(20) if n != 7]
    assert await store.read(numbers) == [n for n in range(20) if n != 7]


async def test_each_caller_gets_its_own_error(store: Store) -> None:
    await store.write(add(1))
    outcomes = await asyncio.gather(
        store.write(add(1)),
        store.write(add_then_break(2, Broken("two"))),
        store.write(add_then_break(3, StopIteration())),
        store.write(add(4)),
        store.read(add_then_break(5, Broken("five"))),
        return_exceptions=True,
    )
    assert isinstance(outcomes[0], IntegrityError)
    assert isinstance(outcomes[1], Broken)
    assert isinstance(outcomes[2], RuntimeError)
    assert outcomes[3] == 4
    assert isinstance(outcomes[4], (Broken, DBAPIError))
    assert await store.read(numbers) == [1, 4]


async def test_a_read_cannot_write(store: Store) -> None:
    with pytest.raises(DBAPIError):
        await store.read(add(1))
    assert await store.read(numbers) == []


async def test_a_mistake_in_sql_is_no_outage(store: Store) -> None:
    with pytest.raises(DBAPIError):
        await store.write(lambda tx: tx.exec_driver_sql("SELECT nothing FROM nowhere"))
    assert await store.write(add(1)) == 1


async def test_errors_never_show_what_was_bound(store: Store) -> None:
    await store.write(add(41_427))
    with pytest.raises(IntegrityError) as raised:
        await store.write(add(41_427))
    assert "mark 41427" not in str(raised.value)


async def test_a_read_sees_one_moment(store: Store) -> None:
    between, loop = threading.Event(), asyncio.get_running_loop()
    begun = asyncio.Event()

    def twice(tx: Tx) -> tuple[list[int], list[int]]:
        before = numbers(tx)
        loop.call_soon_threadsafe(begun.set)
        assert between.wait(10)
        return before, numbers(tx)

    reading = asyncio.create_task(store.read(twice))
    await begun.wait()
    await store.write(add(1))
    between.set()
    assert await reading == ([], [])


async def test_a_cancelled_caller_breaks_nothing(store: Store) -> None:
    gate = Gate()
    first = asyncio.create_task(store.write(gate))
    await gate.entered.wait()
    cancelled, kept = (asyncio.create_task(store.write(add(number))) for number in (1, 2))
    await asyncio.sleep(0)
    cancelled.cancel()
    first.cancel()
    gate.open()
    assert await kept == 2
    assert cancelled.cancelled()
    assert await store.read(numbers) == [2]


async def test_works_that_wait_share_a_commit(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    groups: list[int] = []
    of = sqlite if isinstance(store, SqliteStore) else postgres
    run: Any = of._run
    monkeypatch.setattr(of, "_run", lambda seat, jobs, how: (groups.append(len(jobs)), run(seat, jobs, how)))
    gate = Gate()
    first = asyncio.create_task(store.write(gate))
    await gate.entered.wait()
    waiting = [asyncio.create_task(store.write(add(number))) for number in range(100)]
    await asyncio.sleep(0)
    gate.open()
    await asyncio.gather(first, *waiting)
    assert groups == [1, 64, 36]


async def test_a_work_runs_again_alone_when_its_neighbour_fails(store: Store) -> None:
    """Each lands once, though works in the failed group ran twice."""
    runs: list[int] = []

    def counted(number: int) -> Callable[[Tx], int]:
        return lambda tx: (runs.append(number), add(number)(tx))[1]

    gate = Gate()
    first = asyncio.create_task(store.write(gate))
    await gate.entered.wait()
    works = [counted(1), add_then_break(2, Broken()), counted(3)]
    waiting = [asyncio.create_task(store.write(work)) for work in works]
    await asyncio.sleep(0)
    gate.open()
    outcomes = await asyncio.gather(first, *waiting, return_exceptions=True)
    assert runs == [1, 1, 3]
    assert outcomes[1] == 1
    assert isinstance(outcomes[2], Broken)
    assert await store.read(numbers) == [1, 3]


async def test_who_runs_again_alone_is_told_before_the_others_have_run(store: Store) -> None:
    gate, slow = Gate(), Gate()
    first = asyncio.create_task(store.write(gate))
    await gate.entered.wait()
    works: list[Callable[[Tx], Any]] = [add(1), add_then_break(2, Broken()), slow]
    waiting = [asyncio.create_task(store.write(work)) for work in works]
    await asyncio.sleep(0)
    gate.open()
    assert await waiting[0] == 1
    await slow.entered.wait()
    slow.open()
    await asyncio.gather(first, *waiting, return_exceptions=True)


async def test_close_finishes_what_waits(store: Store, database_url: str, keys: KeyRing) -> None:
    waiting = [asyncio.create_task(store.write(add(number))) for number in range(30)]
    await asyncio.sleep(0)
    await store.close()
    assert await asyncio.gather(*waiting) == list(range(30))
    with pytest.raises(Away):
        await store.write(add(31))
    again = open_store(database_url, keys)
    assert await again.read(numbers) == list(range(30))
    await again.close()


def test_other_databases_are_refused(keys: KeyRing) -> None:
    for url in ("mysql://localhost/heard", "sqlite://", "sqlite:///:memory:"):
        with pytest.raises(ValueError, match="SQLite"):
            open_store(url, keys)


async def test_a_store_does_not_show_its_address(database_url: str, keys: KeyRing) -> None:
    store = open_store(database_url, keys)
    assert repr(store) in {"SqliteStore()", "PostgresStore()"}
    await store.close()
