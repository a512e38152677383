"""`heard commitments`: as typed in a terminal, beside the service."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bank.tokens import token
from storage import commitments, staff
from storage.commitments import CommitmentState
from storage.keys import KeyRing
from storage.staff import StaffState
from storage.store import Tx, open_store
from tests import prepared, terminal

NOW = datetime(2026, 1, 5, 11, tzinfo=UTC)
TITLES = {"late": "Bills that are easy to read", "going": "A bell at the door"}


def promised(tx: Tx) -> None:
    """One whose day is long over, one that has time, and a draft."""
    sam = staff.add(
        tx, token=token(), name="Sam Field", login="sam", state=StaffState.ACTIVE, last_step=0, created_at=NOW
    )
    for title, due, state in (
        (TITLES["late"], "2026-01-09", CommitmentState.OPEN),
        (TITLES["going"], f"{date.today().year + 1}-01-29", CommitmentState.OPEN),  # noqa: DTZ011  a year to come
        ("A draft", "2026-01-09", CommitmentState.DRAFT),
    ):
        at = {"created_at": NOW, "changed_at": NOW, "token": token(), "kind": "will"}
        words = {"title": {"en": title}}
        commitments.add(tx, words=words, state=state, first_on=due, due_on=due, owner_id=sam.id, **at)


def heard(folder: Path, *words: str) -> str:
    ended = terminal.heard("commitments", *words, data=folder)
    assert ended.code == 0, ended.err
    return ended.out


def test_what_is_late_is_listed_and_all_where_it_is_asked_for(tmp_path: Path, keys: KeyRing) -> None:
    prepared.installation(tmp_path)

    async def fill() -> None:
        store = open_store(f"sqlite:///{tmp_path / 'heard.db'}", keys)
        await store.write(promised)
        await store.close()

    asyncio.run(fill())
    table = heard(tmp_path)
    assert TITLES["late"] in table
    assert "Sam Field" in table
    assert TITLES["going"] not in table
    found: list[dict[str, Any]] = json.loads(heard(tmp_path, "--all", "--json"))
    assert [(one["title"], one["late"]) for one in found] == [(TITLES["late"], True), (TITLES["going"], False)]
