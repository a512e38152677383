"""Tasks: calls, letters and the rest: who does what by when, and what came of it."""

from __future__ import annotations

from datetime import date

from starlette.responses import Response

from bank import by_when, invited_tasks, task_list
from bank.invited_tasks import ToAsk
from bank.task_list import FOR_SOMEBODY, AlreadyDone, Task, Which
from console.given_dates import given as given_date
from console.page import Asked, Missing, page
from console.person import home
from console.person_change import member, seen
from console.who import COORDINATORS
from storage.schema import Record
from storage.store import Tx
from storage.tasks import TaskKind

SHOWS = (
    (Which.MINE, "Mine"),
    (Which.CALLS, "Calls"),
    (Which.LETTERS, "Letters and printing"),
    (Which.ALL, "All"),
    (Which.DONE, "Done lately"),
)
KIND_NAMES = {TaskKind.CALL: "A call", TaskKind.LETTER: "A letter", TaskKind.PRINT: "Something to print"}
SPOKE, NO_ANSWER = "spoke", "no_answer"
_NOT_A_DATE = "Enter a real date, such as 3 12 2026"


async def show(asked: Asked) -> Response:
    which = Which(asked.query("show")) if asked.query("show") in {*Which} else Which.ALL
    number, now, organisation = asked.number("page"), asked.now, asked.room.organisation
    found, more = await asked.read(lambda tx: task_list.listed(tx, asked.colleague, which, number, now, organisation))
    return asked.page("tasks.html", "Tasks", tasks=found, more=more, number=number, which=which, shows=SHOWS)


def here(asked: Asked) -> str:
    return f"/tasks/{asked.path('token')}"


def _row(asked: Asked, tx: Tx) -> Record:
    """The task that the page is about. Raises Missing."""
    found = task_list.find(tx, asked.colleague, asked.path("token"))
    if found is None:
        raise Missing
    return found


async def look(asked: Asked) -> Response:
    return await _shown(asked)


async def _shown(asked: Asked, revealed: list[str] | None = None) -> Response:
    now, organisation = asked.now, asked.room.organisation

    def work(tx: Tx) -> tuple[Task | None, list[Record], ToAsk | None]:
        row = task_list.find(tx, asked.colleague, asked.path("token"))
        to_ask = invited_tasks.of_task(tx, row, now, organisation) if row is not None else None
        found = task_list.look(tx, asked.colleague, asked.path("token"), now, organisation)
        return found, task_list.team(tx), to_ask

    task, team, to_ask = await asked.write(work)
    if task is None:
        raise Missing
    others = [(one.token, one.name) for one in team if one.token != asked.colleague.token]
    return asked.page("tasks_one.html", task.todo, task=task, team=others, revealed=revealed, to_ask=to_ask)


async def reveal(asked: Asked) -> Response:
    """Show the numbers once, in the answer itself."""
    why, now = asked.form.needed("why", "Say why you need it", longest=200), asked.now
    if asked.form.mistakes:
        return await _shown(asked)
    return await _shown(
        asked, await asked.write(lambda tx: task_list.reveal(tx, asked.colleague, _row(asked, tx), why, now))
    )


async def take(asked: Asked) -> Response:
    now = asked.now
    try:
        await asked.write(lambda tx: task_list.take(tx, asked.colleague, _row(asked, tx), now))
    except AlreadyDone:
        return asked.back(here(asked))
    return asked.back(here(asked), "task_taken")


async def hand(asked: Asked) -> Response:
    form, now = asked.form, asked.now
    to, words = form.text("to"), form.text("hand_words", longest=500)
    if not form.mistakes:
        try:
            done = await asked.write(lambda tx: task_list.hand(tx, asked.colleague, _row(asked, tx), to, words, now))
        except AlreadyDone:
            return asked.back(here(asked))
        if done:
            return asked.back("/tasks", "task_handed")
        form.mistakes["to"] = "Choose a colleague who may see this task"
    return await _shown(asked)


async def put_off(asked: Asked) -> Response:
    form, now, organisation = asked.form, asked.now, asked.room.organisation
    until = _day(asked, "until")
    why = form.needed("put_off_why", "Say why it needs another day", longest=500)
    if form.mistakes or until is None:
        return await _shown(asked)
    try:
        await asked.write(
            lambda tx: task_list.put_off(tx, asked.colleague, _row(asked, tx), until, why, now, organisation)
        )
    except AlreadyDone:
        return asked.back(here(asked))
    return asked.back(here(asked), "task_put_off")


def _day(asked: Asked, name: str) -> date | None:
    """The day that they chose, with what is wrong with it."""
    until = given_date(asked.form, name, _NOT_A_DATE)
    if until is not None and (wrong := by_when.why_not_then(until, asked.now, asked.room.organisation)):
        asked.form.mistakes[name] = wrong
    return until


async def result(asked: Asked) -> Response:
    """What came of it: it is done, or of a call: nobody answered, and it is tried again."""
    kind = (await asked.read(lambda tx: _row(asked, tx))).kind
    if kind == TaskKind.CALL:
        came = asked.form.chosen("came", (SPOKE, NO_ANSWER), "Choose what came of the call")
        if came == NO_ANSWER:
            return await _no_answer(asked)
    words, now = asked.form.needed("result", "Write what came of it"), asked.now
    if asked.form.mistakes:
        return await _shown(asked)
    try:
        await asked.write(lambda tx: task_list.done(tx, asked.colleague, _row(asked, tx), words, now))
    except AlreadyDone:
        return asked.back(here(asked))
    return asked.back("/tasks", "task_closed")


async def _no_answer(asked: Asked) -> Response:
    form, now, organisation = asked.form, asked.now, asked.room.organisation
    again, words = _day(asked, "again"), form.text("result")
    if form.mistakes or again is None:
        return await _shown(asked)
    try:
        await asked.write(
            lambda tx: task_list.tried(tx, asked.colleague, _row(asked, tx), again, words, now, organisation)
        )
    except AlreadyDone:
        return asked.back(here(asked))
    return asked.back(here(asked), "task_tried")


async def new(asked: Asked) -> Response:
    person = await seen(asked)
    return asked.page("tasks_new.html", "Add a call or a letter", person=person, kinds=list(KIND_NAMES.items()))


async def add(asked: Asked) -> Response:
    form, now, organisation = asked.form, asked.now, asked.room.organisation
    kind = form.chosen("kind", FOR_SOMEBODY, "Choose what is to be done")
    words = form.needed("words", "Say what it is about", longest=2000)
    until = _day(asked, "until")
    if form.mistakes or until is None:
        return await new(asked)
    await asked.write(
        lambda tx: task_list.add(
            tx, asked.colleague, member(asked, tx), TaskKind(kind), words, until, now, organisation
        )
    )
    return asked.back(home(asked), "task_added")


PAGES = (
    page("/tasks", COORDINATORS, get=show),
    page("/tasks/{token}", COORDINATORS, get=look),
    page("/tasks/{token}/number", COORDINATORS, get=look, post=reveal),
    page("/tasks/{token}/take", COORDINATORS, post=take),
    page("/tasks/{token}/hand", COORDINATORS, get=look, post=hand),
    page("/tasks/{token}/put-off", COORDINATORS, get=look, post=put_off),
    page("/tasks/{token}/result", COORDINATORS, get=look, post=result),
    page("/people/{token}/tasks/new", COORDINATORS, get=new, post=add),
)
