"""The answer to an invitation that was read out or sent by letter, entered where the call or the letter is."""

from __future__ import annotations

from starlette.responses import Response

from bank import invited_tasks, task_list
from bank.invitations import Came, CannotEnter
from bank.task_list import AlreadyDone
from console import tasks
from console.page import Asked, Missing, page
from console.person import HOW_MISTAKE, HOWS
from console.who import COORDINATORS
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
    """Keep it, and say what to tell them. The task itself is closed as any other."""
    form, now = asked.form, asked.now
    said = form.text("answer")
    if not said:
        form.mistakes["answer"] = "Choose their answer"
    how = form.chosen("how", HOWS, HOW_MISTAKE)
    if form.mistakes:
        return await tasks.look(asked)

    def work(tx: Tx) -> Came:
        row = task_list.find(tx, asked.colleague, asked.path("token"))
        if row is None:
            raise Missing
        if row.closed_at is not None:
            raise AlreadyDone
        return invited_tasks.enter(tx, asked.colleague, row, said, How(how), now)

    try:
        came = await asked.write(work)
    except AlreadyDone:
        return asked.back(tasks.here(asked))
    except CannotEnter as error:
        form.mistakes["answer"] = str(error)
        return await tasks.look(asked)
    return asked.back(tasks.here(asked), _DONE[came])


PAGES = (page("/tasks/{token}/answer", COORDINATORS, get=tasks.look, post=answer),)
