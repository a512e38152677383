"""Who is erased, or was on our list twice: each column of a person's row is forgotten, or stays for a reason."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bank import erasure
from storage import people
from storage.forgotten import FORGOTTEN, STAYS
from storage.people import PersonState
from storage.store import Store, Tx
from tests.bank import leaflet
from tests.bank.ashdale import MORNING

# What a row holds of somebody who told us everything, as far as a row has no rules of its own.
_TOLD: dict[str, Any] = {
    "name": "Zebedee Quill",
    "place": "Oak Road",
    "district": "north",
    "skills": "sums",
    "support": "nobody",
    "looks_after": "parent",
    "contact": {"post": "4 Oak Road"},
    "text_from": 600,
    "text_until": 900,
    "days_apart": 14,
    "format": "large_print",
    "paused_until": MORNING,
    "asked_at": MORNING,
    "needs_checked_at": MORNING,
    "needs_asked_at": MORNING,
    "next_question": 3,
    "ring": True,
    "digest": True,
    "promotions": True,
}


def test_each_column_is_forgotten_or_stays() -> None:
    columns = {column.name for column in people.people.columns}
    assert set(FORGOTTEN) | STAYS == columns
    assert not set(FORGOTTEN) & STAYS


@pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
async def test_nothing_that_they_told_us_is_left_in_their_row(store: Store) -> None:
    def erased(tx: Tx) -> Any:
        person = leaflet.member(tx, "Zebedee Quill")
        people.change(tx, person.id, {**_TOLD, "state": PersonState.LEFT, "erase_at": MORNING})
        assert erasure.erase_person(tx, person.id, MORNING + timedelta(days=15))
        return people.get(tx, person.id)

    row = await store.write(erased)
    assert {name: getattr(row, name) for name in FORGOTTEN} == dict(FORGOTTEN)
    assert set(FORGOTTEN) - set(_TOLD) == {"contact_key", "held"}
