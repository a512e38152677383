"""/readyz: each part of a process in one line, 503 when one of them does not do its work, and which."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs

from bank import running
from bot import clock, ready, web
from bot.house import House
from bot.lease import Lease
from bot.pulse import Pulse
from bot.ready import Line
from bot.signs import Signs
from storage.store import Away, Store
from tests.bot.test_two_workers import Seconds
from tests.bot.town import Town

ALL = ("web", "worker", "clock")
WELL = """ready
database: it answers
web: what comes in is kept
Texts (SMS): this process sends
WhatsApp: this process sends
Telegram: this process sends
clock: this process ticks
"""


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@asynccontextmanager
async def begun(town: Town, seconds: Seconds, *parts: str) -> AsyncIterator[House]:
    """The town's house as a process that runs these parts and has begun; nothing happens in it by itself."""
    house = replace(town.house, signs=Signs(seconds))
    house.signs.begin(parts)
    for sender in house.senders.values():
        sender._lease = Lease(f"sender:{sender.name}", house.store, 10.0, seconds=seconds)
    house.signs.clock = Lease("clock", house.store, 6.0, seconds=seconds)
    yield house


async def goes_on(house: House, seconds: Seconds) -> None:
    """Each part does its work once."""
    await Pulse(house).beat()
    for sender in house.senders.values():
        await sender.step()
        sender.stepped_at = seconds()
    assert house.signs.clock is not None
    if await house.signs.clock.hold():
        for tick in ("alerts", "upkeep"):
            house.signs.ticked(tick, house.now())


async def asked(house: House) -> tuple[int, str]:
    transport = httpx.ASGITransport(app=web.health(house))
    async with httpx.AsyncClient(transport=transport, base_url="http://heard.test") as client:
        answer = await client.get("/readyz")
    return answer.status_code, answer.text


async def wrong(house: House) -> dict[str, str]:
    return {line.part: line.words for line in await ready.look(house) if not line.well}


async def test_a_process_that_runs_everything_has_a_line_for_each_part(town: Town, seconds: Seconds) -> None:
    async with begun(town, seconds, *ALL) as house:
        await goes_on(house, seconds)
        assert await asked(house) == (200, WELL)


@pytest.mark.parametrize(
    ("part", "lines"),
    [
        ("web", ["database", "web"]),
        ("worker", ["database", "sender:sms", "sender:whatsapp", "sender:telegram"]),
        ("clock", ["database", "clock"]),
    ],
)
async def test_a_part_alone_speaks_for_itself(town: Town, seconds: Seconds, part: str, lines: list[str]) -> None:
    async with begun(town, seconds, part) as house:
        await goes_on(house, seconds)
        assert [line.part for line in await ready.look(house)] == lines


async def test_while_the_database_is_away_it_says_so(
    town: Town, seconds: Seconds, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def gone(_store: Store, _work: object) -> Any:
        raise Away("gone")

    async with begun(town, seconds, "web") as house:
        monkeypatch.setattr(type(house.store), "read", gone)
        status, text = await asked(house)
        assert status == 503
        assert text.splitlines()[:2] == ["not ready", "database: it cannot be reached"]


async def test_a_database_that_can_be_read_and_keeps_nothing_is_not_enough(
    town: Town, seconds: Seconds, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the disk is full."""

    async def full(_store: Store, _work: object) -> Any:
        raise Away("full")

    async with begun(town, seconds, "web") as house:
        await goes_on(house, seconds)
        monkeypatch.setattr(type(house.store), "write", full)
        with capture_logs() as logs:
            await Pulse(house).beat()
        assert [line["event"] for line in logs] == ["database_away"]
        assert await wrong(house) == {}
        seconds.at += 40
        assert await wrong(house) == {"web": "nothing could be kept for 40 seconds"}


async def test_a_drain_that_stands_still_is_named(town: Town, seconds: Seconds) -> None:
    async with begun(town, seconds, "worker") as house:
        await goes_on(house, seconds)
        seconds.at += 45
        await goes_on(house, seconds)
        house.senders["whatsapp"].stepped_at = seconds() - 45
        assert await wrong(house) == {"sender:whatsapp": "it has not looked for messages to send for 45 seconds"}


async def test_standing_by_is_ready(town: Town, seconds: Seconds) -> None:
    """Another process has every lease, and is heard of."""
    async with begun(town, seconds, "worker", "clock") as house:
        for name in ("sender:sms", "sender:whatsapp", "sender:telegram", "clock"):
            assert await Lease(name, house.store, 60.0, "another", seconds).hold()
        await goes_on(house, seconds)
        for tick in ("alerts", "upkeep"):
            house.signs.alive(tick)
        assert {line.words for line in await ready.look(house)} == {
            "it answers",
            "another process sends",
            "another process ticks",
        }
        assert await wrong(house) == {}


async def test_a_sender_that_nobody_is_known_to_drain_is_not_ready(town: Town, seconds: Seconds) -> None:
    async with begun(town, seconds, "worker") as house:
        assert set((await wrong(house)).values()) == {"nobody is known to send"}


async def test_a_clock_may_start_and_may_not_stand_still(town: Town, seconds: Seconds) -> None:
    async with begun(town, seconds, "clock") as house:
        assert await ready.look(house) == [
            Line("database", True, "it answers"),
            Line("clock", True, "it is starting"),
        ]
        await goes_on(house, seconds)
        seconds.at += 59
        assert house.signs.clock is not None
        assert await house.signs.clock.hold()
        assert await wrong(house) == {}
        seconds.at += 16
        assert await wrong(house) == {"clock": "it has not ticked for 1 minute"}


async def test_a_clock_that_leads_no_more_and_knows_no_other_is_not_ready(town: Town, seconds: Seconds) -> None:
    async with begun(town, seconds, "clock") as house:
        await goes_on(house, seconds)
        seconds.at += 30
        assert await wrong(house) == {"clock": "nobody is known to tick"}


async def test_every_tick_leaves_its_mark(town: Town) -> None:
    lease = clock.lease_of(town.house)
    assert await lease.hold()
    for tick in clock.ticks(town.house, lease):
        await tick.work()
    assert town.house.signs.done == dict.fromkeys(running.TICKS, town.now())


async def test_nobody_is_named_by_it(town: Town, seconds: Seconds) -> None:
    async with begun(town, seconds, *ALL) as house:
        await goes_on(house, seconds)
        seconds.at += 100
        _status, text = await asked(house)
        assert not any(len(word) > 4 and word.isdecimal() for word in text.split())
        assert "+44" not in text
