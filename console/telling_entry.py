"""What somebody says to what they were told by a call or a letter, typed in where the call or the letter is."""

from __future__ import annotations

from starlette.responses import Response

from bank import audit, task_list, telling_calls
from bank.audit import Act
from bank.commitment_confirmed import TheirOwn
from bank.telling_calls import ToSay
from console.page import Asked, Missing, page
from console.person import HOW_MISTAKE, HOWS
from console.who import COORDINATORS
from storage.schema import Record
from storage.store import Tx
from storage.told import How

_LONGEST = 500
_YES_NO = (("yes", "Yes"), ("no", "No"))
_CHOICES = {"meant": _YES_NO, "done": (*_YES_NO, ("cannot_tell", "They can't tell"))}
_THEIR_OWN = "You said that this is done, or you see to it. Ask a colleague to enter this yes"
_NOTHING = "Choose an answer or write what they said, for one of these at least"


def _row(asked: Asked, tx: Tx) -> Record:
    """The task that the page is about. Raises Missing, also where nothing is told by it."""
    row = task_list.find(tx, asked.colleague, asked.path("token"))
    if row is None or row.telling_id is None:
        raise Missing
    return row


async def show(asked: Asked) -> Response:
    now, organisation = asked.now, asked.room.organisation

    def work(tx: Tx) -> tuple[Record, list[ToSay]]:
        row = _row(asked, tx)
        audit.record(tx, now, Act.SAW_TASK, asked.colleague.id, person_id=row.person_id, about=row.token)
        return row, telling_calls.of_task(tx, row, organisation)

    row, told = await asked.write(work)
    return asked.page("telling_entry.html", "What did they say to it?", task=row, told=told, choices=_CHOICES)


async def enter(asked: Asked) -> Response:
    """Keep it, as if they had texted it. The task itself is closed as any other."""
    form, now, organisation = asked.form, asked.now, asked.room.organisation
    told = await asked.read(lambda tx: telling_calls.of_task(tx, _row(asked, tx), organisation))
    said = {one.token: _given(asked, one) for one in told}
    how = form.chosen("how", HOWS, HOW_MISTAKE)
    if not any(answer or words for answer, words in said.values()) and not form.mistakes:
        form.mistakes[f"answer-{told[0].token}" if told else "how"] = _NOTHING
    if form.mistakes:
        return await show(asked)
    try:
        await asked.write(
            lambda tx: telling_calls.enter(tx, asked.colleague, _row(asked, tx), said, How(how), now, organisation)
        )
    except TheirOwn as one:
        form.mistakes[f"answer-{one}"] = _THEIR_OWN
        return await show(asked)
    return asked.back(f"/tasks/{asked.path('token')}", "answer_kept")


def _given(asked: Asked, one: ToSay) -> tuple[str, str]:
    """Their answer to one thing, and their words; each empty where there is none."""
    answers = ("", *(id_ for id_, _label in _CHOICES.get(one.asks, (("no", ""),))))
    answer = asked.form.chosen(f"answer-{one.token}", answers, "Choose one of these answers")
    return answer, asked.form.text(f"words-{one.token}", longest=_LONGEST)


PAGES = (page("/tasks/{token}/said", COORDINATORS, get=show, post=enter),)
