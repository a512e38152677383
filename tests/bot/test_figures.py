"""/metrics: what waits, how long turns take, the clock, and what the figures say while the database is away."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

from bot import clock, web
from bot.scrape import Scrape
from storage.store import Away, Store
from tests.bot.test_two_workers import Seconds
from tests.bot.town import Town

ASHA, BEN = "+447700900101", "+447700900102"


async def figures(town: Town) -> dict[str, float]:
    """Each figure by its name and labels, as Prometheus would read it."""
    transport = httpx.ASGITransport(app=web.health(town.house))
    async with httpx.AsyncClient(transport=transport, base_url="http://heard.test") as client:
        answer = await client.get("/metrics")
    assert answer.status_code == 200
    lines = (line.rpartition(" ") for line in answer.text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _space, value in lines}


async def test_what_waits_is_told_by_sender_and_priority_with_the_age_of_the_oldest(town: Town) -> None:
    await town.texts(ASHA, "JOIN")
    town.now.move(seconds=90)
    await town.texts(BEN, "JOIN")
    found = await figures(town)
    assert found['heard_queue_due{priority="reply",sender="sms"}'] == 2
    assert found['heard_queue_oldest_seconds{priority="reply",sender="sms"}'] == 90
    assert found['heard_queue_later{priority="reply",sender="sms"}'] == 0
    assert found['heard_queue_due{priority="reply",sender="telegram"}'] == 0, "it is there to be watched all the same"
    assert found["heard_messages_unknown"] == 0
    assert found["heard_database_away"] == 0
    await town.house.drain()
    found = await figures(town)
    assert found['heard_queue_due{priority="reply",sender="sms"}'] == 0
    assert found['heard_queue_oldest_seconds{priority="reply",sender="sms"}'] == 0


async def test_a_dead_letter_waits(town: Town) -> None:
    await town.texts(ASHA, "JOIN", NumMedia="not a number")
    assert (await figures(town))["heard_dead_letters_waiting"] == 1


async def test_a_turn_is_timed_and_a_receipt_is_none(town: Town) -> None:
    name = 'heard_turn_seconds_count{provider="twilio"}'
    before = (await figures(town)).get(name, 0.0)
    await town.texts(ASHA, "JOIN")
    await town.house.drain()
    await town.twilio.settled()
    assert (await figures(town))[name] - before == 1


async def test_a_tick_says_when_it_was(town: Town) -> None:
    lease = clock.lease_of(town.house)
    assert await lease.hold()
    for tick in clock.ticks(town.house, lease):
        await tick.work()
    found = await figures(town)
    for name in ("alerts", "upkeep"):
        assert found[f'heard_last_tick_seconds{{tick="{name}"}}'] == town.now().timestamp()
    assert found['heard_lease_held{lease="clock"}'] == 1


async def test_while_the_database_is_away_old_figures_are_gone(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    async def gone(_store: Store, _work: object) -> Any:
        raise Away("gone")

    await town.texts(ASHA, "JOIN")
    await figures(town)
    monkeypatch.setattr(type(town.house.store), "read", gone)
    found = await figures(town)
    assert found["heard_database_away"] == 1
    assert not [name for name in found if name.startswith("heard_queue")]
    assert found["heard_messages_unknown"] != found["heard_messages_unknown"], "not a number"


async def test_the_database_is_asked_once_however_many_ask(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, whole, seconds = 0, type(town.house.store).read, Seconds()

    async def counting(store: Store, work: Any) -> Any:
        nonlocal asked
        asked += 1
        return await whole(store, work)

    monkeypatch.setattr(type(town.house.store), "read", counting)
    scrape = Scrape(town.house.store, town.now, ("sms",), seconds)
    for _ in range(5):
        await scrape.renew()
    assert asked == 1
    seconds.at += 2
    await scrape.renew()
    assert asked == 2


async def test_labels_are_words_of_our_own(town: Town) -> None:
    """After people wrote, were answered, and were refused: no number, name or word of theirs in any label."""
    await town.texts(ASHA, "JOIN")
    await town.texts(BEN, "my sister is called Zuleika")
    await town.texts(BEN, "JOIN", NumMedia="Zuleika")
    await town.house.drain()
    await town.house.keep_up()
    values = {value for name in await figures(town) for value in re.findall(r'="([^"]*)"', name)}
    assert {"sms", "reply", "accepted", "twilio"} <= values
    strange = {
        value for value in values if not re.fullmatch(r"[a-z][a-z_:-]{0,40}|under_18|\d{0,2}(?:\.\d+)?|\+Inf", value)
    }
    assert strange == set()
