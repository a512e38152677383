"""What the clock's looks for meetings cost in a bank that has had years of them, on both databases.

`python -m bench.meetings [MEMBERS]`. The clock looks every 20 seconds, whether anything is due or not. Beside it stands
the least there is: one row by its id.
"""

from __future__ import annotations

import asyncio
import platform
import random
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median

from sqlalchemy import Table, insert, select

from bank import (
    arrangement_news,
    meeting_calls,
    meeting_repeat,
    meetings,
    needs_review,
    reminder_lost,
    reminding,
    rsvp_again,
    rsvp_places,
    wall_time,
)
from bank.chore import Chore
from bank.tokens import token
from bank.upkeep import CHORES
from bench import crowd
from bench.postgres import database
from bench.server import settings
from bot.house import House, open_house
from storage import meetings as kept
from storage.arrangements import ArrangementKind, ArrangementState, arrangements
from storage.meetings import MeetingKind, MeetingState, Way
from storage.people import people
from storage.reminders import ReminderState, Step, reminders
from storage.rsvps import RsvpState, rsvps
from storage.store import Tx

MEMBERS, TIMES = 40_000, 9
_MEETINGS, _EACH, _STILL_TO_COME = 1_500, 40, 60
_STATES = (RsvpState.COMING, RsvpState.COMING, RsvpState.WAITING, RsvpState.MAYBE, RsvpState.NOT_COMING)
_ABOUT_MEETINGS = frozenset(
    module.__name__
    for module in (
        arrangement_news, meeting_calls, meeting_repeat, meetings, needs_review, reminder_lost, reminding, rsvp_again,
        rsvp_places,
    )
)  # fmt: skip


async def gather(house: House, members: int) -> None:
    """The crowd; meetings of three years, each with forty answers, reminders that went and things arranged."""
    await crowd.gather(house.store, members, 0)
    chance = random.Random(5)
    for number in range(_MEETINGS):
        await house.store.write(partial(_meeting, number=number, members=members, chance=chance))
    await house.store.write(_looked_at_anew)


def _meeting(tx: Tx, number: int, members: int, chance: random.Random) -> None:
    now = datetime.now(UTC)
    to_come = number >= _MEETINGS - _STILL_TO_COME
    on = (now + timedelta(days=number - _MEETINGS + _STILL_TO_COME + 1)).date().isoformat()
    when = {"on_day": on, "at_time": "14:00", "zone": "Europe/London", "minutes": 120}
    moments = wall_time.moments(on, "14:00", "Europe/London", 120)
    state = MeetingState.OPEN if to_come else MeetingState.OVER
    own = {"token": token(), "kind": MeetingKind.SPACE, "state": state, "words": {"title": {"en": "Carers' space"}}}
    row = kept.add(tx, **own, **when, **moments, way=Way.IN_PERSON, capacity=16, created_at=now, changed_at=now)
    whose = chance.sample(range(1, members + 1), _EACH)
    stands = {person: _STATES[place % len(_STATES)] for place, person in enumerate(whose)}
    times = {"at": now, "changed_at": now}
    _put(tx, rsvps, [
        {"token": token(), "meeting_id": row.id, "person_id": person, "state": state, "turn": turn, **times}
        for turn, (person, state) in enumerate(stands.items(), 1)
    ])  # fmt: skip
    coming = [person for person, state in stands.items() if state == RsvpState.COMING]
    about = {"meeting_id": row.id, "starts_at": row.starts_at, "at": now}
    _put(tx, reminders, [
        {"person_id": person, "step": step, "state": ReminderState.PLANNED if to_come else ReminderState.SENT,
         "due_at": row.starts_at - timedelta(days=days), **about}
        for person in coming
        for days, step in ((7, Step.WEEK), (1, Step.DAY), (0, Step.HOURS), (-1, Step.THANKS))
        if not to_come or row.starts_at - timedelta(days=days) > now
    ])  # fmt: skip
    _put(tx, arrangements, [
        {"token": token(), "meeting_id": row.id, "person_id": person, "kind": ArrangementKind.BSL, "words": "BSL",
         "state": ArrangementState.BOOKED, "told": True, "due_on": on, **times}
        for person in coming[:3]
    ])  # fmt: skip


def _put(tx: Tx, table: Table, rows: list[dict[str, object]]) -> None:
    if rows:
        tx.execute(insert(table), rows)


def _looked_at_anew(tx: Tx) -> None:
    """PostgreSQL does so by itself within a minute."""
    if tx.dialect.name == "postgresql":
        tx.exec_driver_sql("ANALYZE")


def _looks() -> list[tuple[str, Chore]]:
    """What upkeep looks for that is about meetings, by the name of its function."""
    found = ((chore.due, chore) for chore in CHORES)
    named = {f"{due.__module__}.{due.__qualname__}": chore for due, chore in found if due.__module__ in _ABOUT_MEETINGS}
    return sorted(named.items())


async def run(name: str, url: str, folder: Path, members: int) -> None:
    async with open_house(settings(folder, "http://127.0.0.1:9", url)) as house:
        await gather(house, members)
        least = await _took(house, lambda tx: tx.execute(select(people).where(people.c.id == 7)).one())
        print(f"{name}: one row by its id: {least:.2f} ms")
        whole = 0.0
        for look, chore in _looks():
            took = await _took(house, partial(_turns, chore=chore, house=house))
            whole += took
            print(f"{name}: {look}: {took:.2f} ms")
        print(f"{name}: all of them: {whole:.1f} ms every 20 seconds")


def _turns(tx: Tx, chore: Chore, house: House) -> object:
    return chore.due(tx, house.now(), house.organisation, 100)


async def _took(house: House, work: object) -> float:
    """The median in milliseconds."""
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        await house.store.read(work)  # type: ignore[arg-type]  whatever it gives is not looked at
        took.append((time.perf_counter() - began) * 1000)
    return median(took)


async def main() -> None:
    members = int(sys.argv[1]) if len(sys.argv) > 1 else MEMBERS
    print(f"Python {platform.python_version()}, {members:,} members, {_MEETINGS:,} meetings, median of {TIMES}")
    for kind in ("sqlite", "postgres"):
        with tempfile.TemporaryDirectory() as folder, database(Path(folder), kind) as url:
            await run(kind, url, Path(folder), members)


if __name__ == "__main__":
    asyncio.run(main())
