"""Column types: what goes in comes out the same on both databases, and what must not go in is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any

import pytest
from sqlalchemy import Column, Connection, LargeBinary, MetaData, Table, bindparam, insert, select, type_coerce, update

from storage.keys import KeyRing, SealBroken
from storage.store import make_engine
from storage.types import Code, Id, Instant, Lookup, NaiveInstant, NoKeys, NotACode, Sealed, SealedJson, Token

toys = Table(
    "toys",
    MetaData(),
    Column("id", Id, primary_key=True),
    Column("name", Sealed("toys.name")),
    Column("note", Sealed("toys.note")),
    Column("facts", SealedJson("toys.facts")),
    Column("number", Lookup(), index=True),
    Column("state", Code()),
    Column("token", Token()),
    Column("at", Instant()),
)


class State(StrEnum):
    DUE = "due-now"


NOON = datetime(2026, 12, 3, 12, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def tx(database_url: str, keys: KeyRing) -> Iterator[Connection]:
    engine = make_engine(database_url, keys)
    with engine.connect() as connection:
        toys.create(connection)
        yield connection
    engine.dispose()


@pytest.mark.parametrize(
    ("column", "value", "back"),
    [
        ("name", "Asha", "Asha"),
        ("name", "", ""),
        ("name", "Zażółć 👋\n", "Zażółć 👋\n"),
        ("name", None, None),
        ("facts", {"guests": 2, "also": ["ä", None]}, {"guests": 2, "also": ["ä", None]}),
        ("facts", [], []),
        ("facts", False, False),
        ("facts", None, None),
        ("state", "due", "due"),
        ("state", State.DUE, "due-now"),
        ("state", None, None),
        ("token", "a-B_9" * 8, "a-B_9" * 8),
        ("at", NOON, NOON),
        ("at", datetime(1969, 7, 20, 20, 17, 40, 1, tzinfo=UTC), datetime(1969, 7, 20, 20, 17, 40, 1, tzinfo=UTC)),
        ("at", NOON.astimezone(timezone(timedelta(hours=5.5))), NOON),
        ("at", datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC), datetime.max.replace(tzinfo=UTC)),
        ("at", None, None),
        ("number", None, None),
    ],
)
def test_comes_back(tx: Connection, column: str, value: object, back: object) -> None:
    tx.execute(insert(toys), {column: value})
    found = tx.execute(select(toys.c[column])).scalar_one()
    assert found == back
    assert type(found) is type(back)
    assert tx.execute(select(toys.c[column].is_(None))).scalar_one() == (value is None)


def test_instants_come_back_in_utc_and_compare(tx: Connection) -> None:
    tx.execute(insert(toys), [{"at": NOON}, {"at": NOON + timedelta(microseconds=1)}])
    found = tx.execute(select(toys.c.at).where(toys.c.at > NOON)).scalars().all()
    assert found == [NOON + timedelta(microseconds=1)]
    assert found[0].tzinfo is UTC


@pytest.mark.parametrize(
    ("column", "value", "refusal"),
    [
        ("at", datetime(2026, 12, 3, 12), NaiveInstant),  # noqa: DTZ001
        ("state", "x" * 65, NotACode),
        ("facts", float("nan"), ValueError),
    ],
)
def test_refused(tx: Connection, column: str, value: object, refusal: type[Exception]) -> None:
    with pytest.raises(Exception) as raised:  # noqa: PT011  the library wraps errors that are not ours
        tx.execute(insert(toys), {column: value})
    assert isinstance(getattr(raised.value, "orig", raised.value), refusal)


def test_ids_number_themselves_beyond_32_bits(tx: Connection) -> None:
    tx.execute(insert(toys), {"id": 2**40})
    assert tx.execute(select(toys.c.id)).scalar_one() == 2**40
    assert tx.execute(insert(toys), {"state": "due"}).inserted_primary_key is not None


def test_a_look_up_finds_the_text_and_does_not_hold_it(tx: Connection, keys: KeyRing) -> None:
    tx.execute(insert(toys), [{"number": "+447700900123"}, {"number": "+447700900124"}])
    by_text = select(toys.c.id, toys.c.number).where(toys.c.number == bindparam("number"))
    row = tx.execute(by_text, {"number": "+447700900123"}).one()
    assert row.number == keys.lookup("+447700900123")
    assert tx.execute(by_text, {"number": row.number}).one() == row
    either = select(toys.c.id).where(toys.c.number.in_(["+447700900123", "+447700900124", "+447700900125"]))
    assert len(tx.execute(either).all()) == 2


def raw(column: str) -> Any:
    return type_coerce(toys.c[column], LargeBinary)


def test_words_are_nowhere_in_the_bytes(tx: Connection) -> None:
    tx.execute(insert(toys), {"name": "Asha", "facts": {"need": "ramp"}, "number": "+447700900123"})
    for kept in tx.execute(select(raw("name"), raw("facts"), raw("number"))).one():
        assert not any(word in kept for word in (b"Asha", b"ramp", b"7700"))


@pytest.mark.parametrize(
    ("label", "change"),
    [("moved to another column", {"note": raw("name")}), ("altered", {"note": b"\x01\x01" + bytes(40)})],
)
def test_what_was_tampered_with_does_not_open(tx: Connection, label: str, change: dict[str, Any]) -> None:
    tx.execute(insert(toys), {"name": "Asha", "note": "likes trains"})
    tx.execute(update(toys).values({name: type_coerce(value, LargeBinary) for name, value in change.items()}))
    with pytest.raises(SealBroken, match=r"toys\.note"):
        tx.execute(select(toys.c.note)).all()


def test_the_wrong_keys_open_nothing(database_url: str, tx: Connection) -> None:
    tx.execute(insert(toys), {"name": "Asha"})
    tx.commit()
    engine = make_engine(database_url, KeyRing.ephemeral())
    with engine.connect() as other, pytest.raises(SealBroken):
        other.execute(select(toys.c.name)).all()
    engine.dispose()


@pytest.mark.parametrize(
    ("label", "compare"),
    [
        ("equal", lambda column: column == "Asha"),
        ("among", lambda column: column.in_(["Asha"])),
        ("like", lambda column: column.like("A%")),
        ("sorted", lambda column: column.desc()),
    ],
)
@pytest.mark.parametrize("column", ["name", "facts"])
def test_sealed_columns_cannot_be_searched_by_mistake(column: str, label: str, compare: Any) -> None:
    with pytest.raises(TypeError, match="keep a Lookup beside it"):
        compare(toys.c[column])


def test_an_engine_without_keys_says_so(database_url: str, tx: Connection) -> None:
    tx.commit()
    engine = make_engine(database_url, None)
    with engine.connect() as other, pytest.raises(NoKeys):
        other.execute(insert(toys), {"name": "Asha"})
    engine.dispose()
