"""Running: the web, the senders with Telegram's updates, and the clock, all in one process or each in its own."""

from __future__ import annotations

import asyncio
import errno
import fcntl
import signal
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from enum import StrEnum
from socket import create_server, socket
from typing import Any

import structlog
import uvicorn
import uvloop
from rich.console import Console

from bank import inherited
from bot import (
    clock,
    demo,
    demo_feedback,
    demo_meetings,
    demo_morning,
    demo_projects,
    demo_promises,
    demo_story,
    mailing,
    missed,
    rounds,
    team,
    updates,
    web,
)
from bot.house import House, open_house
from bot.pulse import Pulse
from bot.settings import Settings, SettingsMistake, not_read
from channels.message import Channel
from language.learned import guess
from storage import leases, people, pulses

log = structlog.get_logger()

# A proxy keeps idle connections to us: Caddy for 2 minutes, nginx for 1, by their documentation. It must be the proxy
# that closes them: what it sends on one that we close in that moment is answered by nobody.
KEEP_ALIVE_SECONDS = 150


class Part(StrEnum):
    WEB = "web"  # the console, and what providers call
    WORKER = "worker"  # the senders, and Telegram's updates where we ask for them
    CLOCK = "clock"


ALL = frozenset(Part)


def run(settings: Settings, console: Console, parts: frozenset[Part] = ALL) -> None:
    """Serve until told to stop. Raises SettingsMistake for parts on SQLite, a port or a data folder that is in use."""
    if parts != ALL and (settings.is_sqlite or settings.is_demo):
        raise SettingsMistake(
            "heard web, heard worker and heard clock share a PostgreSQL database (HEARD_DATABASE__URL). "
            "With SQLite, and in the demo, heard run does everything."
        )
    with _listening(settings) as door:
        uvloop.run(_run(settings, console, door, parts))


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """On SQLite one process runs everything. Raises SettingsMistake where another does."""
    if not settings.is_sqlite:
        yield
        return
    with (settings.data_dir / "running").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise SettingsMistake("Heard runs on this data folder already. Stop it first, or choose another.") from None
        yield


def _listening(settings: Settings) -> socket:
    """The socket that people and providers knock at, before anything else is begun."""
    try:
        return create_server((settings.host, settings.port), backlog=2048, reuse_port=False)
    except OSError as error:
        raise SettingsMistake(_no_door(settings, error)) from None


def _no_door(settings: Settings, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {settings.port} on {settings.host} is in use: another Heard, or another program, has it. "
            "Stop that, or choose another port (HEARD_PORT)."
        )
    if error.errno == errno.EACCES:
        return (
            f"Port {settings.port} is kept for root. "
            "Choose one from 1024 up with port (HEARD_PORT), and let your proxy take this one."
        )
    return (
        f"{settings.host} is no address of this machine. "
        "Set host (HEARD_HOST) to 127.0.0.1, or to 0.0.0.0 for every address that it has."
    )


async def _run(settings: Settings, console: Console, door: socket, parts: frozenset[Part]) -> None:
    async with _providers(settings, console) as pointed, open_house(pointed) as house:
        with _alone(pointed):
            link = await _make_ready(house, parts)
            await _serve(house, console, door, parts, link)


async def _make_ready(house: House, parts: frozenset[Part]) -> str | None:
    """What is done before anything is served. Returns the first administrator's link, where nobody has come in."""
    link = None
    if house.settings.is_demo:
        if await demo.fill_if_empty(house.store, house.organisation, house.now()):
            await demo_morning.play(house.store, house.now(), house.organisation)
        await team.invent(house.store, house.now())
        await demo_projects.invent(house.store, house.now(), house.organisation)
        await demo_meetings.invent(house.store, house.now(), house.organisation)
        await demo_feedback.invent(house.store, house.now(), house.organisation)
        await demo_promises.invent(house.store, house.now(), house.organisation)
        await demo_story.invent(house.store, house.now(), house.organisation)
    else:
        await _refuse_invented_members(house)
        link = await team.first_link(house.store, house.now()) if Part.WEB in parts else None
    if house.settings.is_sqlite:
        await house.store.write(leases.free_all)  # whoever held them is gone
        await house.store.write(pulses.end_all)
    if Part.CLOCK in parts:
        await missed.begin(house)
        await _take_over(house)
    return link


async def _serve(house: House, console: Console, door: socket, parts: frozenset[Part], link: str | None) -> None:
    stop = asyncio.Event()
    house.signs.begin(parts)
    pulse = Pulse(house)
    server = Server(house, stop, door, whole=Part.WEB in parts)
    _stop_on_signals(stop)
    for channel in Channel:
        if channel not in house.senders:
            log.info("channel_off", channel=channel)
    async with asyncio.TaskGroup() as tasks:
        for work in (*_works(house, server, parts, stop), pulse.run(stop)):
            tasks.create_task(work)
        await server.started_up.wait()
        if Part.WEB in parts:
            _say_where(console, house.settings, link)
        if parts != {Part.CLOCK}:
            await asyncio.to_thread(guess.wake)  # the first hard reply need not wait for the model
    await pulse.end()


class Server(uvicorn.Server):
    """The web server, stopped by our own event, so that everything stops together."""

    def __init__(self, house: House, stop: asyncio.Event, door: socket, *, whole: bool = True) -> None:
        super().__init__(
            uvicorn.Config(
                web.app(house) if whole else web.health(house),
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=True,
                forwarded_allow_ips=list(house.settings.trusted_proxies),
                timeout_keep_alive=KEEP_ALIVE_SECONDS,
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


def _works(
    house: House, server: Server, parts: frozenset[Part], stop: asyncio.Event
) -> list[Coroutine[Any, Any, None]]:
    works = [server.serve_until_stopped(), house.living.run(stop), house.bell.run(house.wake_one, stop)]
    if Part.WORKER in parts:
        works += [sender.run(stop) for sender in house.senders.values()]
        if house.channels.telegram is not None:
            works.append(updates.run(house, stop))
        if not house.settings.is_sqlite:
            works.append(mailing.jobs_of(house).run(stop))
    if Part.CLOCK in parts:
        works.append(clock.run(house, stop))
    return works


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
    async with demo.fake_providers(settings) as pointed:
        yield pointed
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
        for theirs, ours in not_read():
            console.print(f"  {theirs} is set, and Heard does not read it: it reads {ours}.", soft_wrap=True)
    elif settings.twilio.on and not settings.public_url.startswith("https://"):
        console.print("  [bold]Twilio cannot call us[/bold]: public_url (HEARD_PUBLIC_URL) is no https address.")
        console.print("  What people write is fetched every five minutes. See docs/connect-sms.md, and heard doctor.")
    console.print("  Ctrl-C stops it.\n")
