"""Calls, on both databases: what is kept of somebody who asked us to ring."""

from __future__ import annotations

from datetime import timedelta

from bank import calls
from channels.message import Channel
from storage import addresses, people, tasks
from storage.store import Store
from storage.tasks import TaskKind
from tests import looking
from tests.bank.ashdale import ASHDALE, MORNING, Somebody, number_of

ASHA = "+447700900101"


async def test_once_a_caller_and_day(store: Store) -> None:
    for hours in (0, 1, 5):
        now = MORNING + timedelta(hours=hours)
        await store.write(lambda tx, now=now: calls.ring_back(tx, ASHA, now, ASHDALE))  # type: ignore[misc]
    assert await store.read(lambda tx: number_of(tx, tasks.tasks)) == 1
    assert await store.read(lambda tx: number_of(tx, addresses.addresses)) == 1


async def test_the_day_is_ours_and_not_utc_s(store: Store) -> None:
    """In summer our day begins at 11pm UTC."""
    late = MORNING.replace(month=7, day=6, hour=22, minute=59)
    await store.write(lambda tx: calls.ring_back(tx, ASHA, late, ASHDALE))
    await store.write(lambda tx: calls.ring_back(tx, ASHA, late + timedelta(minutes=2), ASHDALE))
    assert await store.read(lambda tx: number_of(tx, tasks.tasks)) == 2


async def test_a_closed_item_counts_for_the_day_too(store: Store) -> None:
    await store.write(lambda tx: calls.ring_back(tx, ASHA, MORNING, ASHDALE))
    (item,) = await store.read(looking.open_tasks)
    await store.write(lambda tx: tasks.close(tx, item.id, MORNING))
    await store.write(lambda tx: calls.ring_back(tx, ASHA, MORNING + timedelta(hours=1), ASHDALE))
    assert await store.read(looking.open_tasks) == []


async def test_somebody_known_on_whatsapp_is_rung_there(store: Store) -> None:
    phone = Somebody(ASHA, Channel.WHATSAPP)
    await store.write(phone.joins)
    await store.write(lambda tx: calls.ring_back(tx, ASHA, MORNING, ASHDALE))
    (item,) = [one for one in await store.read(looking.open_tasks) if one.kind == TaskKind.CALL]
    person = await store.read(lambda tx: people.get(tx, item.person_id))
    assert person.name == "Asha"
    assert item.address_id == (await store.read(phone.here)).id


async def test_what_is_heard_has_no_open_place_and_no_bare_number() -> None:
    for answer in (
        calls.greet(ASHA, MORNING, ASHDALE),
        calls.greet(None, MORNING, ASHDALE),
        calls.rang_often(MORNING, ASHDALE),
        calls.not_noted(MORNING, ASHDALE),
        calls.ask_again(MORNING, ASHDALE),
    ):
        for said in (*answer.end, *(one for ask in answer.asks for one in ask)):
            assert "{" not in said.text
            assert "999" not in said.text
