"""The heartbeat: a service outside is called a minute while all is well, told when it is not, and never in the way."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from bot import clock
from bot.heartbeat import SECONDS, Heartbeat
from bot.house import House
from bot.lease import Lease
from bot.pulse import Pulse
from bot.signs import Signs
from tests.bot.test_two_workers import Seconds
from tests.bot.town import Town, fake_telegram, fake_twilio, free_port, settled_in

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


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


Beat = Callable[[], Awaitable[None]]


@asynccontextmanager
async def watched(folder: Path, seconds: Seconds, **more: str) -> AsyncIterator[tuple[Town, House, Beat, Lease]]:
    """One process that runs everything and is well, by a watch that stands; and its next beat."""
    async with settled_in(folder, fake_twilio(), fake_telegram(), **more) as town:
        house = replace(town.house, signs=Signs(seconds))
        house.signs.begin(PARTS)
        lease = house.signs.clock = Lease("clock", house.store, 6.0, seconds=seconds)
        heartbeat = Heartbeat(house, lease)

        async def works() -> None:
            seconds.at += SECONDS
            assert await lease.hold()
            for sender in house.senders.values():
                await sender.step()
                sender.stepped_at = seconds()
            for tick in ("alerts", "upkeep"):
                house.signs.ticked(tick, house.now())
            await Pulse(house).beat()

        async def beat() -> None:
            await works()
            await heartbeat.beat()

        yield town, house, beat, lease
        await heartbeat.close()


async def test_while_all_is_well_it_calls_once_a_beat(tmp_path: Path, seconds: Seconds, outside: Outside) -> None:
    async with watched(tmp_path, seconds, HEARD_WATCH__HEARTBEAT_URL=outside.url) as (_town, _house, beat, _lease):
        await beat()
        await beat()
    assert outside.calls == ["GET /a-secret-name"] * 2


async def test_when_a_part_of_ours_stands_still_it_says_so(tmp_path: Path, seconds: Seconds, outside: Outside) -> None:
    async with watched(tmp_path, seconds, HEARD_WATCH__HEARTBEAT_URL=outside.url) as (_town, house, beat, lease):
        await beat()
        seconds.at += 61
        assert await lease.hold()
        with capture_logs() as logs:
            await Heartbeat(house, lease).beat()
        assert outside.calls == ["GET /a-secret-name", "GET /a-secret-name/fail"]
        assert [line["event"] for line in logs] == ["heartbeat_says_ill"]


async def test_when_no_process_sends_it_says_so(tmp_path: Path, seconds: Seconds, outside: Outside) -> None:
    """The clock itself is well: it sees that nobody else is there."""
    async with watched(tmp_path, seconds, HEARD_WATCH__HEARTBEAT_URL=outside.url) as (_town, house, beat, _lease):
        house.signs.begin(("web", "clock"))
        await beat()
    assert outside.calls == ["GET /a-secret-name/fail"]


async def test_another_address_may_be_called_when_something_is_wrong(
    tmp_path: Path, seconds: Seconds, outside: Outside
) -> None:
    more = {
        "HEARD_WATCH__HEARTBEAT_URL": outside.url,
        "HEARD_WATCH__HEARTBEAT_FAIL_URL": f"http://127.0.0.1:{outside.port}/down?of=heard",
    }
    async with watched(tmp_path, seconds, **more) as (_town, house, beat, _lease):
        house.signs.begin(("clock",))
        await beat()
    assert outside.calls == ["GET /down"]


async def test_who_stands_by_calls_nobody(tmp_path: Path, seconds: Seconds, outside: Outside) -> None:
    async with watched(tmp_path, seconds, HEARD_WATCH__HEARTBEAT_URL=outside.url) as (_town, house, beat, _lease):
        await beat()
        other = Lease("clock", house.store, 6.0, "another", seconds)
        assert not await other.hold()
        await Heartbeat(house, other).beat()
    assert outside.calls == ["GET /a-secret-name"]


async def test_in_its_first_minute_it_warns_nobody(tmp_path: Path, seconds: Seconds, outside: Outside) -> None:
    async with watched(tmp_path, seconds, HEARD_WATCH__HEARTBEAT_URL=outside.url) as (_town, house, _beat, lease):
        assert await lease.hold()
        await Heartbeat(house, lease).beat()
    assert outside.calls == []


@pytest.mark.parametrize("trouble", ["not there", "an error", "sent elsewhere"])
async def test_a_call_that_fails_is_one_warning_and_nothing_else(
    tmp_path: Path, seconds: Seconds, outside: Outside, trouble: str
) -> None:
    outside.status = {"an error": 500, "sent elsewhere": 302}.get(trouble, 200)
    async with watched(tmp_path, seconds, HEARD_WATCH__HEARTBEAT_URL=outside.url) as (_town, _house, beat, _lease):
        if trouble == "not there":
            await outside.stop()
        with capture_logs() as logs:
            await beat()
    failed = [line for line in logs if line["log_level"] == "warning"]
    assert [line["event"] for line in failed] == ["heartbeat_failed"]
    assert "a-secret-name" not in repr(logs), "whoever knows the address can call in our place"


async def test_nothing_that_goes_wrong_in_it_reaches_the_clock(
    tmp_path: Path, seconds: Seconds, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def trip(_house: House) -> None:
        raise ValueError("something that nobody thought of")

    async with watched(tmp_path, seconds, HEARD_WATCH__HEARTBEAT_URL=outside.url) as (_town, house, _beat, lease):
        monkeypatch.setattr("bot.ready.look", trip)
        with capture_logs() as logs:
            await Heartbeat(house, lease).beat()
    assert [(line["event"], line.get("error")) for line in logs] == [("heartbeat_failed", "ValueError")]


@pytest.mark.parametrize("is_on", [True, False])
async def test_it_is_a_tick_of_its_own_a_minute_where_it_is_on(
    tmp_path: Path, seconds: Seconds, outside: Outside, is_on: bool
) -> None:
    more = {"HEARD_WATCH__HEARTBEAT_URL": outside.url} if is_on else {}
    async with watched(tmp_path, seconds, **more) as (_town, house, _beat, lease):
        heartbeat = Heartbeat(house, lease)
        its_own = [tick.seconds for tick in clock.ticks(house, lease, heartbeat) if tick.work == heartbeat.beat]
    assert its_own == ([SECONDS] if is_on else [])
