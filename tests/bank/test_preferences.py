"""Preferences: what the team changed lies on top of what settings.toml says, on both databases."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from bank import preferences
from bank.organisation import Hours, Organisation, Topic
from bank.preferences import KINDS
from bot.living import Living
from bot.receive import Receiver
from channels.try_phone import TryAdapter
from storage import preferences as rows
from storage.store import Away, Store, Tx
from storage.tasks import TaskKind
from tests.bank.ashdale import ASHDALE, MORNING, Somebody

NEW: dict[str, Any] = {
    "council": "Oakshire Council",
    "hours": Hours(frozenset({1, 5}), time(10, 30), time(15), "scotland"),
    "numbers_checked": date(2026, 11, 20),
    "owners": {TaskKind.CARE: "Ewa"},
    "topics": (Topic("home_care", {"en": "Help at home", "pl": "Pomoc"}),),
    "days_to_answer": 5,
}


def change(organisation: Organisation = ASHDALE, **values: Any) -> Callable[[Tx], list[str]]:
    return lambda tx: preferences.change(tx, MORNING, None, organisation, **values)


def now(tx: Tx) -> Organisation:
    return preferences.organisation_now(tx, ASHDALE)


async def test_without_a_change_it_is_as_shipped(store: Store) -> None:
    assert await store.read(now) == ASHDALE


async def test_what_was_changed_comes_back_as_it_was_given(store: Store) -> None:
    assert sorted(await store.write(change(**NEW))) == sorted(NEW)
    assert await store.read(now) == replace(ASHDALE, **NEW)


async def test_the_same_again_is_no_change(store: Store) -> None:
    await store.write(change(**NEW))
    assert await store.write(change(**NEW)) == []
    assert await store.write(change(council=ASHDALE.council)) == ["council"], "back to what settings.toml says"


async def test_a_field_that_only_the_file_sets_cannot_be_changed(store: Store) -> None:
    with pytest.raises(KeyError):
        await store.write(change(zone="Europe/Paris"))


async def test_a_name_that_this_version_does_not_know_does_no_harm(store: Store) -> None:
    await store.write(lambda tx: rows.put(tx, "of_a_later_version", 1, MORNING, None))
    assert await store.read(now) == ASHDALE


def test_every_preference_is_a_field_of_the_organisation() -> None:
    for name, kind in KINDS.items():
        value = NEW.get(name, getattr(ASHDALE, name))
        if value is not None:
            assert kind.read(kind.kept(value)) == value, name


async def test_everybody_in_the_process_sees_a_change_at_once(store: Store) -> None:
    living = Living(ASHDALE, store)
    await store.write(change(council="Oakshire Council"))
    assert living().council == "Ashdale Council"
    await living.renew()
    assert living().council == "Oakshire Council"


async def test_another_process_sees_it_within_seconds(store: Store) -> None:
    living, stop = Living(ASHDALE, store), asyncio.Event()
    looking = asyncio.create_task(living.run(stop, seconds=0.01))
    await store.write(change(council="Oakshire Council"))
    async with asyncio.timeout(10):
        while living().council != "Oakshire Council":
            await asyncio.sleep(0.01)
    stop.set()
    await looking


async def test_while_the_database_is_away_it_stays_as_it_was_known(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    living, stop = Living(ASHDALE, store), asyncio.Event()
    await store.write(change(council="Oakshire Council"))
    looks, whole = 0, store.read

    async def away_at_first(work: Callable[[Tx], Any]) -> Any:
        nonlocal looks
        looks += 1
        if looks < 3:
            raise Away("gone")
        return await whole(work)

    monkeypatch.setattr(store, "read", away_at_first)
    looking = asyncio.create_task(living.run(stop, seconds=0.001))
    async with asyncio.timeout(10):
        while living().council != "Oakshire Council":
            await asyncio.sleep(0.001)
    assert looks >= 3
    stop.set()
    await looking


async def test_a_message_asks_the_table_nothing(store: Store) -> None:
    """The table is not even there."""
    living, phone = Living(ASHDALE, store), Somebody()
    await store.write(change(council="Oakshire Council"))
    await living.renew()
    await store.write(lambda tx: tx.exec_driver_sql("DROP TABLE preferences"))
    receiver = Receiver(store, living, lambda: MORNING, lambda _sender: None)
    await receiver.take([phone.writes("JOIN")], TryAdapter(lambda _text: ("GSM-7", 1)))
    (row,) = await store.read(phone.heard)
    assert row.text.startswith("Oakshire Council here.")
