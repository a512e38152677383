"""What somebody who does not text said of a meeting, or of a project as a whole, typed in by a colleague."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.responses import Response

from bank import feedback_entry, people
from bank.feedback_entry import NothingSaid, NotOne, ToAsk
from console import meeting, project
from console.page import Asked, Missing, page
from console.person import HOW_MISTAKE, HOWS
from console.who import ANYBODY
from storage.schema import Record
from storage.store import Tx

_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Typed:
    """Of whom something is typed in: what it is about is called, and the round in which they are asked."""

    title: str
    asked: Record
    person: Record


Finds = Callable[[Asked, Tx], Typed]


def _person(asked: Asked, tx: Tx) -> Record:
    found = people.seen(tx, asked.colleague, asked.path("person"))
    if found is None:
        raise Missing
    return found


def _of_meeting(asked: Asked, tx: Tx) -> Typed:
    """Raises Missing, also where they may not be seen or were not there."""
    row, person = meeting.find(asked, tx, change=True), _person(asked, tx)
    found = feedback_entry.of_meeting(tx, row, person.id, asked.now, asked.room.organisation)
    if found is None:
        raise Missing
    return Typed(meeting.title_of(row), found, person)


def _of_project(asked: Asked, tx: Tx) -> Typed:
    """The same of somebody who took part in a project."""
    row, person = project.find(asked, tx, change=True), _person(asked, tx)
    found = feedback_entry.of_project(tx, row, person.id, asked.now)
    if found is None:
        raise Missing
    return Typed(project.title_of(row), found, person)


async def _shown(asked: Asked, finds: Finds, home: str, back: str) -> Response:
    now, organisation = asked.now, asked.room.organisation

    def look(tx: Tx) -> tuple[Typed, list[ToAsk]]:
        typed = finds(asked, tx)
        return typed, feedback_entry.look(tx, asked.colleague, typed.asked, typed.person, now, organisation)

    typed, questions = await asked.write(look)
    return asked.page(
        "feedback_entry.html",
        "How was it?",
        about=typed.title,
        back=back,
        here=f"{home}/feedback/enter/{typed.person.token}",
        person=typed.person,
        anonymous=typed.asked.anonymous,
        questions=questions,
    )


async def _entered(asked: Asked, finds: Finds, home: str, back: str) -> Response:
    form, now, organisation = asked.form, asked.now, asked.room.organisation
    how = form.chosen("how", HOWS, HOW_MISTAKE)

    def work(tx: Tx) -> None:
        typed = finds(asked, tx)
        questions = feedback_entry.look(tx, asked.colleague, typed.asked, typed.person, now, organisation)
        said = {one.name: _given(asked, one) for one in questions}
        if not form.mistakes:
            feedback_entry.enter(tx, asked.colleague, typed.asked, typed.person, said, how, now)

    try:
        await asked.write(work)
    except NothingSaid:
        form.mistakes["q1"] = "Enter their answer to one question at least"
    except NotOne as wrong:
        form.mistakes.update(wrong.mistakes)
    return await _shown(asked, finds, home, back) if form.mistakes else asked.back(back, done="feedback_entered")


def _given(asked: Asked, one: ToAsk) -> str | list[str]:
    return asked.form.several(one.name) if one.many else asked.form.text(one.name, longest=_LONGEST)


async def show(asked: Asked) -> Response:
    home = meeting.home(asked)
    return await _shown(asked, _of_meeting, home, f"{home}/attend")


async def enter(asked: Asked) -> Response:
    home = meeting.home(asked)
    return await _entered(asked, _of_meeting, home, f"{home}/attend")


async def show_of_project(asked: Asked) -> Response:
    home = project.home(asked)
    return await _shown(asked, _of_project, home, f"{home}/feedback")


async def enter_of_project(asked: Asked) -> Response:
    home = project.home(asked)
    return await _entered(asked, _of_project, home, f"{home}/feedback")


PAGES = (
    page("/meetings/{token}/feedback/enter/{person}", ANYBODY, get=show, post=enter),
    page("/projects/{token}/feedback/enter/{person}", ANYBODY, get=show_of_project, post=enter_of_project),
)
