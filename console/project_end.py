"""Finishing a project: everybody is told what came of it, or a reason is kept why not."""

from __future__ import annotations

from starlette.responses import Response

from bank import feedback_project, projects
from bank.handling import CannotDo
from bank.projects import NoOutcome, WrongState
from console.commitments import Line, lines
from console.page import Asked, Missing, page
from console.project import STATES, find, home, title_of
from console.who import ANYBODY, COORDINATORS
from storage import commitment_list
from storage import projects as kept
from storage.commitment_list import Wanted
from storage.commitments import GOES_ON
from storage.projects import ProjectState
from storage.schema import Record
from storage.store import Tx

LONGEST_REASON = 500
_CAN_END = frozenset({ProjectState.OPEN, ProjectState.UNDER_WAY, ProjectState.FINISHED})
_UNTOLD = "Nobody was told yet what came of it. Send the outcome first, or say why not"


def _ending(asked: Asked, tx: Tx) -> Record:
    """The project, where something is left to finish. Raises Missing."""
    row = find(asked, tx, change=True)
    if row.state not in _CAN_END:
        raise Missing
    return row


async def show(asked: Asked) -> Response:
    def look(tx: Tx) -> tuple[Record, bool, list[Line], bool]:
        row = _ending(asked, tx)
        promised = commitment_list.these(tx, Wanted(sorted(GOES_ON), project_id=row.id))
        is_told = kept.outcome_of(tx, row.id) is not None
        return row, is_told, lines(asked, tx, promised), feedback_project.may_ask(tx, row)

    row, is_told, promises, may_ask = await asked.read(look)
    return asked.page(
        "project_end.html",
        "Finish the project" if row.state != ProjectState.FINISHED else "Tell everybody what came of it",
        row=row,
        project_name=title_of(row),
        is_told=is_told,
        promises=promises,
        state=STATES[row.state],
        may_ask=may_ask,
        told_by=f"/broadcasts/new?project={row.token}&kind=outcome" if asked.colleague.may(*COORDINATORS) else "",
    )


async def finish(asked: Asked) -> Response:
    why, now = asked.form.text("why", longest=LONGEST_REASON), asked.now
    if asked.form.mistakes:
        return await show(asked)

    def end(tx: Tx) -> None:
        row = _ending(asked, tx)
        if row.state == ProjectState.FINISHED:
            projects.told(tx, asked.colleague, row, now)
        else:
            projects.finish(tx, asked.colleague, row, now, why)

    try:
        await asked.write(end)
    except NoOutcome:
        asked.form.mistakes["why"] = _UNTOLD
    except WrongState:
        asked.form.mistakes["why"] = "Somebody has changed it in the meantime. Look at it again"
    return await show(asked) if asked.form.mistakes else asked.back(home(asked), done="project_finished")


async def ask(asked: Asked) -> Response:
    """Have those who took part be asked how it was; by the clock, in their hours."""
    anonymous, now, organisation = asked.form.ticked("anonymous"), asked.now, asked.room.organisation

    def work(tx: Tx) -> None:
        row = find(asked, tx, change=True)
        feedback_project.ask(tx, asked.colleague, row, now, organisation, anonymous=anonymous)

    try:
        await asked.write(work)
    except CannotDo as error:
        asked.form.mistakes["anonymous"] = str(error)
        return await show(asked)
    return asked.back(f"{home(asked)}/feedback", done="project_asked")


PAGES = (
    page("/projects/{token}/end", ANYBODY, get=show, post=finish),
    page("/projects/{token}/end/ask", ANYBODY, get=show, post=ask),
)
