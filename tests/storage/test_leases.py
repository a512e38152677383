"""Leases: one holder at a time, and an old holder is refused."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest

from storage import leases
from storage.leases import Fenced, Standing
from storage.store import Store


async def take(store: Store, holder: str, silent: Standing | None = None) -> Standing:
    return await store.write(partial(leases.take, name="clock", holder=holder, silent=silent))


async def renew(store: Store, holder: str, fence: int) -> bool:
    return await store.write(partial(leases.renew, name="clock", holder=holder, fence=fence))


async def prove(store: Store, holder: str, fence: int) -> None:
    await store.write(partial(leases.prove, name="clock", holder=holder, fence=fence))


async def test_one_has_it_while_its_beat_goes_on(store: Store) -> None:
    assert (await take(store, "a")).ours
    seen = await take(store, "b")
    assert not seen.ours
    assert await renew(store, "a", 1)
    assert not (await take(store, "b", seen)).ours


async def test_one_whose_beat_stood_still_loses_it(store: Store) -> None:
    await take(store, "a")
    seen = await take(store, "b")
    assert await take(store, "b", seen) == Standing(True, 2, 0)
    assert not await renew(store, "a", 1)


async def test_who_lost_it_cannot_prove_it_even_when_it_comes_back(store: Store) -> None:
    await take(store, "a")
    await prove(store, "a", 1)
    await take(store, "b", await take(store, "b"))
    with pytest.raises(Fenced):
        await prove(store, "a", 1)
    await take(store, "a", await take(store, "a"))
    with pytest.raises(Fenced):
        await prove(store, "a", 1)
    await prove(store, "a", 3)


async def test_what_was_let_go_is_free_at_once(store: Store) -> None:
    await take(store, "a")
    await store.write(partial(leases.let_go, name="clock", holder="b", fence=1))
    assert not (await take(store, "b")).ours
    await store.write(partial(leases.let_go, name="clock", holder="a", fence=1))
    assert (await take(store, "b")).ours


async def test_of_many_at_once_one_has_it(stores: list[Store]) -> None:
    stands = await asyncio.gather(*map(take, stores * 2, "abcdefgh"))
    assert sorted(one.ours for one in stands) == [False] * 7 + [True]
