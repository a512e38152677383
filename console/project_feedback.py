"""What people said of a project: as it ended, with the say that they were promised beside what it felt like; and of
its meetings, all together.
"""

from __future__ import annotations

from asyncio import to_thread

from starlette.responses import Response

from bank import feedback_shown, project_facts
from bank.feedback_gathered import years
from bank.feedback_shown import Read
from console import feedback_shown as in_page
from console.page import Asked, Missing, page
from console.project import find, home, title_of
from console.who import ANYBODY, COORDINATORS, READERS
from language.wording import SOURCE_LANGUAGE
from storage.feedback import About
from storage.schema import Record
from storage.store import Tx

# What the address asks for, and what it is called.
_PARTS = {"end": (About.PROJECT, "As it ended"), "meetings": (About.MEETING, "Its meetings")}


async def show(asked: Asked) -> Response:
    about = _about(asked)

    def look(tx: Tx) -> tuple[Record, list[int], Read | None]:
        row = find(asked, tx)
        found = years(tx, about, row.id)
        return row, found, _read(asked, tx, row, found) if found else None

    row, in_years, read = await asked.write(look)
    found = await to_thread(read.outcome) if read is not None else None
    may_tag = asked.colleague.may(*COORDINATORS, project=row.token)
    values = in_page.shown(found, may_tag=may_tag) if found is not None else {"found": None}
    return asked.page(
        "project_feedback.html",
        "What people said",
        row=row,
        project_title=title_of(row),
        promised=project_facts.facts(row, SOURCE_LANGUAGE, asked.room.organisation)["rung_sentence"],
        is_end=about is About.PROJECT,
        part=_part(asked),
        parts={name: label for name, (_about, label) in _PARTS.items()},
        here=f"{home(asked)}/feedback",
        years=in_years,
        year=in_page.year(asked, in_years),
        sees_people=asked.colleague.may(*READERS),
        **values,
    )


async def press(asked: Asked) -> Response:
    about = _about(asked)

    def look(tx: Tx) -> Read:
        row = find(asked, tx, change=True)
        found = years(tx, about, row.id)
        if not found:
            raise Missing
        return _read(asked, tx, row, found)

    here = f"{home(asked)}/feedback?show={_part(asked)}&year={asked.query('year')}"
    return await in_page.pressed(asked, here, look, show)


def _part(asked: Asked) -> str:
    wanted = asked.query("show")
    return wanted if wanted in _PARTS else "end"


def _about(asked: Asked) -> About:
    return _PARTS[_part(asked)][0]


def _read(asked: Asked, tx: Tx, row: Record, in_years: list[int]) -> Read:
    year, now, organisation = in_page.year(asked, in_years), asked.now, asked.room.organisation
    return feedback_shown.of_project(tx, asked.colleague, row, _about(asked), year, now, organisation)


PAGES = (page("/projects/{token}/feedback", ANYBODY, get=show, post=press),)
