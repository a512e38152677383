"""Promise 39, as far as the ledger goes: a project that is over still owes what it promised, and everybody sees it."""

from __future__ import annotations

import pytest

from bank import promises, promises_public
from bank.promises import Standing
from storage import projects
from storage.projects import ProjectState
from storage.store import Store, Tx
from tests.bank import leaflet
from tests.bank.ashdale import ASHDALE
from tests.bank.on_record import on, promised


@pytest.mark.parametrize("state", [ProjectState.FINISHED, ProjectState.TOLD])
async def test_promise_39_what_a_finished_project_promised_is_late_for_everybody_to_see(
    store: Store, state: ProjectState
) -> None:
    def story(tx: Tx) -> tuple[list[Standing], bool]:
        project = leaflet.opened(tx, leaflet.hired(tx, "Sam"), leaflet.member(tx))
        promised(tx, project_id=project.id)
        row = projects.change(tx, project.id, {"state": state, "ledger_public": True})
        found = promises.of_project(tx, row).at(on(28), ASHDALE)
        return [one.standing for one in found], promises_public.project(tx, row.token) is not None

    assert await store.write(story) == ([Standing.LATE], True)
