"""`heard status --watch`: how Heard is running, in a terminal, anew every two seconds. It reads, and writes nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from bank import running
from bank.running import Running
from bot import problems
from bot.house import organisation_of
from bot.living import Living
from bot.now import Now
from bot.settings import Settings, SettingsMistake
from storage import migrate
from storage.keys import KeyRing
from storage.store import Away, Store, open_store

_SECONDS = 2.0


def run(settings: Settings, console: Console) -> None:
    """Show it until Ctrl-C. Raises SettingsMistake, KeysUnusable, DatabaseNewer, and Away at the start."""
    with suppress(KeyboardInterrupt):
        asyncio.run(watch(settings, console))


async def watch(settings: Settings, console: Console, times: int | None = None, seconds: float = _SECONDS) -> None:
    """Show it so many times, or for ever. Where nobody looks on, each is printed below the last."""
    async with _beside(settings) as (store, living):
        with Live(console=console, auto_refresh=False) as live:
            while times is None or times > 0:
                picture = await _picture(store, living, settings.organisation.council)
                if console.is_terminal:
                    live.update(picture, refresh=True)
                else:
                    console.print(picture)
                times = times and times - 1
                await asyncio.sleep(seconds if times != 0 else 0)


@asynccontextmanager
async def _beside(settings: Settings) -> AsyncIterator[tuple[Store, Living]]:
    """The rows of the Heard that runs, or that ran, here: nothing is made and nothing is brought up to date."""
    store = open_store(settings.database_url, _keys(settings))
    try:
        living = Living(organisation_of(settings), store)
        await living.renew()
        yield store, living
    finally:
        await store.close()


def _keys(settings: Settings) -> KeyRing:
    """The keys of a database that this version can read. Raises SettingsMistake, KeysUnusable, DatabaseNewer, Away."""
    if settings.is_sqlite and not Path(settings.database_url.removeprefix("sqlite:///")).exists():
        raise SettingsMistake("There is no database here yet. Start Heard first, with heard run.")
    if migrate.pending(settings.database_url):
        raise SettingsMistake("The database is of an older version. Start Heard first, or use heard db upgrade.")
    return KeyRing.load(settings.data_dir / "keys")


async def _picture(store: Store, living: Living, council: str) -> RenderableType:
    now = Now()()
    try:
        found = await store.read(lambda tx: running.look(tx, now, living()))
    except Away:
        return Text("The database cannot be reached.", style="bold red")
    return picture(found, council)


def picture(found: Running, council: str) -> RenderableType:
    """All of it, as a terminal shows it."""
    head = Text(f"Heard, {council}", style="bold")
    wrongs = [Text(wrong, style="bold red") for wrong in found.wrongs]
    parts = (_processes(found), _queue(found), _figures(found), _ticks(found), _troubles(found))
    return Group(head, *(wrongs or [Text("Every part of Heard is running.", style="green")]), *parts)


def _table(*names: str, rows: Iterable[tuple[str, ...]]) -> RenderableType:
    """The rows under these names; where there are none, a line that says so."""
    table = Table(*names, box=SIMPLE_HEAD)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table if table.rows else Text(f"\n  {names[0]}: nothing", style="dim")


def _processes(found: Running) -> RenderableType:
    rows = (
        (
            str(one.number),
            ", ".join(one.parts),
            "; ".join(one.duties),
            "silent" if one.silent else f"{running.part_name(one.wrong)} is not well" if one.wrong else "well",
            f"{found.age(one.beat_at)} ago",
        )
        for one in found.processes
    )
    return _table("process", "what it does", "and no other", "how it is", "heard of", rows=rows)


def _queue(found: Running) -> RenderableType:
    rows = (
        (
            running.sender_name(one.sender),
            running.PRIORITIES[one.priority],
            running.counted(one.due),
            running.counted(one.later),
            found.age(one.oldest) if one.oldest else "",
        )
        for one in found.queue
    )
    return _table("waits to be sent", "what", "now", "later", "the oldest for", rows=rows)


def _figures(found: Running) -> RenderableType:
    def rows() -> Iterator[tuple[str, str]]:
        yield "messages in today", str(found.came_in)
        for what, count in found.went_out.items():
            yield f"messages out today, {what}", str(count)
        yield "nobody knows whether they went", running.counted(found.unknown)
        yield "dead letters", running.counted(found.dead_letters)

    return _table("messages", "how many", rows=rows())


def _ticks(found: Running) -> RenderableType:
    rows = (
        (about, f"{found.age(found.ticks[name])} ago" if name in found.ticks else "not yet")
        for name, about in running.TICKS.items()
    )
    return _table("by time", "last done", rows=rows)


def _troubles(found: Running) -> RenderableType:
    rows = (
        (
            running.sender_name(one.sender),
            problems.sentence(one.sender, one.problem) or one.problem,
            f"{found.age(one.last_at)} ago",
        )
        for one in found.troubles
    )
    return _table("trouble in the last hour", "what to do", "last", rows=rows)
