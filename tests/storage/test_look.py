"""Looks: whose turn it is, on both databases, and prepared but once however often the clock looks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import bindparam, insert, select

from bank import upkeep
from storage import addresses
from storage.addresses import AddressState
from storage.look import NOW, Look
from storage.schema import among
from storage.store import Store, Tx
from tests.bank.ashdale import ASHDALE, MORNING
from tests.storage.test_prepared import stranger

OURS = addresses.addresses
AT = datetime(2026, 11, 23, 11, tzinfo=UTC)


async def four(store: Store) -> list[int]:
    """Four strangers, each to be erased a minute after the one before; the last has stopped our texts."""

    def work(tx: Tx) -> list[int]:
        rows = [{**stranger(number), "erase_at": AT + timedelta(minutes=number)} for number in range(4)]
        rows[3]["state"] = AddressState.STOPPED
        return [tx.execute(insert(OURS).values(row).returning(OURS.c.id)).scalar_one() for row in rows]

    return await store.write(work)


async def test_whose_turn_it_is_in_order_and_no_more_than_asked(store: Store) -> None:
    first, second, third, _last = await four(store)
    due = Look(select(OURS.c.id).where(OURS.c.erase_at <= NOW).order_by(OURS.c.erase_at.desc()))
    later = AT + timedelta(minutes=2)
    assert await store.read(lambda tx: due.ids(tx, 10, now=later)) == [third, second, first]
    assert await store.read(lambda tx: due.ids(tx, 2, now=later)) == [third, second]
    assert not await store.read(lambda tx: due.finds(tx, now=AT - timedelta(minutes=1)))
    assert await store.read(lambda tx: due.finds(tx, now=AT))


async def test_one_of_some_words_and_a_value_beside_it(store: Store) -> None:
    *_others, last = await four(store)
    closed = among(OURS.c.state, (AddressState.STOPPED, AddressState.DEAD))
    look = Look(select(OURS.c.id).where(closed, OURS.c.id >= bindparam("least")))
    assert await store.read(lambda tx: look.ids(tx, 10, least=1)) == [last]
    assert await store.read(lambda tx: look.ids(tx, 10, least=last + 1)) == []


async def test_the_clock_prepares_what_it_looks_for_but_once(store: Store) -> None:
    """A round that finds nothing builds no statement anew: it is made every few seconds for years."""

    def prepared(tx: Tx) -> int:
        for chore in upkeep.CHORES:
            chore.turns(tx, MORNING, ASHDALE, 1)
        return len(tx.dialect.heard_prepared)  # type: ignore[attr-defined]  # our engines have it

    first = await store.read(prepared)
    assert first > len(set(upkeep.CHORES)) / 2
    assert await store.read(prepared) == first
