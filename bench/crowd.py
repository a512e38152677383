"""A crowd for the pages: people, what they told us, and a million messages between them and us."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Table, func, insert, select

from bank.tokens import token
from bench.fill import address
from storage.addresses import addresses
from storage.consents import Purpose, consents
from storage.conversations import ConversationState, conversations
from storage.messages_in import Disposition, messages_in
from storage.outbox import OutState, Priority, messages_out
from storage.people import PersonState, people
from storage.reach import reach
from storage.store import Store, Tx
from storage.tasks import TaskKind, tasks

PEOPLE, MESSAGES = 50_000, 1_000_000
_BATCH = 5_000
_NAMES = ("Asha", "Ben", "Carys", "Dawid", "Ewa", "Farah", "Gwen", "Hamid", "Ines", "Jarek", "Kath", "Leroy", "Maggie")
_TEXTS = ("Yes please", "No sorry, I will be at work then", "Is there parking?", "Thank you so much", "See you there x")
_WAITING = 400  # items that wait for a person: a bad week


async def gather(store: Store, people_count: int = PEOPLE, message_count: int = MESSAGES) -> None:
    """Put the crowd in an empty, migrated database."""
    now, chance = datetime.now(UTC), random.Random(7)
    for ids in _batches(people_count):
        await store.write(lambda tx, ids=ids: _people(tx, ids, now, chance))  # type: ignore[misc]
    each = message_count // people_count
    for ids in _batches(people_count, _BATCH * 2 // max(each, 1)):
        await store.write(lambda tx, ids=ids: _messages(tx, ids, each, now, chance))  # type: ignore[misc]
    await store.write(lambda tx: _items(tx, min(_WAITING, people_count), now))
    await store.write(_count_on)


def _count_on(tx: Tx) -> None:
    """PostgreSQL does not see the numbers that we gave, and looks at tables anew within a minute: as if it had."""
    if tx.dialect.name == "postgresql":
        for table in (people, addresses):
            last = select(func.max(table.c.id)).scalar_subquery()
            tx.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), last)))
        tx.exec_driver_sql("ANALYZE")


def _batches(count: int, size: int = _BATCH) -> Iterator[range]:
    for start in range(1, count + 1, size):
        yield range(start, min(start + size, count + 1))


def _people(tx: Tx, ids: range, now: datetime, chance: random.Random) -> None:
    joined = {id_: now - timedelta(minutes=chance.randrange(500_000)) for id_ in ids}
    _put(tx, people, (_person(id_, joined[id_]) for id_ in ids))
    wrote = {id_: now - timedelta(minutes=chance.randrange(100_000)) for id_ in ids}
    _put(tx, addresses, (address(id_, joined[id_], wrote[id_]) for id_ in ids))
    _put(tx, reach, ({"address_id": id_, "person_id": id_, "since": joined[id_]} for id_ in ids))
    _put(tx, consents, (_consent(id_, joined[id_]) for id_ in ids))
    _put(tx, conversations, (_conversation(id_, joined[id_]) for id_ in ids))


def _person(id_: int, joined_at: datetime) -> dict[str, Any]:
    return {
        "id": id_,
        "token": token(),
        "state": PersonState.MEMBER,
        "name": f"{_NAMES[id_ % len(_NAMES)]} {id_}",
        "language": "en",
        "joined_at": joined_at,
    }


def _consent(id_: int, at: datetime) -> dict[str, Any]:
    """To be written to at their address."""
    return {
        "purpose": Purpose.MESSAGES,
        "person_id": id_,
        "address_id": id_,
        "given": True,
        "words": "OK?",
        "shown": True,
        "language": "en",
        "at": at,
    }


def _conversation(id_: int, opened_at: datetime) -> dict[str, Any]:
    """They joined."""
    return {
        "token": token(),
        "address_id": id_,
        "person_id": id_,
        "state": ConversationState.ENDED,
        "flow": "join",
        "version": 1,
        "step": "name",
        "outcome": "joined",
        "opened_at": opened_at,
        "nudged": False,
    }


def _messages(tx: Tx, ids: range, each: int, now: datetime, chance: random.Random) -> None:
    """Half of them theirs, half ours."""
    times = {id_: sorted(now - timedelta(minutes=chance.randrange(500_000)) for _ in range(each)) for id_ in ids}
    pairs = [(id_, at) for id_ in ids for at in times[id_]]
    _put(
        tx,
        messages_in,
        (
            {
                "provider_key": token(),
                "address_id": id_,
                "person_id": id_,
                "kind": "text",
                "text": chance.choice(_TEXTS),
                "disposition": Disposition.FLOW,
                "received_at": at,
            }
            for id_, at in pairs[::2]
        ),
    )
    _put(
        tx,
        messages_out,
        (
            {
                "token": token(),
                "address_id": id_,
                "person_id": id_,
                "sender": "sms",
                "priority": Priority.REPLY,
                "wording": "join.thanks.text",
                "language": "en",
                "text": chance.choice(_TEXTS),
                "state": OutState.DELIVERED,
                "due_at": at,
                "settled_at": at,
                "created_at": at,
            }
            for id_, at in pairs[1::2]
        ),
    )


def _items(tx: Tx, count: int, now: datetime) -> None:
    _put(
        tx,
        tasks,
        (
            {
                "token": token(),
                "kind": TaskKind.READ if id_ % 2 else TaskKind.CALL,
                "address_id": id_,
                "person_id": id_,
                "opened_at": now,
                "due_at": now + timedelta(hours=id_ % 48 - 12),
            }
            for id_ in range(1, count + 1)
        ),
    )


def _put(tx: Tx, table: Table, rows: Iterator[dict[str, Any]]) -> None:
    if many := list(rows):
        tx.execute(insert(table), many)
