"""One thread: what was said, what is to be done about it, and the presses that do it."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.responses import Response

from bank import handling, thread, typed_in
from bank.handling import CannotDo
from bank.thread import Thread
from console.enclosed import Enclosed, enclosed
from console.page import Asked, Missing, page
from console.said import CHANNELS, said
from console.who import COORDINATORS
from language.abuse import abusive
from language.phones import line
from storage import media
from storage.schema import Record
from storage.store import Tx
from storage.tasks import TaskKind

# Where "Exit this page" leads: a page that anybody may have open.
EXIT = "https://www.bbc.co.uk/weather"
_TO_DO = {
    TaskKind.SAFEGUARDING: "Somebody may be in danger",
    TaskKind.CALL: "Ring them",
    TaskKind.QUESTION: "Answer their question",
    TaskKind.READ: "Read what they wrote",
    TaskKind.UNDER_18: "Somebody under 18 wrote",
    TaskKind.WRONG_PERSON: "It may be a wrong number",
    TaskKind.BEREAVEMENT: "Somebody has died: write with care",
    TaskKind.LANGUAGE: "Find somebody who speaks their language",
    TaskKind.CARE: "Pass on a trouble with care",
    TaskKind.PLAIN: "They asked for easier words",
    TaskKind.LETTER: "Write them a letter",
    TaskKind.PRINT: "Print something for them",
    TaskKind.SIGN_UP: "A paper form gives this number: find out",
}
_MOST_PAGES = 10_000
# In which format somebody asked for what we send, as it stands beside their name.
FORMATS = {"easy_read": "Easy read", "bsl": "BSL video", "audio": "Audio", "large_print": "Large print, by post"}


def find(asked: Asked, tx: Tx) -> Thread:
    """The thread of this page. Raises Missing."""
    found = thread.find(tx, asked.colleague, asked.path("token"))
    if found is None:
        raise Missing
    return found


def home(asked: Asked) -> str:
    return f"/inbox/{asked.path('token')}"


async def show(asked: Asked) -> Response:
    return await shown(asked)


async def shown(asked: Asked, **more: Any) -> Response:
    """The whole page; that they looked is recorded."""
    number = page_number(asked)

    def look(tx: Tx) -> tuple[Thread, dict[str, Any]]:
        found = _look(asked, tx)
        names = [(one.token, one.name) for one in handling.team(tx)]
        return found, {**_as_it_is(asked, tx, found, number), "team": names, "media": _without_words(tx, found)}

    found, values = await asked.write(look)
    # The title stays in a browser's history: it names nobody.
    return asked.page("thread.html", "A conversation", **{**_about(found), **values, "answering": False, **more})


def _look(asked: Asked, tx: Tx) -> Thread:
    """The thread of this page; that they looked is recorded. Raises Missing."""
    found = thread.look(tx, asked.colleague, asked.path("token"), asked.now)
    if found is None:
        raise Missing
    return found


def _as_it_is(asked: Asked, tx: Tx, found: Thread, number: int = 1) -> dict[str, Any]:
    """What was said, on that page of it, and who is writing now."""
    entries, earlier = thread.entries(tx, found, number)
    lines = said(entries, found, asked.room)
    writing = [(one.token, one.name) for one in handling.writing_now(tx, asked.colleague, found, asked.now)]
    return {
        "thread": found,
        "said": lines,
        "earlier": number + 1 if earlier else 0,
        "number": number,
        "writing": writing,
        "read_to": thread.read_to(tx, found) if number == 1 else "",
        "mark": mark(lines, writing),
    }


def _without_words(tx: Tx, found: Thread) -> list[tuple[str, str, Record, tuple[Enclosed, ...]]]:
    """What waits to be put into words: its name, its channel, its row, and what can be opened of it."""
    waiting = typed_in.waiting(tx, found)
    pieces = media.of(tx, [row.id for _, row in waiting])
    return [
        (name, CHANNELS[_channel(found, row.address_id)], row, enclosed(pieces.get(row.id, ())))
        for name, row in waiting
    ]


def _about(found: Thread) -> dict[str, Any]:
    return {
        "thread": found,
        "channels": CHANNELS,
        "formats": FORMATS,
        "ends": {one.id: _end(one.address) for one in found.addresses},
        "to_do": _TO_DO,
        "hurts": {one.token for one in (*found.tasks, *found.questions) if abusive(one.words or "")},
        "done_here": handling.DONE_HERE,
        "exit_page": EXIT,
    }


def _end(address: str | None) -> str:
    """The last figures of a number, to tell two apart; nothing of a chat's name."""
    return address[-3:] if address and address.startswith("+") and line(address) != "other" else ""


def _channel(found: Thread, address_id: int) -> str:
    return next(str(one.channel) for one in found.addresses if one.id == address_id)


def page_number(asked: Asked) -> int:
    """Which page of what was said; the first is the newest."""
    given = asked.query("page")
    return int(given) if given.isascii() and given.isdecimal() and 1 <= int(given) <= _MOST_PAGES else 1


async def latest(asked: Asked) -> Response:
    """What was said, where that is not what the page has. Whoever is shown something has looked: that is recorded."""
    have = await asked.read(lambda tx: _as_it_is(asked, tx, find(asked, tx))["mark"])
    if asked.query("have") == have:
        return Response(status_code=204)
    values = await asked.room.store.write(lambda tx: _as_it_is(asked, tx, _look(asked, tx)))
    return asked.part("thread_said.html", **values, answering=bool(asked.query("answering")))


def mark(lines: object, writing: object) -> str:
    """The same for a thread that looks the same."""
    return hashlib.sha256(repr((lines, writing)).encode()).hexdigest()[:16]


def press(do: Callable[[Asked, Tx, Thread], None], done: str, to: str = "") -> Callable[[Asked], Awaitable[Response]]:
    """A press that changes something and comes back to the thread; why it may not be done is said on the page."""

    async def pressed(asked: Asked) -> Response:
        try:
            await asked.write(lambda tx: do(asked, tx, find(asked, tx)))
        except CannotDo as why:
            asked.form.mistakes["actions"] = str(why)
        if asked.form.mistakes:
            return await shown(asked)
        return asked.back(to or home(asked), done=done)

    return pressed


def _close(asked: Asked, tx: Tx, found: Thread) -> None:
    """They have read it, or done it."""
    task = next((one for one in found.tasks if one.token == asked.form.text("task")), None)
    if task is None or task.kind not in handling.DONE_HERE:
        return
    if task.kind != TaskKind.READ:
        handling.close(tx, asked.colleague, found, task, asked.now, because="done")
    elif not handling.has_read(
        tx, asked.colleague, found, asked.now, read_to=asked.form.text("read_to"), because="read"
    ):
        raise CannotDo("They have written again since you opened this page. Read that first.")


def _assign(asked: Asked, tx: Tx, found: Thread) -> None:
    to = asked.colleague.token if asked.form.ticked("me") else asked.form.text("to")
    handling.assign(tx, asked.colleague, found, to, asked.now)


def _take(asked: Asked, tx: Tx, found: Thread) -> None:
    handling.take_over(tx, asked.colleague, found, asked.now)


def _hand_back(asked: Asked, tx: Tx, found: Thread) -> None:
    handling.hand_back(tx, asked.colleague, found, asked.now, asked.room.organisation)


def _spam(asked: Asked, tx: Tx, found: Thread) -> None:
    why = asked.form.needed("why", "Say why it is spam", longest=500)
    if why and not asked.form.mistakes:
        handling.mark_spam(tx, asked.colleague, found, why, asked.now)


async def danger(asked: Asked) -> Response:
    """They see danger: from now on it is the leads'."""
    why, now, organisation = (
        asked.form.needed("danger", "Say what you see", longest=500),
        asked.now,
        asked.room.organisation,
    )
    if asked.form.mistakes:
        return await shown(asked)

    def tell(tx: Tx) -> bool:
        found = find(asked, tx)
        handling.may_be_danger(tx, asked.colleague, found, why, now, organisation)
        return thread.find(tx, asked.colleague, found.token) is not None

    still_theirs = await asked.write(tell)
    return asked.back(home(asked) if still_theirs else "/inbox", done="held")


def _no_spam(asked: Asked, tx: Tx, found: Thread) -> None:
    handling.unmark_spam(tx, asked.colleague, found, asked.now)


def _note(asked: Asked, tx: Tx, found: Thread) -> None:
    words = asked.form.needed("note", "Enter a note", longest=2_000)
    if words and not asked.form.mistakes:
        handling.note(tx, asked.colleague, found, words, asked.now)


PAGES = (
    page("/inbox/{token}", COORDINATORS, get=show),
    page("/inbox/{token}/latest", COORDINATORS, get=latest),
    page("/inbox/{token}/done", COORDINATORS, post=press(_close, "task_done")),
    page("/inbox/{token}/assign", COORDINATORS, post=press(_assign, "assigned")),
    page("/inbox/{token}/take-over", COORDINATORS, post=press(_take, "taken_over")),
    page("/inbox/{token}/hand-back", COORDINATORS, post=press(_hand_back, "handed_back")),
    page("/inbox/{token}/spam", COORDINATORS, post=press(_spam, "spam_marked", "/inbox")),
    page("/inbox/{token}/not-spam", COORDINATORS, post=press(_no_spam, "spam_unmarked")),
    page("/inbox/{token}/danger", COORDINATORS, post=danger),
    page("/inbox/{token}/note", COORDINATORS, post=press(_note, "noted")),
)
