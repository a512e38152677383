"""Promises 37 and 1, of the real process: how soon it works with a full outbox, and what it had said thanks for."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from sqlalchemy import select

from bank import broadcasts
from bot.house import open_house
from storage import addresses, messages_in, outbox
from storage import broadcasts as kept
from storage.store import Tx
from tests.bank.members import crowd
from tests.bot.town import _settings
from tests.end_to_end.installation import Installation, installed

ASHA = "+447700900121"
MEMBERS, BROADCASTS = 10_000, 10
TEN_SECONDS = 10.0
THANKED = 60


def slowness() -> float:
    """How many times longer things take while others use this machine too; 1 on a quiet one."""
    wall, own = time.perf_counter(), time.process_time()
    while time.process_time() - own < 0.1:
        pass
    return max(1.0, (time.perf_counter() - wall) / 0.1)


async def filled(there: Installation) -> None:
    """A hundred thousand messages are queued, and nothing runs."""
    async with open_house(_settings(there.variables)) as house:
        now = house.now()

        def begin(tx: Tx) -> list[int]:
            crowd(tx, MEMBERS)
            return [
                kept.add(
                    tx,
                    token=f"news{number}",
                    words={"en": "News."},
                    priority=4,
                    due_at=now,
                    queued_to=0,
                    spent=0,
                    created_at=now,
                )
                for number in range(BROADCASTS)
            ]

        for broadcast_id in await house.store.write(begin):
            await house.store.write(
                lambda tx, one=broadcast_id: broadcasts.queue_more(tx, one, now, house.organisation, MEMBERS)  # type: ignore[misc]
            )
        assert (await house.store.read(outbox.tally))["queued"] == MEMBERS * BROADCASTS


async def test_promise_37_the_first_message_is_answered_ten_seconds_after_a_start(tmp_path: Path) -> None:
    """From the start of the process to the reply at the provider, with a hundred thousand messages before it."""
    async with installed(tmp_path, HEARD_SENDER__SMS__PER_SECOND="10") as there:
        await filled(there)
        before, began = slowness(), time.monotonic()
        async with there.running():
            assert (await there.texts(ASHA, "HELP")).status == 200
            taken = time.monotonic() - began
            await there.got(ASHA, 1)
            answered = time.monotonic() - began
        allowed = TEN_SECONDS * max(before, slowness())
        assert taken < allowed, f"taken in after {taken:.1f} seconds"
        assert answered < allowed, f"answered after {answered:.1f} seconds"


async def test_promise_1_whatever_was_thanked_for_is_there_after_a_kill(tmp_path: Path) -> None:
    async with installed(tmp_path) as there:
        thanked: set[str] = set()

        async def writes(number: int) -> None:
            answer = await there.texts(phone := f"+4477009{number:05}", "HELP")
            if answer.status == 200:
                thanked.add(phone)

        async with there.running() as process:
            writing = [asyncio.create_task(writes(number)) for number in range(10 * THANKED)]
            while len(thanked) < THANKED:
                await asyncio.sleep(0.001)
            process.kill()
            await asyncio.gather(*writing)
        assert len(thanked) < len(writing), "all of them came before the kill, and it shows nothing"
        assert await there.look(lambda tx: missing(tx, thanked)) == set()


def missing(tx: Tx, phones: set[str]) -> set[str]:
    """Who of these was thanked, and is not there."""
    here = messages_in.messages_in.join(addresses.addresses)
    rows = tx.execute(select(addresses.addresses.c.address).select_from(here))
    return phones - set(rows.scalars())
