"""Projects: the list, by how they stand."""

from __future__ import annotations

from datetime import date

from starlette.responses import Response

from bank.project_facts import said
from console.page import Asked, page
from console.project import KINDS, STATES, title_of
from console.who import ANYBODY, COORDINATORS, READERS
from language.wording import SOURCE_LANGUAGE
from storage import projects
from storage.projects import ProjectState
from storage.schema import Record
from storage.store import Tx

HOME = "/projects"
PARTS = {
    "running": ("Open and under way", (ProjectState.OPEN, ProjectState.UNDER_WAY)),
    "drafts": ("Drafts", (ProjectState.DRAFT,)),
    "over": ("Finished", (ProjectState.FINISHED, ProjectState.TOLD)),
}


async def show(asked: Asked) -> Response:
    wanted = asked.query("show")
    part = wanted if wanted in PARTS else "running"
    rows = await asked.read(lambda tx: _seen(asked, tx, part))
    return asked.page(
        "projects.html",
        "Projects",
        rows=[(row, title_of(row), said(row, "aim", SOURCE_LANGUAGE), _ends(row)) for row in rows],
        part=part,
        parts={name: label for name, (label, _states) in PARTS.items()},
        kinds=KINDS,
        states=STATES,
        may_add=asked.colleague.may(*COORDINATORS),
    )


def _seen(asked: Asked, tx: Tx, part: str) -> list[Record]:
    """Those of this part that they may read."""
    found = projects.in_states(tx, PARTS[part][1])
    return [row for row in found if asked.colleague.may(*READERS, project=row.token)]


def _ends(row: Record) -> date | None:
    return date.fromisoformat(row.ends_on) if row.ends_on else None


PAGES = (page(HOME, ANYBODY, get=show),)
