"""The answer to an invitation that was read out or sent by letter, entered where the call or the letter is."""

from __future__ import annotations

from collections.abc import Callable

from starlette.responses import Response

from bank import invited_tasks, task_list, who_answered
from bank.invitations import Came, CannotEnter
from bank.task_list import AlreadyDone
from console import rsvp_form, tasks
from console.page import Asked, Missing, page
from console.person import HOW_MISTAKE, HOWS
from console.who import COORDINATORS
from storage import people
from storage.schema import Record
from storage.store import Tx
from storage.told import How

# What came of it, by the name of the message that the next page shows.
_DONE = {
    Came.PLACE: "answer_place",
    Came.WAITING: "answer_waiting",
    Came.INTERESTED: "answer_interested",
    Came.NOTED: "answer_noted",
}


async def answer(asked: Asked) -> Response:
    """Keep it, and say what to tell them. The call or letter is done."""
    form, now = asked.form, asked.now
    meeting = await asked.read(lambda tx: _meeting(asked, tx))
    if meeting is not None:
        return await _coming(asked, meeting)
    said = form.text("answer")
    if not said:
        form.mistakes["answer"] = "Choose their answer"
    how = form.chosen("how", HOWS, HOW_MISTAKE)
    if form.mistakes:
        return await tasks.look(asked)

    return await _kept(
        asked,
        said,
        lambda tx, row: _DONE[invited_tasks.enter(tx, asked.colleague, row, said, How(how), now)],
    )


def _row(asked: Asked, tx: Tx) -> Record:
    """The task that the page is about. Raises Missing."""
    row = task_list.find(tx, asked.colleague, asked.path("token"))
    if row is None:
        raise Missing
    return row


def _open(asked: Asked, tx: Tx) -> Record:
    """The same, as long as it is to be done. Raises AlreadyDone."""
    row = _row(asked, tx)
    if row.closed_at is not None:
        raise AlreadyDone
    return row


def _meeting(asked: Asked, tx: Tx) -> Record | None:
    """The meeting to which they are asked by this call or letter, if it is one that asks whether they come."""
    return invited_tasks.meeting_of(tx, _row(asked, tx))


async def _coming(asked: Asked, meeting: Record) -> Response:
    """Whether they come to a meeting, and how."""
    now, organisation = asked.now, asked.room.organisation
    given = rsvp_form.read(asked.form, meeting)
    if given is None:
        return await tasks.look(asked)

    def work(tx: Tx, row: Record) -> str:
        person = people.get(tx, row.person_id)
        kept = who_answered.enter(tx, asked.colleague, meeting, person, given, now, organisation, row)
        return rsvp_form.done(kept)

    return await _kept(asked, given.answer, work)


async def _kept(asked: Asked, answer: str, work: Callable[[Tx, Record], str]) -> Response:
    """Keep an answer, close the task with it, and go back there with what to tell them."""
    now, organisation = asked.now, asked.room.organisation

    def keep(tx: Tx) -> str:
        row = _open(asked, tx)
        done = work(tx, row)
        invited_tasks.close(tx, asked.colleague, row, answer, now, organisation)
        return done

    try:
        done = await asked.write(keep)
    except AlreadyDone:
        return asked.back(tasks.here(asked))
    except CannotEnter as error:
        asked.form.mistakes["answer"] = str(error)
        return await tasks.look(asked)
    return asked.back(tasks.here(asked), done)


PAGES = (page("/tasks/{token}/answer", COORDINATORS, get=tasks.look, post=answer),)
