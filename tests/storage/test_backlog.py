"""The backlog: what waits, by sender and priority, at a cost that does not grow with what there is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Select

from storage import addresses, backlog, outbox
from storage.backlog import Waiting
from storage.outbox import OutState, Priority
from storage.store import Store, Tx

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TOKENS = count(1)
ASHA = "+447700900101"
PHONE = {
    "token": "asha",
    "channel": "sms",
    "sender": "sms",
    "address": ASHA,
    "address_key": addresses.key_of("sms", ASHA),
    "state": "open",
    "created_at": NOON,
}


def add(tx: Tx, many: int = 1, **more: Any) -> None:
    """So many messages to one number, due at noon unless it is said otherwise."""
    found = addresses.find(tx, "sms", ASHA)
    there = found.id if found else addresses.add(tx, **PHONE)
    for _ in range(many):
        row = {
            "token": f"backlog{next(TOKENS)}",
            "address_id": there,
            "sender": "sms",
            "priority": Priority.REPLY,
            "wording": "test.text",
            "language": "en",
            "state": OutState.QUEUED,
            "due_at": NOON,
            "created_at": NOON,
        }
        outbox.queue(tx, **(row | more))


async def test_what_waits_is_told_by_sender_and_priority(store: Store) -> None:
    def some(tx: Tx) -> None:
        add(tx, 2, due_at=NOON - timedelta(minutes=5))
        add(tx, 1)
        add(tx, 3, priority=Priority.BULK, due_at=NOON + timedelta(hours=1))
        add(tx, 1, sender="telegram", priority=Priority.SAFETY)
        add(tx, 4, state=OutState.DELIVERED, settled_at=NOON)
        add(tx, 2, state=OutState.UNKNOWN, settled_at=NOON)

    await store.write(some)
    assert await store.read(lambda tx: backlog.waiting(tx, NOON)) == [
        Waiting("sms", Priority.REPLY, 3, 0, NOON - timedelta(minutes=5)),
        Waiting("sms", Priority.BULK, 0, 3, None),
        Waiting("telegram", Priority.SAFETY, 1, 0, NOON),
    ]
    assert await store.read(backlog.unknown) == 2


async def test_where_nothing_waits_nothing_is_told(store: Store) -> None:
    await store.write(lambda tx: add(tx, state=OutState.SENT))
    assert await store.read(lambda tx: backlog.waiting(tx, NOON)) == []


async def test_no_more_are_counted_than_is_said_and_the_oldest_is_exact(store: Store) -> None:
    assert backlog.MOST == 10_000

    def more_than_are_counted(tx: Tx) -> None:
        add(tx, due_at=NOON - timedelta(days=3))
        add(tx)
        tx.exec_driver_sql(
            """
            WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 10500)
            INSERT INTO messages_out (token, address_id, sender, priority, wording, language, one_line, last_word,
                state, due_at, attempts, halted, created_at)
            SELECT 'many' || n, address_id, sender, priority, wording, language, one_line, last_word,
                state, due_at, attempts, halted, created_at
            FROM messages_out, numbers WHERE messages_out.id = (SELECT max(id) FROM messages_out)
            """
        )

    await store.write(more_than_are_counted)
    (found,) = await store.read(lambda tx: backlog.waiting(tx, NOON))
    assert (found.due, found.oldest) == (backlog.MOST, NOON - timedelta(days=3))


def plans(tx: Tx) -> Iterator[str]:
    """How the database would answer each question."""
    explain = "EXPLAIN QUERY PLAN" if tx.dialect.name == "sqlite" else "EXPLAIN"
    if tx.dialect.name != "sqlite":  # it may read a small table faster than its index
        tx.exec_driver_sql("SET LOCAL enable_seqscan = off")
    given = {"after": "", "by": "sms", "priority": 1, "now": NOON}
    questions: list[Select[Any]] = [backlog._next_sender, backlog._oldest, backlog._due, backlog._later]
    for question in questions:
        compiled = question.compile(dialect=tx.dialect)
        values = compiled.construct_params({name: given[name] for name in compiled.params if name in given})
        binds = compiled.binds
        for name, value in values.items():
            process = binds[name].type.dialect_impl(tx.dialect).bind_processor(tx.dialect)
            values[name] = process(value) if process else value
        bound: Any = values if compiled.positiontup is None else tuple(values[name] for name in compiled.positiontup)
        yield " ".join(str(row[-1]) for row in tx.exec_driver_sql(f"{explain} {compiled}", bound))


async def test_promise_17_each_question_goes_by_the_index_of_what_is_queued(store: Store) -> None:
    await store.write(lambda tx: add(tx, 30))
    for plan in await store.read(lambda tx: list(plans(tx))):
        assert "ix_messages_out_due" in plan, plan
        assert "SCAN messages_out" not in plan, plan
        assert "Seq Scan" not in plan, plan
        assert "TEMP B-TREE" not in plan, plan
        assert "Sort" not in plan, plan
