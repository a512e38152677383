"""Running everything in one process: the web, the senders, the clock, and Telegram's updates."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import timedelta
from functools import partial
from socket import create_server, socket
from typing import Any

import structlog
import uvicorn
import uvloop
from rich.console import Console

from bank import delivery, inherited
from bot import clock, demo, demo_morning, menus, rounds, team, web
from bot.channels_on import hears_by_webhook
from bot.house import House, open_house
from bot.settings import Settings, SettingsMistake
from channels.message import Channel, Event, NotNow
from channels.telegram.polling import Poller
from channels.telegram.problems import CallFailed
from language.learned import guess
from storage import people
from storage.store import Away

log = structlog.get_logger()
_TELEGRAM_AGAIN_SECONDS = 30.0


def run(settings: Settings, console: Console) -> None:
    """Serve until told to stop. Raises SettingsMistake when the port is taken."""
    with _listening(settings) as door:
        uvloop.run(_run(settings, console, door))


def _listening(settings: Settings) -> socket:
    """The socket that people and providers knock at, before anything else is begun."""
    try:
        return create_server((settings.host, settings.port), backlog=2048, reuse_port=False)
    except OSError as error:
        raise SettingsMistake(
            f"port {settings.port} on {settings.host} cannot be used ({error.strerror}). "
            "Choose another with port (HEARD_PORT)."
        ) from None


async def _run(settings: Settings, console: Console, door: socket) -> None:
    async with _providers(settings, console) as pointed, open_house(pointed) as house:
        if pointed.is_demo:
            if await demo.fill_if_empty(house.store, house.organisation, house.now()):
                await demo_morning.play(house.store, house.now(), house.organisation)
            await team.invent(house.store, house.now())
            link = None
        else:
            await _refuse_invented_members(house)
            link = await team.first_link(house.store, house.now())
        await _take_over(house)
        await _release_stranded(house)
        stop = asyncio.Event()
        server = Server(house, stop, door)
        _stop_on_signals(stop)
        scheduler = clock.start(house)
        for channel in Channel:
            if channel not in house.senders:
                log.info("channel_off", channel=channel)
        async with asyncio.TaskGroup() as tasks:
            for work in _works(house, server, stop):
                tasks.create_task(work)
            await server.started_up.wait()
            _say_where(console, pointed, link)
            await asyncio.to_thread(guess.wake)  # the first hard reply need not wait for the model
        scheduler.shutdown(wait=False)


class Server(uvicorn.Server):
    """The web server, stopped by our own event, so that everything stops together."""

    def __init__(self, house: House, stop: asyncio.Event, door: socket) -> None:
        super().__init__(
            uvicorn.Config(
                web.app(house),
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=True,
                forwarded_allow_ips=list(house.settings.trusted_proxies),
                timeout_graceful_shutdown=5,
                lifespan="off",
            )
        )
        self._stop = stop
        self._door = door
        self.started_up = asyncio.Event()

    async def serve_until_stopped(self) -> None:
        watching = asyncio.create_task(self._watch())
        try:
            await self.serve([self._door])
        finally:
            watching.cancel()
            self._stop.set()
            self.started_up.set()

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        self.started_up.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to us: the senders stop with the web."""
        yield

    async def _watch(self) -> None:
        await self._stop.wait()
        self.should_exit = True


def _works(house: House, server: Server, stop: asyncio.Event) -> list[Coroutine[Any, Any, None]]:
    works: list[Coroutine[Any, Any, None]] = [server.serve_until_stopped()]
    works += [sender.run(stop) for sender in house.senders.values()]
    works.append(house.living.run(stop))
    if house.channels.telegram is not None:
        works.append(_telegram(house, stop))
    return works


async def _telegram(house: House, stop: asyncio.Event) -> None:
    """Give the bot its menu, then either have Telegram call us or ask it for updates."""
    adapter = house.channels.telegram
    if adapter is None:
        return
    by_webhook = hears_by_webhook(house.settings)
    while not await _works_out(menus.set_up(adapter, house.organisation, by_webhook=by_webhook), stop):
        if await _told_to(stop, _TELEGRAM_AGAIN_SECONDS):
            return
    if by_webhook or stop.is_set():
        return

    async def handle(events: tuple[Event, ...]) -> None:
        try:
            await house.receiver.take(events, adapter)
        except Away as error:
            raise NotNow from error

    async def poison(raw: str) -> None:
        await house.receiver.keep_dead_letter("telegram", raw, "unreadable")

    await Poller(adapter.service).run(handle, poison, stop)


async def _works_out(call: Coroutine[Any, Any, None], stop: asyncio.Event) -> bool:
    """False where Telegram cannot be asked: the other channels work on meanwhile. `stop` ends the wait."""
    calling, stopped = asyncio.ensure_future(call), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({calling, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if calling.done():
            calling.result()
    except CallFailed as error:
        log.warning("telegram_not_set_up", code=error.problem.code)
        return False
    finally:
        for task in (calling, stopped):
            task.cancel()
        await asyncio.gather(calling, stopped, return_exceptions=True)
    return True


async def _told_to(stop: asyncio.Event, seconds: float) -> bool:
    """Wait so long; True as soon as we are told to stop."""
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
    return stop.is_set()


async def _release_stranded(house: House) -> None:
    """What a process held that died: it must not hold up what comes next to the same address for minutes."""
    work = partial(delivery.release, now=house.now(), organisation=house.organisation, after=timedelta())
    while await house.store.write(work):
        pass


async def _take_over(house: House) -> None:
    """What an older version kept in another way, a hundred rows at a time."""
    while await rounds.go(house.store, house.now(), house.organisation, inherited.CHORES):
        pass


async def _refuse_invented_members(house: House) -> None:
    """The demo's members must never be written to by a real channel. Raises SettingsMistake."""
    if house.settings.has_channel and await house.store.read(people.any_invented):
        raise SettingsMistake(
            "The data folder holds the demo's invented members. "
            "Choose another data_dir (HEARD_DATA_DIR) for real people."
        )


@asynccontextmanager
async def _providers(settings: Settings, console: Console) -> AsyncIterator[Settings]:
    """In the demo, fake providers in this process; otherwise the real ones."""
    if not settings.is_demo:
        yield settings
        return
    async with demo.fake_providers(settings) as fakes:
        yield fakes.settings
        console.print("[dim]Stopped.[/dim]")


def _stop_on_signals(stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)


def _say_where(console: Console, settings: Settings, link: str | None) -> None:
    console.print(f"\n[bold]Heard is running[/bold] for {settings.organisation.council}.")
    console.print(f"  For the team: [bold]{settings.public_url}/[/bold]")
    if link:
        console.print("  Nobody has signed in yet. The first administrator comes in here, once, within three days:")
        console.print(f"  [bold]{settings.public_url}/welcome/{link}[/bold]", soft_wrap=True)
    if settings.is_demo:
        console.print("  A demo: everybody in it is invented, and nothing leaves this machine.")
        console.print(f"  Try it as a person would: [bold]{settings.public_url}/try[/bold]")
        console.print(f"  What the fake providers were given: {settings.twilio.api_base_url}/ (texts)")
        console.print(f"                                      {settings.telegram.api_base_url}/ (Telegram)")
    console.print("  Ctrl-C stops it.\n")
