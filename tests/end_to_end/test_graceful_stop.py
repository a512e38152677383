"""Told to stop in the middle of its work, Heard is gone within 10 seconds and leaves nothing half done.

What was claimed was sent and is noted, or waits for whoever comes next. Nothing is lost, and nothing is said twice.
"""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest
from sqlalchemy import func, select

from channels.fakes.callbacks import NEVER
from channels.fakes.fault import Late
from channels.fakes.script import Script
from storage.messages_in import messages_in
from storage.outbox import OutState, messages_out
from storage.store import Tx
from tests.bot.town import fake_twilio
from tests.end_to_end.installation import Installation, installed
from tests.end_to_end.running import STOP_SECONDS, Running
from tests.end_to_end.test_many_processes import holder
from tests.end_to_end.test_missed_for_real import has_looked

NAMES = count(1)
STRANGERS = [f"+447700900{number:03}" for number in range(120)]
AT_ONCE = 8
SOME = 30  # have a reply when we are told to stop
ANSWERS_AFTER = 0.2  # seconds that the provider takes for each
PATIENCE = 60.0  # seconds
NOT_CALLED = {OutState.QUEUED}
CALLED = {OutState.ACCEPTED, OutState.SENT, OutState.DELIVERED}


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """What the settings say of the database: nothing for SQLite, one without a table for PostgreSQL."""
    if request.param == "sqlite":
        yield {}
    else:
        yield from _on_postgres(request.getfixturevalue("postgres_url"))


@pytest.fixture
def postgres(postgres_url: str) -> Iterator[dict[str, str]]:
    yield from _on_postgres(postgres_url)


def _on_postgres(server: str) -> Iterator[dict[str, str]]:
    name = f"stopped_{next(NAMES)}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} STRATEGY file_copy")
        yield {"HEARD_DATABASE__URL": server.replace("/postgres?", f"/{name}?")}
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


async def told_to_stop(process: Running) -> int:
    """What systemd and a container's engine do. The exit code, once it has gone in time."""
    began = time.monotonic()
    process.process.send_signal(signal.SIGTERM)
    code = await asyncio.to_thread(process.process.wait, 2 * STOP_SECONDS if is_busy() else STOP_SECONDS)
    print(f"gone after {time.monotonic() - began:.1f} s")
    return code


def is_busy() -> bool:
    """Whether this machine does so much else that seconds mean little."""
    return os.getloadavg()[0] > 2 * (os.cpu_count() or 1)


async def all_write(there: Installation) -> int:
    """Each stranger writes once, some at the same time. To how many we said that we have it."""
    waiting = list(STRANGERS)

    async def one_by_one() -> int:
        kept = 0
        while waiting:
            kept += (await there.texts(waiting.pop(), "JOIN")).status == 200
        return kept

    return sum(await asyncio.gather(*(one_by_one() for _ in range(AT_ONCE))))


async def some_are_answered(there: Installation, number: int = SOME) -> None:
    await there.twilio.book.wait_for(lambda book: len(book) >= number, PATIENCE)


def taken(tx: Tx) -> int:
    return int(tx.execute(select(func.count()).select_from(messages_in)).scalar_one())


def outbox(tx: Tx) -> list[tuple[str, str]]:
    """The token and the state of each message."""
    return [(row.token, row.state) for row in tx.execute(select(messages_out.c.token, messages_out.c.state))]


def sent(there: Installation) -> Counter[str]:
    """How often the provider accepted each message, by our token for it."""
    books = (parse_qs(urlsplit(entry.parameters["StatusCallback"]).query)["t"][0] for entry in there.twilio.book)
    return Counter(books)


async def nothing_is_half_done(there: Installation) -> None:
    """What the outbox says of each message is what the provider's book says."""
    times = sent(there)
    for token, state in await there.look(outbox):
        assert state in NOT_CALLED | CALLED, state
        assert times.pop(token, 0) == (state in CALLED), state
    assert not times


async def everybody_is_answered_once(there: Installation) -> None:
    await some_are_answered(there, len(STRANGERS))
    await there.twilio.settled()
    assert Counter(entry.to for entry in there.twilio.book) == dict.fromkeys(STRANGERS, 1)
    assert await there.look(taken) == len(STRANGERS)


async def test_heard_run_stops_under_load_and_what_was_left_goes_out_at_the_next_start(
    tmp_path: Path, database: dict[str, str]
) -> None:
    """What people write meanwhile is kept or refused; the refused is fetched from the provider's list."""
    slow = fake_twilio(script=Script().always(Late(ANSWERS_AFTER)))
    async with installed(tmp_path, slow, **database) as there:
        async with there.running() as process:
            await has_looked(there)
            writing = asyncio.create_task(all_write(there))
            await some_are_answered(there)
            code = await told_to_stop(process)
        kept = await writing
        assert code == 0
        assert "Traceback" not in process.printed
        assert await there.look(taken) == kept
        await nothing_is_half_done(there)
        async with there.running():
            await everybody_is_answered_once(there)


async def test_a_worker_stops_under_load_and_another_goes_on(tmp_path: Path, postgres: dict[str, str]) -> None:
    slow = fake_twilio(script=Script().always(Late(ANSWERS_AFTER)))
    async with installed(tmp_path, slow, **postgres) as there, there.part("web"):
        async with there.part("worker") as first, there.part("worker") as second:
            sends = await holder([first, second], "sender:sms", PATIENCE)
            writing = asyncio.create_task(all_write(there))
            await some_are_answered(there)
            code = await told_to_stop(sends)
            assert code == 0
            assert "Traceback" not in sends.printed
            assert await writing == len(STRANGERS)
            await everybody_is_answered_once(there)
        await nothing_is_half_done(there)


async def test_a_provider_that_does_not_answer_does_not_keep_us(tmp_path: Path, database: dict[str, str]) -> None:
    """The calls are cut off. Nobody knows whether those messages went, and that is what we note."""
    answer = asyncio.Event()
    silent = fake_twilio(script=Script().always(Late(answer)).always(NEVER))
    async with installed(tmp_path, silent, **database) as there:
        async with there.running() as process:
            writing = asyncio.create_task(all_write(there))
            await some_are_answered(there)
            code = await told_to_stop(process)
        answer.set()
        await writing
        assert code == 0
        assert "Traceback" not in process.printed
        times = sent(there)
        assert max(times.values()) == 1
        for token, state in await there.look(outbox):
            assert state == OutState.UNKNOWN or (state == OutState.QUEUED and token not in times), state
