"""The storm: texts come in and a broadcast goes out while processes are killed, one after another, at seeded points.

`python -m tests.faults.storm --texts 10000 --messages 20000 --kills 50 --seed 1 --database sqlite|postgres`
prints what came of it, and ends with 1 where anything was lost or said twice.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import sys
import tempfile
import time
from bisect import bisect
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.keys import keys_in
from bot.missed import LOOKED
from channels.fakes.clock import Clock
from storage import marks
from storage.store import Tx, open_store
from tests.bot.town import fake_telegram, fake_twilio
from tests.end_to_end.installation import Installation, installed
from tests.faults import reckoning
from tests.faults.crowd import SAID, Crowd, Flow, broadcast
from tests.faults.points import POINTS, Point, lay
from tests.faults.reckoning import Reckoning
from tests.faults.server import empty_database, postgres
from tests.faults.supervisor import ALL_IN_ONE, MANY, Place, Supervisor

_OWN_CHATS = 800_000_000
_KILL_SECONDS = 120.0  # a fuse that has not burnt by then is taken away, and the kill counts as missing
_WORK_SECONDS = 10.0  # at most so long between being up again and the next fuse
_LOOK_SECONDS = 0.05
_MORE_SECONDS = 3.0  # where a fuse waits for texts, some more are written
_LATE_CALLS = timedelta(seconds=0.25)  # in which a dead process's calls may still arrive
_EVENT = re.compile(r"\[(warning|error|critical) *\] (\S+)")


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to happen. `lease`: seconds of silence that a drain's lease bears, the usual 10 where it is empty."""

    texts: int
    messages: int
    kills: int
    seed: int
    points: tuple[Point, ...] = POINTS
    lease: str = ""
    mistake: str = ""
    quick: bool = False
    settle_seconds: float = 600.0

    def fuses(self) -> Iterator[tuple[Point, int]]:
        """Each point as often as every other, in a seeded order, each with the number of passings."""
        chance = random.Random(self.seed)
        points = [self.points[number % len(self.points)] for number in range(self.kills)]
        chance.shuffle(points)
        share = max(1, self.texts // max(1, self.kills) // 2)
        for point in points:
            yield point, chance.randint(1, min(point.most, share))


@dataclass(slots=True)
class Kill:
    """One death. `up`: seconds until the process was ready again; `on`: until the next message was accepted."""

    point: str
    number: int
    part: str
    at: datetime
    calls: dict[str, int]
    up: float
    on: float | None = None


@dataclass(slots=True)
class Told:
    """What came of a storm."""

    plan: Plan
    kills: list[Kill] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)
    reckoning: Reckoning = field(default_factory=Reckoning)
    given_up: list[str] = field(default_factory=list)
    unanswered: int = 0
    out_of_order: int = 0
    seconds: float = 0.0
    settled_after: float = 0.0
    events: Counter[str] = field(default_factory=Counter)

    @property
    def calls_cut(self) -> int:
        """How many calls to Telegram may have been under way, over all deaths."""
        return sum(kill.calls.get("telegram", 0) for kill in self.kills)

    @property
    def wrong(self) -> dict[str, int]:
        found = self.reckoning.wrong
        cut = len(self.reckoning.posts_lost) + len(self.reckoning.posts_twice)
        for name, number in (
            ("more_posts_lost_than_calls_cut", max(0, cut - self.calls_cut)),
            ("kills_missing", len(self.missing)),
            ("crashes", len(self.crashes)),
            ("people_who_gave_up", len(self.given_up)),
            ("out_of_order", self.out_of_order),
        ):
            if number:
                found[name] = number
        return found


class Storm:
    """One run on one installation."""

    def __init__(self, plan: Plan, there: Installation, parts: tuple[str, ...], clock: Clock) -> None:
        self._plan = plan
        self._there = there
        self._fuse = there.folder / "fuse"
        self._told = Told(plan)
        self._flow = Flow()
        self._crowd = Crowd(there, plan.texts, self._flow)
        variables = there.variables | {"FAULTS_FUSE": str(self._fuse), "FAULTS_CLOCK": str(there.folder / "clock")}
        variables |= {"FAULTS_LEASE": plan.lease, "FAULTS_MISTAKE": plan.mistake}
        self._keeper = Supervisor(variables, there.folder, parts, plan.quick)
        self._clock = clock

    async def run(self) -> Told:
        began = time.monotonic()
        try:
            await self._keeper.start()
            await self._queue()
            writing = asyncio.create_task(self._crowd.write())
            for number, (point, passing) in enumerate(self._plan.fuses(), 1):
                await self._kill(number, point, passing)
            self._flow.let(self._plan.texts * 2)
            await self._look_after(writing)
            self._told.seconds = time.monotonic() - began
            await self._settle()
            await self._keeper.stop()
            await self._reckon()
        finally:
            self._keeper.kill()
        self._told.crashes = self._keeper.crashes
        self._told.events = Counter(found[2] for found in _EVENT.finditer(_plain(self._keeper.printed)))
        return self._told

    async def _queue(self) -> None:
        """The broadcast, once Heard has had its first look at Twilio's list: before that nobody wrote to it."""
        chats = range(_OWN_CHATS, _OWN_CHATS + self._plan.messages // 40)
        for chat in chats:
            self._there.telegram.person(chat, started=True)
        while await self._there.look(partial(marks.get, name=LOOKED)) is None:
            await asyncio.sleep(0.1)
        await _write(self._there, partial(broadcast, texts=self._plan.messages, chats=chats, now=self._clock()))

    async def _kill(self, number: int, point: Point, passing: int) -> None:
        await self._work_done(number)
        lay(self._fuse, point, passing, f"kill {number}")
        self._flow.let(self._plan.texts // max(1, self._plan.kills))
        place = await self._death()
        if place is None:
            self._fuse.unlink(missing_ok=True)
            self._told.missing.append(f"{point.name}, {passing}")
            return
        died, at = time.monotonic(), self._clock()
        calls = await self._there.look(reckoning.under_way)
        place.start()
        await place.until_ready()
        self._told.kills.append(Kill(point.name, passing, place.part, at, calls, time.monotonic() - died))

    async def _work_done(self, number: int) -> None:
        """Until this kill's share of the broadcast has gone, so that kills are spread over all of it."""
        share = self._plan.messages * (number - 1) // self._plan.kills
        deadline = time.monotonic() + _WORK_SECONDS
        while self._there.twilio.book.count < share and time.monotonic() < deadline:
            await asyncio.sleep(_LOOK_SECONDS)

    async def _death(self) -> Place | None:
        deadline = time.monotonic() + _KILL_SECONDS
        while time.monotonic() < deadline:
            place = await self._keeper.next_death(_MORE_SECONDS)
            if place is not None:
                return place
            self._flow.let(20)
        return None

    async def _look_after(self, writing: asyncio.Task[None]) -> None:
        while not writing.done():
            place = await self._keeper.next_death(0.5)
            if place is not None:
                self._keeper.crashes.append(f"{place.part} was killed by nobody")
                place.start()
        await writing

    async def _settle(self) -> None:
        """Until nothing waits, and every text is there."""
        began = time.monotonic()
        while await self._there.look(reckoning.waiting) or await self._there.look(reckoning.taken) < self._written:
            if time.monotonic() - began > self._plan.settle_seconds:
                break
            if (place := await self._keeper.next_death(0.5)) is not None:
                self._keeper.crashes.append(f"{place.part} was killed by nobody")
                place.start()
        self._told.settled_after = time.monotonic() - began

    @property
    def _written(self) -> int:
        return len(self._there.twilio.inbox) + len(self._crowd.chatting)

    async def _reckon(self) -> None:
        told, there = self._told.reckoning, self._there
        rows = await there.look(reckoning.came_in)
        reckoning.reckon_texts(told, there.twilio.inbox, rows)
        reckoning.reckon_chats(told, len(self._crowd.chatting), rows)
        reckoning.reckon_messages(told, there.twilio.book, await there.look(reckoning.went_out))
        reckoning.reckon_posts(told, there.telegram.book, await there.look(reckoning.posted))
        self._told.given_up = self._crowd.given_up
        self._told.unanswered = self._crowd.unanswered
        for number in self._crowd.talking:
            heard = [entry.text for entry in there.twilio.book.to(number)]
            fits = len(heard) == len(SAID) and all(map(str.startswith, heard, SAID))
            self._told.out_of_order += not fits
        times = [entry.at for entry in there.twilio.book]
        for kill in self._told.kills:
            after = bisect(times, kill.at + _LATE_CALLS)
            kill.on = (times[after] - kill.at).total_seconds() if after < len(times) else None


def _plain(printed: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", printed)


def until_working_time() -> float:
    """How many seconds it is until Monday, 10 in the morning: at that time no quiet hours hold anything up."""
    now = datetime.now(UTC)
    monday = (now + timedelta(days=7 - now.weekday())).replace(hour=10, minute=0, second=0, microsecond=0)
    return (monday - now).total_seconds()


async def _write(there: Installation, work: Callable[[Tx], None]) -> None:
    """Change the database itself, beside the running process."""
    folder = there.folder / "data"
    url = there.variables.get("HEARD_DATABASE__URL") or f"sqlite:///{folder / 'heard.db'}"
    store = open_store(url, keys_in(folder / "keys"))
    try:
        await store.write(work)
    finally:
        await store.close()


async def storm(plan: Plan, folder: Path, database: str = "") -> Told:
    """Let it rage on SQLite, or on that PostgreSQL database with a web, two workers and two clocks."""
    wrong = until_working_time()
    (folder / "clock").write_text(str(wrong))

    def clock() -> datetime:
        return datetime.now(UTC) + timedelta(seconds=wrong)

    more = {"HEARD_DATABASE__URL": database} if database else {}
    async with installed(folder, fake_twilio(clock=clock), fake_telegram(clock=clock), **more) as there:
        return await Storm(plan, there, MANY if database else ALL_IN_ONE, clock).run()


def tell(told: Told, console: Console) -> None:
    table = Table(title=f"{len(told.kills)} kills, seed {told.plan.seed}")
    for heading in ("", "point", "passing", "who", "calls under way", "up again after", "next message after"):
        table.add_column(heading, justify="left" if heading in {"point", "who"} else "right")
    for number, kill in enumerate(told.kills, 1):
        calls = ", ".join(f"{count} {name}" for name, count in sorted(kill.calls.items()))
        on = "" if kill.on is None else f"{kill.on:.1f} s"
        table.add_row(str(number), kill.point, str(kill.number), kill.part, calls, f"{kill.up:.1f} s", on)
    console.print(table)
    found = told.reckoning
    console.print(f"{found.texts} texts in, {told.unanswered} of them with no 2xx; lost {len(found.texts_lost)}")
    console.print(f"{found.messages} messages by Twilio; lost {len(found.lost)}, twice {len(found.twice)}")
    console.print(f"{found.chats} updates by Telegram; lost {len(found.chats_lost)}")
    console.print(
        f"{found.posts} messages by Telegram; lost {len(found.posts_lost)}, twice {len(found.posts_twice)}, "
        f"{found.posts_unknown} shown as unknown; at most {told.calls_cut} calls were under way at a kill"
    )
    console.print(f"it took {told.seconds:.0f} s, and {told.settled_after:.0f} s more until all was settled")
    console.print(f"logged: {dict(told.events.most_common(20))}")
    for name in ("missing", "crashes", "given_up"):
        if getattr(told, name):
            console.print(f"{name}: {getattr(told, name)[:10]}")
    for name in told.reckoning.wrong:
        console.print(f"{name}: {Counter(getattr(told.reckoning, name)).most_common(10)}")
    console.print(f"[bold]{'WRONG: ' + str(told.wrong) if told.wrong else 'nothing lost, nothing said twice'}[/bold]")


def main() -> int:
    asked = argparse.ArgumentParser()
    for name, usual in (("texts", 10_000), ("messages", 20_000), ("kills", 50), ("seed", 1)):
        asked.add_argument(f"--{name}", type=int, default=usual)
    asked.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    asked.add_argument("--lease", default="")
    asked.add_argument("--quick", action="store_true")
    asked.add_argument("--mistake", default="")
    given = asked.parse_args()
    plan = Plan(
        given.texts,
        given.messages,
        given.kills,
        given.seed,
        lease=given.lease,
        mistake=given.mistake,
        quick=given.quick,
    )
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="heard-storm-")))
        url = ""
        if given.database == "postgres":
            url = stack.enter_context(empty_database(stack.enter_context(postgres()).url))
        told = asyncio.run(storm(plan, folder, url))
    tell(told, Console(width=150))
    return 1 if told.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
