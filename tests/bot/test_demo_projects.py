"""The demo's projects: four, each fit for the state it is in, made once."""

from __future__ import annotations

from dataclasses import replace

from bank import project_today, projects, terms
from bank.colleague import known
from bank.organisation import Topic
from bank.project_check import lacks
from bot import demo, demo_projects, team
from storage import audit as audit_rows
from storage import projects as kept
from storage import staff
from storage.approvals import Subject
from storage.projects import ProjectState
from storage.schema import Record
from storage.store import Store, Tx
from tests.bank import leaflet
from tests.bank.ashdale import ASHDALE, MORNING

OURS = replace(ASHDALE, topics=tuple(Topic(name, {"en": name}) for name in ("home_care", "money", "carers")))


async def invented(store: Store, times: int = 1) -> None:
    await demo.fill_if_empty(store, OURS, MORNING)
    await team.invent(store, MORNING)
    for _ in range(times):
        await demo_projects.invent(store, MORNING, OURS)


def everyone(tx: Tx) -> list[Record]:
    return list(reversed(kept.in_states(tx, list(ProjectState))))


async def test_there_are_four_in_different_states_and_once_only(store: Store) -> None:
    await invented(store, times=2)
    rows = await store.read(everyone)
    assert [row.state for row in rows] == ["open", "under_way", "draft", "open"]
    assert len({row.kind for row in rows}) == 4
    assert [row.words["title"]["pl"] for row in rows].count("") == 0
    assert [(row.places, row.places_by) for row in rows if row.places] == [(6, "draw")]


async def test_each_is_fit_for_its_state_and_asks_nothing_of_anybody_today(store: Store) -> None:
    await invented(store)

    def look(tx: Tx) -> tuple[list[list[str]], list[object], bool, str | None]:
        rows = everyone(tx)
        sam = staff.called(tx, "sam")
        assert sam is not None
        (version,) = terms.versions(tx, rows[1], Subject.TERMS)
        found = leaflet.of_code(tx, "PANEL")
        today = project_today.rows(tx, known(tx, sam), MORNING, OURS)
        code = projects.code_of(tx, found) if found is not None else None
        return [list(lacks(row, MORNING.date())) for row in rows], list(today), version.is_agreed, code

    assert await store.read(look) == ([[], [], ["time-en"], []], [], True, "PANEL")
    assert await store.read(lambda tx: any(row.act == "project_added" for row in audit_rows.everything(tx)))
