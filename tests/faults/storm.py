"""The storm: texts come in and a broadcast goes out while processes are killed, one after another, at seeded points.

`python -m tests.faults.storm --texts 10000 --messages 20000 --kills 50 --seed 1 --database sqlite|postgres`
prints what came of it, and ends with 1 where anything was lost or said twice.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import sys
import tempfile
import time
from bisect import bisect
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from rich.console import Console

from bot.keys import keys_in
from bot.missed import LOOKED
from channels.fakes.clock import Clock
from storage import marks, messages_in
from storage.store import Tx, open_store
from tests.bot.town import fake_telegram, fake_twilio
from tests.end_to_end.installation import Installation, installed
from tests.faults import reckoning
from tests.faults.crowd import SAID, Crowd, Flow, broadcast, members
from tests.faults.points import Point, lay
from tests.faults.server import empty_database, postgres
from tests.faults.supervisor import ALL_IN_ONE, MANY, Supervisor
from tests.faults.told import Kill, Plan, Told, tell

_OWN_CHATS = 800_000_000
_KILL_SECONDS = 120.0  # a fuse that has not burnt by then is taken away, and the kill counts as missing
_FETCHED_SECONDS = 60.0
_LOOK_SECONDS = 0.05
_LATE_CALLS = timedelta(seconds=0.25)  # in which a dead process's calls may still arrive
_EVENT = re.compile(r"\[(?:warning|error|critical) *\] (\S+)(?:.*?\berror=(\S+))?")


T = TypeVar("T")
Trouble = Callable[["Storm"], Awaitable[None]]


async def kills(storm: Storm) -> None:
    """The plan's, one after another. Each has its share of the texts and of the broadcast: none may find all done."""
    for number, (point, passing) in enumerate(storm.plan.fuses(), 1):
        await storm.kill(number, point, passing)


class Storm:
    """One run on one installation."""

    def __init__(self, plan: Plan, there: Installation, parts: tuple[str, ...], clock: Clock) -> None:
        self.plan = plan
        self.there = there
        self._fuse = there.folder / "fuse"
        self.told = Told(plan)
        self.flow = Flow()
        self.crowd = Crowd(there, plan.texts, self.flow)
        self._to_tell: list[tuple[int, str]] = []
        variables = there.variables | {
            "FAULTS_FUSE": str(self._fuse),
            "FAULTS_CLOCK": str(there.folder / "clock"),
        }
        variables |= {
            "FAULTS_LEASE": plan.lease,
            "FAULTS_MISTAKE": plan.mistake,
            "FAULTS_PAGES": plan.pages,
        }
        self.keeper = Supervisor(variables, there.folder, parts, plan.quick)
        self._clock = clock

    async def run(self, trouble: Trouble | None = None) -> Told:
        """Until all is settled. `trouble` is what befalls it meanwhile: the plan's kills, unless another is named."""
        began = time.monotonic()
        try:
            await self.keeper.start()
            await self._members()
            writing = asyncio.create_task(self.crowd.write())
            if trouble is not None:
                await self._broadcast()
            await (trouble or kills)(self)
            await self._broadcast()
            self.flow.let(self.plan.texts * 2)
            await self._look_after(writing)
            self.told.seconds = time.monotonic() - began
            await self._settle()
            await self.keeper.stop()
            await self._reckon()
        finally:
            self.keeper.kill()
        self.told.crashes = self.keeper.crashes
        self.told.events = Counter(
            " ".join(filter(None, found.groups())) for found in _EVENT.finditer(_plain(self.keeper.printed))
        )
        return self.told

    async def _members(self) -> None:
        """Those whom a broadcast is for, once Heard first looked at Twilio's list: before that nobody wrote to it."""
        chats = range(_OWN_CHATS, _OWN_CHATS + self.plan.messages // 40)
        for chat in chats:
            self.there.telegram.person(chat, started=True)
        while await self.there.look(partial(marks.get, name=LOOKED)) is None:
            await asyncio.sleep(0.1)
        self._to_tell = await _write(
            self.there, partial(members, texts=self.plan.messages, chats=chats, now=self._clock())
        )

    async def _broadcast(self, number: int | None = None) -> None:
        """So many more of its messages may go, or all that are left."""
        those, self._to_tell = self._to_tell[:number], self._to_tell[number:] if number else []
        await _write(self.there, partial(broadcast, those=those, now=self._clock()))

    async def kill(self, number: int, point: Point, passing: int) -> None:
        lay(self._fuse, point, passing, f"kill {number}")
        await self._broadcast(self.plan.messages // self.plan.kills)
        self.flow.let(self.plan.texts // self.plan.kills)
        place = await self.keeper.next_death(_KILL_SECONDS)
        if place is None:
            self._fuse.unlink(missing_ok=True)
            self.told.missing.append(f"{point.name}, {passing}")
            return
        died, at = time.monotonic(), self._clock()
        calls = await self.there.look(reckoning.under_way)
        place.start()
        await place.until_ready()
        self.told.kills.append(Kill(point.name, passing, place.part, at, calls, time.monotonic() - died))

    async def _look_after(self, writing: asyncio.Task[None]) -> None:
        while not writing.done():
            place = await self.keeper.next_death(0.5)
            if place is not None:
                self.keeper.crashes.append(f"{place.part} was killed by nobody")
                place.start()
        await writing

    async def misses(self, number: int) -> None:
        """So many texts come while our web cannot be reached; they are there a minute of patience later."""
        keys = [f"sms:{await self.crowd.is_missed()}" for _text in range(number)]
        deadline = time.monotonic() + _FETCHED_SECONDS
        while len(await self.there.look(partial(messages_in.known, provider_keys=keys))) < number:
            if time.monotonic() > deadline:
                self.told.crashes.append(f"{number} texts that missed us were not fetched")
                return
            await asyncio.sleep(_LOOK_SECONDS)

    async def _settle(self) -> None:
        """Until nothing waits, and every text is there."""
        began = time.monotonic()
        while await self.there.look(reckoning.waiting) or await self.there.look(reckoning.taken) < self._written:
            if time.monotonic() - began > self.plan.settle_seconds:
                break
            if (place := await self.keeper.next_death(0.5)) is not None:
                self.keeper.crashes.append(f"{place.part} was killed by nobody")
                place.start()
        self.told.settled_after = time.monotonic() - began

    @property
    def _written(self) -> int:
        return len(self.there.twilio.inbox) + len(self.crowd.chatting)

    async def _reckon(self) -> None:
        told, there = self.told.reckoning, self.there
        rows = await there.look(reckoning.came_in)
        reckoning.reckon_texts(told, there.twilio.inbox, rows)
        reckoning.reckon_chats(told, len(self.crowd.chatting), rows)
        reckoning.reckon_messages(told, there.twilio.book, await there.look(reckoning.went_out))
        reckoning.reckon_posts(told, there.telegram.book, await there.look(reckoning.posted))
        self.told.given_up = self.crowd.given_up
        self.told.unanswered = self.crowd.unanswered
        for number in self.crowd.talking:
            heard = [entry.text for entry in there.twilio.book.to(number)]
            fits = len(heard) == len(SAID) and all(map(str.startswith, heard, SAID))
            self.told.out_of_order += not fits
        times = [entry.at for entry in there.twilio.book]
        for kill in self.told.kills:
            after = bisect(times, kill.at + _LATE_CALLS)
            kill.on = (times[after] - kill.at).total_seconds() if after < len(times) else None


def _plain(printed: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", printed)


def until_working_time() -> float:
    """How many seconds it is until Monday, 10 in the morning: at that time no quiet hours hold anything up."""
    now = datetime.now(UTC)
    monday = (now + timedelta(days=7 - now.weekday())).replace(hour=10, minute=0, second=0, microsecond=0)
    return (monday - now).total_seconds()


async def _write(there: Installation, work: Callable[[Tx], T]) -> T:
    """Change the database itself, beside the running process."""
    folder = there.folder / "data"
    url = there.variables.get("HEARD_DATABASE__URL") or f"sqlite:///{folder / 'heard.db'}"
    store = open_store(url, keys_in(folder / "keys"))
    try:
        return await store.write(work)
    finally:
        await store.close()


def unlimited() -> dict[str, str]:
    """As fast as it goes, whatever it costs."""
    return {"HEARD_SENDER__SMS__PER_SECOND": "0", "HEARD_SENDER__SMS__PENCE_A_DAY": "0"}


async def storm(plan: Plan, folder: Path, database: str = "", trouble: Trouble | None = None) -> Told:
    """Let it rage on SQLite, or on that PostgreSQL database with a web, two workers and two clocks."""
    wrong = until_working_time()
    (folder / "clock").write_text(str(wrong))

    def clock() -> datetime:
        return datetime.now(UTC) + timedelta(seconds=wrong)

    more = unlimited() | ({"HEARD_DATABASE__URL": database} if database else {})
    async with installed(folder, fake_twilio(clock=clock), fake_telegram(clock=clock), **more) as there:
        return await Storm(plan, there, MANY if database else ALL_IN_ONE, clock).run(trouble)


def main() -> int:
    asked = argparse.ArgumentParser()
    for name, usual in (
        ("texts", 10_000),
        ("messages", 20_000),
        ("kills", 50),
        ("seed", 1),
    ):
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
