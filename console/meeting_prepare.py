"""The preparation page of a meeting: who comes and how, what to arrange; the co-chair's; and both, and more, as PDF."""

from __future__ import annotations

from starlette.responses import Response

from bank import meeting_papers, meetings, preparation, preparation_words
from bank.meeting_papers import Order, Paper
from bank.preparation import Preparation, Shared
from console.meeting import find, home, title_of
from console.page import Asked, Missing, page
from console.printing import fonts, given
from console.who import ANYBODY, COORDINATORS, READERS
from storage.meetings import Way
from storage.schema import Record
from storage.store import Tx

# What is printed, and what its link is called.
LINKS = {
    Paper.PREPARATION: "This page",
    Paper.SIGN_IN: "Sign-in sheet",
    Paper.BADGES: "Name badges",
    Paper.CO_CHAIR: "What the member who leads it sees",
}
_IN_THE_ROOM = frozenset({Paper.SIGN_IN, Paper.BADGES})
_CO_CHAIR = "co-chair"


async def show(asked: Asked) -> Response:
    if asked.query("for") == _CO_CHAIR:
        return await _shared(asked)
    now, organisation = asked.now, asked.room.organisation

    def look(tx: Tx) -> tuple[Record, str, Preparation]:
        row = find(asked, tx)
        return row, meetings.project_of(tx, row), preparation.prepare(tx, row, now, organisation, asked.colleague)

    row, project, told = await asked.write(look)
    parts = (
        ("Who comes", told.coming, told.count.coming),
        ("In line for a place", told.waiting, told.count.waiting),
        ("Not sure yet", told.maybes, told.count.maybe),
    )
    return asked.page(
        "meeting_prepare.html",
        "Prepare",
        row=row,
        meeting_title=title_of(row),
        told=told,
        parts=parts,
        words=preparation_words,
        sees_people=asked.colleague.may(*READERS),
        answers=asked.colleague.may(*COORDINATORS),
        may_change=asked.colleague.may(*COORDINATORS, project=project),
        at=asked.views.when,
        papers=[(paper, text) for paper, text in LINKS.items() if _has(row, paper)],
    )


async def _shared(asked: Asked) -> Response:
    now, organisation = asked.now, asked.room.organisation

    def look(tx: Tx) -> tuple[Record, Shared]:
        row = find(asked, tx)
        return row, preparation.share(tx, row, now, organisation, asked.colleague)

    row, told = await asked.write(look)
    return asked.page(
        "meeting_prepare_shared.html",
        "For the member who leads it",
        row=row,
        meeting_title=title_of(row),
        told=told,
        words=preparation_words,
    )


def _has(row: Record, paper: Paper) -> bool:
    """Nobody signs in, or wears a badge, where all are online."""
    return row.way != Way.ONLINE or paper not in _IN_THE_ROOM


async def printed(asked: Asked) -> Response:
    """One of the papers, as PDF, made beside the others' pages."""
    name, now, organisation = asked.path("paper"), asked.now, asked.room.organisation
    if name not in set(Paper):
        raise Missing

    def ask(tx: Tx) -> Order:
        row = find(asked, tx)
        if not _has(row, Paper(name)):
            raise Missing
        return meeting_papers.order(tx, row, Paper(name), now, organisation, asked.colleague)

    order = await asked.write(ask)
    back = f"{home(asked)}/prepare", "Back to the preparation"
    return await given(asked, lambda: meeting_papers.made(order, organisation, fonts()), order.name, back)


PAGES = (
    page("/meetings/{token}/prepare", ANYBODY, get=show),
    page("/meetings/{token}/prepare/{paper}", ANYBODY, get=printed),
)
