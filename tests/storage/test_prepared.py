"""Prepared statements: the same on both databases, and a broken database is still told from a broken rule."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import pytest
from sqlalchemy import Column, DateTime, Integer, MetaData, Table, func, insert, select

from storage import addresses
from storage.addresses import AddressState
from storage.keys import KeyRing
from storage.prepared import Prepared
from storage.store import Away, Store, Tx, open_store

NOW = datetime(2026, 11, 23, 11, tzinfo=UTC)
OURS = addresses.addresses
Fresh = Callable[[], AbstractContextManager[str]]


def stranger(number: int) -> dict[str, object]:
    return {
        "token": f"token-{number}",
        "channel": "sms",
        "sender": "twilio-sms",
        "address": f"+4477009001{number:02}",
        "address_key": f"sms:{number}",
        "state": AddressState.OPEN,
        "last_in_at": None,
        "created_at": NOW,
    }


async def test_what_goes_in_comes_out_with_the_columns_own_defaults(store: Store) -> None:
    adds = Prepared(insert(OURS).returning(OURS))
    added = await store.write(lambda tx: adds.one(tx, stranger(1)))
    assert (added.address, added.created_at, added.last_in_at) == ("+447700900101", NOW, None)
    assert (added.landline, added.answered, added.state) == (False, 0, "open")


async def test_one_insert_serves_rows_with_and_without_a_column(store: Store) -> None:
    adds = Prepared(insert(OURS).returning(OURS.c.id, OURS.c.answered))
    first = await store.write(lambda tx: adds.one(tx, stranger(1)))
    second = await store.write(lambda tx: adds.one(tx, {**stranger(2), "answered": 3}))
    assert (first.answered, second.answered) == (0, 3)


async def test_no_row_is_none_or_a_lookup_error_as_asked(store: Store) -> None:
    everyone = Prepared(select(OURS.c.id, func.count().over().label("of")))
    assert await store.read(lambda tx: everyone.rows(tx, {})) == []
    assert await store.read(lambda tx: everyone.first(tx, {})) is None
    with pytest.raises(LookupError):
        await store.read(lambda tx: everyone.one(tx, {}))


async def test_a_broken_constraint_is_no_broken_database(store: Store) -> None:
    adds = Prepared(insert(OURS))
    await store.write(lambda tx: adds.run(tx, stranger(1)))
    with pytest.raises(Exception) as raised:  # noqa: PT011  SQLAlchemy's or the driver's, as it was run
        await store.write(lambda tx: adds.run(tx, stranger(1)))
    assert not isinstance(raised.value, Away)
    assert "IntegrityError" in type(raised.value).__name__
    assert "+447700900101" not in str(raised.value)


async def test_a_full_disk_is_away_and_keeps_nothing(fresh_sqlite: Fresh, keys: KeyRing) -> None:
    adds = Prepared(insert(OURS))

    def fill(tx: Tx) -> None:
        tx.exec_driver_sql("PRAGMA max_page_count = 1")  # SQLite takes it as "no page more than there are now"
        for number in range(1000):
            adds.run(tx, stranger(number))

    with fresh_sqlite() as url:
        store = open_store(url, keys)
        with pytest.raises(Away):
            await store.write(fill)
        assert await store.read(lambda tx: tx.execute(select(func.count()).select_from(OURS)).scalar_one()) == 0
        await store.close()


async def test_a_default_that_must_be_computed_is_refused(fresh_sqlite: Fresh, keys: KeyRing) -> None:
    clocked = Table(
        "toy_clocked",
        MetaData(),
        Column("id", Integer, primary_key=True),
        Column("at", DateTime(), default=lambda: datetime.now(UTC)),
    )
    with fresh_sqlite() as url:
        store = open_store(url, keys)
        with pytest.raises(TypeError):
            await store.write(lambda tx: Prepared(insert(clocked)).run(tx, {"id": 1}))
        await store.close()
