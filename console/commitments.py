"""Commitments: the list, "You said, we will", by how they stand, whose they are, of which project, and what is late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.responses import Response

from bank.commitment_late import is_late, today
from bank.commitment_owner import everybody
from bank.commitment_words import title
from bank.project_facts import said as said_of_project
from console.commitment_labels import STATES, TAGS
from console.page import Asked, page
from console.who import ANYBODY, COORDINATORS, READERS
from language.dates import day
from language.wording import SOURCE_LANGUAGE
from storage import commitment_list, projects, staff
from storage.commitment_list import Wanted
from storage.commitments import CommitmentState
from storage.projects import ProjectState
from storage.schema import Record
from storage.staff import EVERYWHERE
from storage.store import Tx

HOME = "/commitments"
PARTS: dict[str, tuple[str, Sequence[CommitmentState]]] = {
    "on": ("Going on", (CommitmentState.OPEN, CommitmentState.DONE)),
    "drafts": ("Drafts, and waiting for a yes", (CommitmentState.DRAFT, CommitmentState.WAITING)),
    "kept": ("Kept", (CommitmentState.KEPT,)),
    "over": (
        "Not confirmed, stopped, or what we can't do",
        (CommitmentState.NOT_CONFIRMED, CommitmentState.STOPPED, CommitmentState.CANNOT),
    ),
    "all": ("All", ()),
}
_NAMELESS = "A commitment without a title"


@dataclass(frozen=True, slots=True)
class Line:
    """One of them as lists show it. `owner` and `project` are names; `by` is a day; empty where there is none."""

    row: Record
    title: str
    state: str
    tag: str
    owner: str
    project: str
    by: str
    late: bool


def title_of(row: Record) -> str:
    return title(row) or _NAMELESS


def lines(asked: Asked, tx: Tx, rows: Sequence[Record]) -> list[Line]:
    names = staff.names(tx, [row.owner_id for row in rows if row.owner_id is not None])
    about = {one: projects.get(tx, one) for one in {row.project_id for row in rows} - {None}}
    called = {one: said_of_project(row, "title", SOURCE_LANGUAGE) for one, row in about.items()}
    on = today(asked.now, asked.room.organisation)
    return [_line(row, names.get(row.owner_id, ""), called.get(row.project_id, ""), on) for row in rows]


def _line(row: Record, owner: str, project: str, on: date) -> Line:
    by = spoken(row.due_on) if row.due_on else ""
    late = is_late(row, on)
    tag = "govuk-tag--red" if late else TAGS.get(row.state, "")
    return Line(row, title_of(row), "Late" if late else STATES[row.state], tag, owner, project, by, late)


def spoken(on: str) -> str:
    """A day with its year: "Friday 29 January 2027"."""
    when = date.fromisoformat(on)
    return f"{day(when, SOURCE_LANGUAGE)} {when.year}"


async def show(asked: Asked) -> Response:
    part = asked.query("show") if asked.query("show") in PARTS else "on"

    def look(tx: Tx) -> dict[str, Any]:
        theirs = _projects(asked, tx)
        project = next((one for one in theirs if one.token == asked.query("project")), None)
        owner = staff.by_token(tx, asked.query("owner"))
        wanted = Wanted(
            () if asked.query("late") else PARTS[part][1],
            owner_id=owner.id if owner is not None else None,
            project_id=project.id if project is not None else None,
            late_on=today(asked.now, asked.room.organisation).isoformat() if asked.query("late") else None,
            projects=None if asked.colleague.may(*READERS) else {one.id for one in theirs},
        )
        return {
            "lines": lines(asked, tx, commitment_list.these(tx, wanted)),
            "projects": [("", "All projects"), *((one.token, _called(one)) for one in theirs)],
            "owners": [("", "Everybody"), *((one.token, one.name) for one in everybody(tx))],
            "project": project.token if project is not None else "",
            "owner": owner.token if owner is not None else "",
        }

    seen = await asked.read(look)
    may_add = asked.colleague.may(*COORDINATORS, project=seen["project"] or EVERYWHERE)
    return asked.page(
        "commitments.html",
        "You said, we will",
        **seen,
        part=part,
        parts={name: label for name, (label, _states) in PARTS.items()},
        late=bool(asked.query("late")),
        may_add=may_add,
        most=commitment_list.MOST,
    )


def _projects(asked: Asked, tx: Tx) -> list[Record]:
    """Those whose commitments they may see."""
    found = projects.in_states(tx, list(ProjectState))
    return [one for one in found if asked.colleague.may(*READERS, project=one.token)]


def _called(project: Record) -> str:
    return said_of_project(project, "title", SOURCE_LANGUAGE) or "A project without a title"


PAGES = (page(HOME, ANYBODY, get=show),)
