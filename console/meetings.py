"""Meetings: the list, by how they stand, and of one project where it is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import Response

from bank import meeting_figures, wall_time
from bank.meeting_facts import said
from bank.meeting_figures import Figures
from bank.project_facts import said as said_of_project
from console.meeting import KINDS, STATES, title_of
from console.page import Asked, page
from console.who import ANYBODY, COORDINATORS, READERS
from language.dates import clock, day
from language.wording import SOURCE_LANGUAGE
from storage import meetings, projects
from storage.meetings import GOES_ON, MeetingState
from storage.schema import Record
from storage.staff import EVERYWHERE
from storage.store import Tx

HOME = "/meetings"
A_PAGE = 50
PARTS: dict[str, tuple[str, Sequence[MeetingState]]] = {
    "coming": ("To come", sorted(GOES_ON)),
    "drafts": ("Drafts", (MeetingState.DRAFT,)),
    "past": ("Past and cancelled", (MeetingState.OVER, MeetingState.CANCELED)),
}


async def show(asked: Asked) -> Response:
    wanted = asked.query("show")
    part = wanted if wanted in PARTS else "coming"

    def look(tx: Tx) -> tuple[list[Record], bool, dict[int, Record], Record | None, dict[int, Figures]]:
        named = projects.by_token(tx, asked.query("project"))
        only = named if named and asked.colleague.may(*READERS, project=named.token) else None
        rows, more = _seen(asked, tx, part, only)
        about = {number: projects.get(tx, number) for number in {row.project_id for row in rows} - {None}}
        return rows, more, about, only, meeting_figures.of(tx, rows)

    rows, more, about, only, figures = await asked.read(look)
    return asked.page(
        "meetings.html",
        "Meetings",
        rows=[(row, title_of(row), _when(row), said(row, "place", SOURCE_LANGUAGE)) for row in rows],
        page=asked.number("page"),
        more=more,
        called={number: said_of_project(one, "title", SOURCE_LANGUAGE) for number, one in about.items()},
        figures=figures,
        part=part,
        parts={name: label for name, (label, _states) in PARTS.items()},
        only=only,
        only_title=said_of_project(only, "title", SOURCE_LANGUAGE) if only else "",
        of_project=f"&project={only.token}" if only else "",
        kinds=KINDS,
        states=STATES,
        may_add=asked.colleague.may(*COORDINATORS, project=only.token if only else EVERYWHERE),
    )


def _seen(asked: Asked, tx: Tx, part: str, only: Record | None) -> tuple[list[Record], bool]:
    """Those of this part that they may read, `only` of that project where there is one; and whether there are more.

    The past ones come a page at a time, all others at once.
    """
    states, ids = PARTS[part][1], [only.id] if only is not None else _theirs(asked, tx)
    if part != "past":
        return meetings.listed(tx, states, ids), False
    after = (asked.number("page") - 1) * A_PAGE
    rows = meetings.listed(tx, states, ids, latest_first=True, limit=A_PAGE + 1, after=after)
    return rows[:A_PAGE], len(rows) > A_PAGE


def _theirs(asked: Asked, tx: Tx) -> list[int] | None:
    """Ids of the projects of which they may read the meetings; None: they may read all."""
    if asked.colleague.may(*READERS):
        return None
    named = {where for role, where in asked.colleague.roles if role in READERS}
    found = (projects.by_token(tx, where) for where in sorted(named))
    return [row.id for row in found if row is not None]


def _when(row: Record) -> str:
    """As it is told: "Thursday 3 December 2026, 2pm"."""
    begins = wall_time.here(row)
    return f"{day(begins.date(), SOURCE_LANGUAGE)} {begins.year}, {clock(begins.time(), SOURCE_LANGUAGE)}"


PAGES = (page(HOME, ANYBODY, get=show),)
