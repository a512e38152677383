"""The heartbeat: a service outside is called a minute while all is well, told when it is not, and never in the way."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from bot import clock
from bot.heartbeat import SECONDS, Heartbeat
from bot.house import House
from bot.lease import Lease
from bot.pulse import Pulse
from bot.signs import Signs
from storage.store import Away, Store
from tests.bot.test_two_workers import Seconds
from tests.bot.town import fake_telegram, fake_twilio, free_port, settled_in

PARTS = ("web", "worker", "clock")


class Outside:
    """A service such as Healthchecks: it notes each call, and answers as it is told to."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.status = 200
        self.port = free_port()
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/a-secret-name"

    async def start(self) -> None:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _answer(self, request: web.Request) -> web.Response:
        self.calls.append(f"{request.method} {request.path}")
        return web.Response(status=self.status)


@pytest.fixture
async def outside() -> AsyncIterator[Outside]:
    service = Outside()
    await service.start()
    yield service
    await service.stop()


@dataclass
class Watched:
    """One process that runs everything, by a watch that stands still until it works."""

    house: House
    lease: Lease
    heartbeat: Heartbeat
    seconds: Seconds

    async def works(self) -> None:
        """A minute in which every part does its work."""
        self.seconds.at += SECONDS
        assert await self.lease.hold()
        for sender in self.house.senders.values():
            await sender.step()
            sender.stepped_at = self.seconds()
        for tick in ("alerts", "upkeep"):
            self.house.signs.ticked(tick, self.house.now())
        for _ in range(2):  # the first, after a minute of nothing, says that nothing was kept for a minute
            await Pulse(self.house).beat()

    async def beats(self) -> None:
        await self.works()
        await self.heartbeat.beat()


@asynccontextmanager
async def watched(folder: Path, outside: Outside, **more: str) -> AsyncIterator[Watched]:
    seconds, own = Seconds(), {"HEARD_WATCH__HEARTBEAT_URL": outside.url}
    async with settled_in(folder, fake_twilio(), fake_telegram(), **(own | more)) as town:
        house = replace(town.house, signs=Signs(seconds))
        house.signs.begin(PARTS)
        lease = house.signs.clock = Lease("clock", house.store, 6.0, seconds=seconds)
        heartbeat = Heartbeat(house, lease)
        yield Watched(house, lease, heartbeat, seconds)
        await heartbeat.close()


async def test_while_all_is_well_it_calls_once_a_beat(tmp_path: Path, outside: Outside) -> None:
    async with watched(tmp_path, outside) as process:
        await process.beats()
        await process.beats()
    assert outside.calls == ["GET /a-secret-name"] * 2


async def test_when_a_part_of_ours_stands_still_it_says_so(tmp_path: Path, outside: Outside) -> None:
    async with watched(tmp_path, outside) as process:
        await process.beats()
        process.seconds.at += 61
        assert await process.lease.hold()
        with capture_logs() as logs:
            await process.heartbeat.beat()
    assert outside.calls == ["GET /a-secret-name", "GET /a-secret-name/fail"]
    assert [line["event"] for line in logs] == ["heartbeat_says_ill"]


async def test_when_no_process_sends_it_says_so(tmp_path: Path, outside: Outside) -> None:
    """The clock itself is well: it sees that nobody else is there."""
    async with watched(tmp_path, outside) as process:
        process.house.signs.begin(("web", "clock"))
        await process.beats()
    assert outside.calls == ["GET /a-secret-name/fail"]


async def test_while_the_database_is_away_it_says_so(
    tmp_path: Path, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lease has run out by then: nobody knows who leads, so each clock says it."""

    async def gone(_store: Store, _work: object) -> Any:
        raise Away("gone")

    async with watched(tmp_path, outside) as process:
        await process.beats()
        for name in ("read", "write"):
            monkeypatch.setattr(type(process.house.store), name, gone)
        process.seconds.at += 60
        await process.heartbeat.beat()
        monkeypatch.undo()
    assert outside.calls == ["GET /a-secret-name", "GET /a-secret-name/fail"]


async def test_another_address_may_be_called_when_something_is_wrong(tmp_path: Path, outside: Outside) -> None:
    down = f"http://127.0.0.1:{outside.port}/down?of=heard"
    async with watched(tmp_path, outside, HEARD_WATCH__HEARTBEAT_FAIL_URL=down) as process:
        process.house.signs.begin(("clock",))
        await process.beats()
    assert outside.calls == ["GET /down"]


async def test_who_stands_by_calls_nobody(tmp_path: Path, outside: Outside) -> None:
    async with watched(tmp_path, outside) as process:
        await process.works()
        other = Lease("clock", process.house.store, 6.0, "another", process.seconds)
        assert not await other.hold()
        await Heartbeat(process.house, other).beat()
    assert outside.calls == []


async def test_in_its_first_minute_it_warns_nobody(tmp_path: Path, outside: Outside) -> None:
    async with watched(tmp_path, outside) as process:
        assert await process.lease.hold()
        await process.heartbeat.beat()
    assert outside.calls == []


@pytest.mark.parametrize("trouble", ["not there", "an error", "sent elsewhere"])
async def test_a_call_that_fails_is_one_warning_and_nothing_else(
    tmp_path: Path, outside: Outside, trouble: str
) -> None:
    outside.status = {"an error": 500, "sent elsewhere": 302}.get(trouble, 200)
    async with watched(tmp_path, outside) as process:
        if trouble == "not there":
            await outside.stop()
        with capture_logs() as logs:
            await process.beats()
    failed = [line for line in logs if line["log_level"] == "warning"]
    assert [line["event"] for line in failed] == ["heartbeat_failed"]
    assert "a-secret-name" not in repr(logs), "whoever knows the address can call in our place"


async def test_nothing_that_goes_wrong_in_it_reaches_the_clock(
    tmp_path: Path, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def trip(_house: House) -> None:
        raise ValueError("something that nobody thought of")

    async with watched(tmp_path, outside) as process:
        monkeypatch.setattr("bot.ready.look", trip)
        with capture_logs() as logs:
            await process.heartbeat.beat()
    assert [(line["event"], line.get("error")) for line in logs] == [("heartbeat_failed", "ValueError")]


@pytest.mark.parametrize("is_on", [True, False])
async def test_it_is_a_tick_of_its_own_a_minute_where_it_is_on(tmp_path: Path, outside: Outside, is_on: bool) -> None:
    async with watched(tmp_path, outside, HEARD_WATCH__HEARTBEAT_URL=outside.url if is_on else "") as process:
        beat = process.heartbeat.beat
        ticks = clock.ticks(process.house, process.lease, process.heartbeat)
        assert [tick.seconds for tick in ticks if tick.work == beat] == ([SECONDS] if is_on else [])
