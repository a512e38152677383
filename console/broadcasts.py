"""Broadcasts: what was written for many people, by how far it is."""

from __future__ import annotations

from starlette.responses import Response

from bank.project_facts import said
from console.page import Asked, Missing, page
from console.who import COORDINATORS
from language.wording import SOURCE_LANGUAGE
from storage import broadcasts, projects
from storage.broadcasts import BroadcastKind, BroadcastState
from storage.schema import Record
from storage.store import Tx

HOME = "/broadcasts"
# State to what it is called, and the colour of its mark.
STATES = {
    BroadcastState.DRAFT: ("Being written", "grey"),
    BroadcastState.WAITING: ("Waits for approval", "yellow"),
    BroadcastState.QUEUEING: ("Being sent", "blue"),
    BroadcastState.GOING: ("Sent", "green"),
    BroadcastState.HELD: ("Held", "orange"),
    BroadcastState.CANCELED: ("Cancelled", "red"),
}
KINDS = {
    "message": "Message",
    "invitation": "Invitation to a project",
    "digest": "Monthly news",
    "outcome": "What came of a project",
    "correction": "Correction",
}
TO_MEETING = "Invitation to a meeting"


def kind_of(row: Record) -> str:
    """What it is called."""
    to_meeting = row.kind == BroadcastKind.INVITATION and row.meeting_id is not None
    return TO_MEETING if to_meeting else KINDS[row.kind]


_PARTS = (
    ("Not sent yet", (BroadcastState.DRAFT, BroadcastState.WAITING)),
    ("On its way", (BroadcastState.QUEUEING, BroadcastState.HELD)),
    ("Sent, or cancelled", (BroadcastState.GOING, BroadcastState.CANCELED)),
)
_MOST = 200


async def show(asked: Asked) -> Response:
    """All of them, or those about one project."""

    def look(tx: Tx) -> tuple[Record | None, list[Record]]:
        wanted = asked.query("project")
        project = projects.by_token(tx, wanted) if wanted else None
        if wanted and project is None:
            raise Missing
        found = broadcasts.newest(tx, limit=_MOST) if project is None else broadcasts.of_project(tx, project.id, _MOST)
        return project, found

    project, rows = await asked.read(look)
    parts = [(text, [row for row in rows if row.state in states]) for text, states in _PARTS]
    return asked.page(
        "broadcasts.html",
        "Broadcasts",
        parts=[(text, found) for text, found in parts if found],
        states=STATES,
        kind_of=kind_of,
        project=project,
        project_title=said(project, "title", SOURCE_LANGUAGE) if project is not None else "",
    )


PAGES = (page(HOME, COORDINATORS, get=show),)
