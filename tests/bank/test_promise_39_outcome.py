"""Promise 39: no project is finished before everybody was told what came of it, or a reason is on record."""

from __future__ import annotations

import pytest

from bank import broadcast_going, projects
from bank.projects import NoOutcome
from storage import broadcasts
from storage import projects as kept
from storage.broadcasts import BroadcastKind, BroadcastState
from storage.projects import ProjectState
from storage.schema import Record
from storage.store import Store, Tx
from tests.bank import leaflet
from tests.bank.ashdale import MORNING
from tests.bank.members import crowd, sent
from tests.bank.writing import FREELY, gone

both = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)


def outcome(tx: Tx, project: Record, kind: BroadcastKind = BroadcastKind.OUTCOME, **how_it_stands: object) -> int:
    sam = leaflet.hired(tx, f"Writer {kind} {len(how_it_stands)}")
    row = leaflet.broadcast(tx, sam, project, kind)
    broadcasts.change(tx, row.id, how_it_stands or {"state": BroadcastState.DRAFT})
    return int(row.id)


LET_GO = {"let_go_at": MORNING, "state": BroadcastState.GOING}


@both
async def test_promise_39_an_untold_project_is_not_finished(store: Store) -> None:
    def story(tx: Tx) -> str:
        sam = leaflet.hired(tx, "Sam")
        row = leaflet.opened(tx, sam, leaflet.member(tx))
        other = leaflet.opened(tx, sam, leaflet.member(tx))
        outcome(tx, row)  # it is only a draft
        outcome(tx, row, BroadcastKind.INVITATION, **LET_GO)
        outcome(tx, row, BroadcastKind.OUTCOME, let_go_at=MORNING, state=BroadcastState.CANCELED)
        outcome(tx, other, BroadcastKind.OUTCOME, **LET_GO, name="Another project's")
        with pytest.raises(NoOutcome):
            projects.finish(tx, sam, row, MORNING)
        with pytest.raises(NoOutcome):
            projects.finish(tx, sam, row, MORNING, why="")
        return str(row.state)

    assert await store.write(story) == ProjectState.OPEN


@both
async def test_promise_39_once_the_outcome_was_let_go_it_is_finished_and_told(store: Store) -> None:
    def story(tx: Tx) -> tuple[str, bool]:
        sam = leaflet.hired(tx, "Sam")
        row = projects.begin(tx, sam, leaflet.opened(tx, sam, leaflet.member(tx)), MORNING)
        sent = outcome(tx, row, **LET_GO)
        done = projects.finish(tx, sam, row, MORNING)
        return done.state, done.outcome_id == sent

    assert await store.write(story) == (ProjectState.TOLD, True)


async def test_promise_39_with_a_reason_it_is_finished_and_not_told_before_it_is(lite_store: Store) -> None:
    def story(tx: Tx) -> list[str]:
        sam = leaflet.hired(tx, "Sam")
        row = leaflet.opened(tx, sam, leaflet.member(tx))
        done = projects.finish(tx, sam, row, MORNING, "The committee decides in May")
        states = [done.state, done.no_outcome_why]
        with pytest.raises(NoOutcome):
            projects.told(tx, sam, done, MORNING)
        outcome(tx, done, **LET_GO)
        return [*states, projects.told(tx, sam, done, MORNING).state]

    assert await lite_store.write(story) == ["finished", "The committee decides in May", "told"]


@both
@pytest.mark.parametrize("went", [False, True])
async def test_promise_39_what_is_taken_back_before_anybody_got_it_told_nobody(store: Store, went: bool) -> None:
    def story(tx: Tx) -> list[str]:
        sam = leaflet.hired(tx, "Sam")
        row = leaflet.opened(tx, sam, None)
        crowd(tx, 2)
        words = {"en": "{sender}: the leaflet is done. {stop}"}
        told = gone(tx, words, kind=BroadcastKind.OUTCOME, project=row.id)
        states = [projects.finish(tx, sam, row, MORNING).state]
        if went:
            assert len(sent(tx, limit=1, whose=FREELY)) == 1
        broadcast_going.cancel(tx, sam, told, MORNING)
        return [*states, kept.get(tx, row.id).state]

    assert await store.write(story) == [ProjectState.TOLD, ProjectState.TOLD if went else ProjectState.FINISHED]
