"""What somebody who does not text said of a meeting, typed in: /meetings/{token}/feedback/enter/{person}."""

from __future__ import annotations

from starlette.responses import Response

from bank import feedback_entry, people
from bank.feedback_entry import NothingSaid, NotOne, ToAsk
from console.meeting import find, home, title_of
from console.page import Asked, Missing, page
from console.person import HOW_MISTAKE, HOWS
from console.who import ANYBODY
from storage.schema import Record
from storage.store import Tx

_LONGEST = 2000
_AT = "/meetings/{token}/feedback/enter/{person}"


def _whom(asked: Asked, tx: Tx) -> tuple[Record, Record]:
    """The meeting and the person. Raises Missing, also where they may not be seen or were not there."""
    row = find(asked, tx, change=True)
    person = people.seen(tx, asked.colleague, asked.path("person"))
    if person is None or not feedback_entry.may_be_entered(tx, row, person.id, asked.now):
        raise Missing
    return row, person


async def show(asked: Asked) -> Response:
    now, organisation = asked.now, asked.room.organisation

    def look(tx: Tx) -> tuple[Record, Record, Record, list[ToAsk]]:
        row, person = _whom(asked, tx)
        return row, person, *feedback_entry.look(tx, asked.colleague, row, person, now, organisation)

    row, person, asking, questions = await asked.write(look)
    return asked.page(
        "feedback_entry.html",
        "How was it?",
        row=row,
        meeting_title=title_of(row),
        person=person,
        anonymous=asking.anonymous,
        questions=questions,
    )


async def enter(asked: Asked) -> Response:
    form, now, organisation = asked.form, asked.now, asked.room.organisation
    how = form.chosen("how", HOWS, HOW_MISTAKE)

    def work(tx: Tx) -> None:
        row, person = _whom(asked, tx)
        _asking, questions = feedback_entry.look(tx, asked.colleague, row, person, now, organisation)
        said = {one.name: _given(asked, one) for one in questions}
        if not form.mistakes:
            feedback_entry.enter(tx, asked.colleague, row, person, said, how, now, organisation)

    try:
        await asked.write(work)
    except NothingSaid:
        form.mistakes["q1"] = "Enter their answer to one question at least"
    except NotOne as wrong:
        form.mistakes.update(wrong.mistakes)
    return await show(asked) if form.mistakes else asked.back(f"{home(asked)}/attend", done="feedback_entered")


def _given(asked: Asked, one: ToAsk) -> str | list[str]:
    return asked.form.several(one.name) if one.many else asked.form.text(one.name, longest=_LONGEST)


PAGES = (page(_AT, ANYBODY, get=show, post=enter),)
