"""What people answered to a question set, for one project: figures, and free words of those who may be seen."""

from __future__ import annotations

from starlette.responses import Response

from bank import set_answers
from bank.set_answers import A_FEW, AT_ONCE, Told
from console.page import Asked, Missing, page
from console.question_sets import HOME
from console.who import COORDINATORS
from language.wording import SOURCE_LANGUAGE
from storage import projects, question_sets
from storage.schema import Record
from storage.store import Tx

_NO_PROJECT = "none"
_UNTITLED = "A project without a title"


def _named(project: Record | None) -> tuple[str, str]:
    """What the address calls it, and its title."""
    if project is None:
        return _NO_PROJECT, "No project"
    title = project.words.get("title", {})
    return project.token, title.get(SOURCE_LANGUAGE) or next(iter(title.values()), _UNTITLED)


async def show(asked: Asked) -> Response:
    """The projects for which it was answered; with one of them in the address, what was answered for it."""
    wanted = asked.query("project")

    def look(tx: Tx) -> tuple[Record, list[tuple[str, str]]]:
        row = question_sets.newest(tx, asked.path("token"))
        if row is None:
            raise Missing
        ids = question_sets.answered_for(tx, [version.id for version in question_sets.versions(tx, row.token)])
        return row, [_named(projects.get(tx, one) if one is not None else None) for one in ids]

    row, choices = await asked.read(look)
    if not wanted:
        return asked.page("set_answers_which.html", "Answers", row=row, choices=choices)
    return await _shown(asked, row, wanted)


async def _shown(asked: Asked, row: Record, wanted: str) -> Response:
    number = asked.number("question") if asked.query("question") else 0
    place = asked.number("page")

    def look(tx: Tx) -> tuple[Record | None, list[Told]]:
        project = projects.by_token(tx, wanted)
        if project is None and wanted != _NO_PROJECT:
            raise Missing
        return project, set_answers.look(tx, asked.colleague, row, project, asked.now, number, place)

    project, told = await asked.write(look)
    if number and not told:
        raise Missing
    name, title = _named(project)
    return asked.page(
        "set_answers.html",
        "Answers",
        row=row,
        told=told,
        project=name,
        project_title=title,
        number=number,
        place=place,
        at_once=AT_ONCE if number else A_FEW,
        here=f"{HOME}/{row.token}/answers?project={name}",
    )


PAGES = (page(HOME + "/{token}/answers", COORDINATORS, get=show),)
