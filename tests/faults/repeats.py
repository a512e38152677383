"""Promises 3 and 4 in numbers, and an outage of half an hour: on an installation whose clock is moved by hand.

`python -m tests.faults.repeats --messages 1000 --database sqlite|postgres` runs the three in their long form.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

from bot import doubts
from bot.missed import Missed
from channels.fakes.callbacks import Callbacks
from channels.fakes.fault import Drop, LoseAnswer
from channels.fakes.script import Script
from channels.fakes.twilio_webhook import Post
from storage.outbox import OutState
from tests.bot.town import (
    OUR_NUMBER,
    HandNow,
    Town,
    fake_telegram,
    fake_twilio,
    settled_in,
)
from tests.faults import reckoning
from tests.faults.crowd import broadcast, member, members
from tests.faults.reckoning import Reckoning
from tests.faults.server import empty_database, postgres
from tests.faults.storm import unlimited

COPIES = 5
_AT_ONCE = 8  # messages, each in five copies
_NOWHERE = "http://127.0.0.1:9/webhooks/twilio/message"
_SILENT = Callbacks(())


@asynccontextmanager
async def town(folder: Path, database: str, script: Script | None = None) -> AsyncIterator[Town]:
    """One clock for us and for Twilio."""
    now = HandNow()
    more = unlimited() | ({"HEARD_DATABASE__URL": database} if database else {})
    fakes = fake_twilio(clock=now, script=script or Script()), fake_telegram()
    async with settled_in(folder, *fakes, now, **more) as settled:
        yield settled


async def lost_answers(folder: Path, messages: int, database: str = "", *, dropped: float = 0.0) -> Reckoning:
    """Promise 4: Twilio takes each message and its answer is lost, and no callback ever comes; ten minutes pass.

    That share of the messages Twilio does not even take, the first time.
    """
    script = Script().always(_SILENT)
    for number in range(messages):
        script.to(
            member(number),
            Drop() if number < messages * dropped else LoseAnswer(),
            times=1,
        )
    async with town(folder, database, script) as there:
        those = await there.house.store.write(partial(members, texts=messages, chats=range(0), now=there.now()))
        await there.house.store.write(partial(broadcast, those=those, now=there.now()))
        await there.house.drain()
        for _minute in range(10):
            there.now.move(minutes=1)
            await doubts.settle(there.house)
            await there.house.drain()
        return await _reckoned(there)


async def copies(folder: Path, messages: int, database: str = "") -> Reckoning:
    """Promise 3: each text comes five times at once."""
    async with town(folder, database) as there:
        waiting = [f"+4477{number:08}" for number in range(messages)]
        answers: Counter[int] = Counter()

        async def send() -> None:
            while waiting:
                answers.update(await _five(there, waiting.pop()))

        await asyncio.gather(*(send() for _ in range(_AT_ONCE)))
        await there.house.drain()
        await there.twilio.settled()
        told = await _reckoned(there)
        told.not_ours += [f"answered {status}" for status in answers if status != 200]
        return told


async def _five(there: Town, number: str) -> list[int]:
    await there.twilio.person_sends(number, "JOIN", to=OUR_NUMBER)
    entry = there.twilio.inbox.last(OUR_NUMBER)
    post = Post(f"{there.url}/webhooks/twilio/message", tuple(entry.parameters.items()))
    calls = (there.twilio.caller.call(there.twilio.session, post) for _copy in range(COPIES))
    return [answer.status for answer in await asyncio.gather(*calls)]


async def outage(folder: Path, texts: int, database: str = "") -> Reckoning:
    """Nothing of ours can be reached for thirty minutes, in which people go on writing; a few wrote before."""
    async with town(folder, database) as there:
        missed = Missed(there.house)
        await missed.fetch()
        for number in range(5):
            await there.texts(f"+4478{number:08}", "JOIN")
        for number in range(texts):
            await there.twilio.person_sends(f"+4477{number:08}", "JOIN", to=OUR_NUMBER, webhook_url=_NOWHERE)
            there.now.move(seconds=30 * 60 / texts)
        await Missed(there.house).fetch()  # Heard is started again
        await there.house.drain()
        await there.twilio.settled()
        return await _reckoned(there)


async def _reckoned(there: Town) -> Reckoning:
    told, store = Reckoning(), there.house.store
    reckoning.reckon_texts(told, there.twilio.inbox, await store.read(reckoning.came_in))
    rows: list[Any] = await store.read(reckoning.went_out)
    reckoning.reckon_messages(told, there.twilio.book, rows)
    told.posts_unknown = sum(row.state == OutState.UNKNOWN for row in rows)
    return told


async def _all(messages: int, folder: Path, databases: list[str]) -> int:
    wrong = 0
    runs = {
        f"promise 3: {COPIES} copies at once of {messages} texts": copies,
        f"promise 4: {messages} messages taken, their answers lost": lost_answers,
        f"promise 4: {messages} messages, half of them not taken": partial(lost_answers, dropped=0.5),
        f"an outage of 30 minutes, {messages} texts": outage,
    }
    for (name, run), database in zip(runs.items(), databases, strict=True):
        began = time.monotonic()
        own = folder / f"{len(list(folder.iterdir()))}"
        own.mkdir()
        told = await run(own, messages, database)
        wrong += bool(told.wrong)
        print(f"{name}: {told.wrong or 'nothing lost, nothing twice'} ({time.monotonic() - began:.0f} s)")
    return wrong


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--messages", type=int, default=1000)
    asked.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    given = asked.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="heard-repeats-")))
        databases = [""] * 4
        if given.database == "postgres":
            server = stack.enter_context(postgres())
            databases = [stack.enter_context(empty_database(server.url)) for _ in databases]
        return min(1, asyncio.run(_all(given.messages, folder, databases)))


if __name__ == "__main__":
    sys.exit(main())
