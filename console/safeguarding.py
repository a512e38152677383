"""Safeguarding: where somebody may be in danger. For safeguarding leads alone, and never about themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from starlette.responses import Response

from bank import concern_list, concerns, handling, numbers, on_call, replying, thread
from bank.alerting import EVERY
from bank.concern_list import Portrait
from bank.replying import LONGEST, CannotWrite
from console.page import Asked, Missing, page
from console.said import CHANNELS, said
from console.thread import EXIT, mark
from console.who import LEADS
from storage import concerns as stored
from storage.schema import Record
from storage.store import Tx

_HOME = "/safeguarding"


async def show(asked: Asked) -> Response:
    number, now, organisation = asked.number("page"), asked.now, asked.room.organisation

    def look(tx: Tx) -> dict[str, Any]:
        return {
            "shown": concern_list.overview(tx, asked.colleague, now, number),
            "too_few": on_call.too_few(tx, organisation),
        }

    return asked.page(
        "safeguarding.html", "Safeguarding", number=number, **await asked.read(look), **help_there_is(asked)
    )


def help_there_is(asked: Asked) -> dict[str, Any]:
    """Numbers to give in a crisis, and what is agreed for the hours when nobody is on call."""
    organisation = asked.room.organisation
    return {"organisation": organisation, "stale": numbers.days_unchecked(organisation, asked.now), "every": EVERY}


def whole(asked: Asked, tx: Tx) -> Record:
    """The concern of this page. Raises Missing."""
    found = concern_list.find(tx, asked.colleague, asked.path("token"))
    if found is None:
        raise Missing
    return found


def _home(asked: Asked) -> str:
    return f"{_HOME}/{asked.path('token')}"


async def one(asked: Asked) -> Response:
    return await _shown(asked)


async def _shown(asked: Asked, revealed: Mapping[str, str] | None = None) -> Response:
    now = asked.now

    def look(tx: Tx) -> dict[str, Any]:
        shown = concern_list.look(tx, asked.colleague, asked.path("token"), now)
        if shown is None:
            raise Missing
        return {"shown": shown, **_words(asked, tx, shown)}

    values = await asked.write(look)
    # The title stays in a browser's history: it names nobody.
    return asked.page(
        "safeguarding_one.html",
        "Somebody may be in danger",
        **values,
        **help_there_is(asked),
        channels=CHANNELS,
        revealed=revealed or {},
        exit_page=EXIT,
        longest=LONGEST,
    )


def _words(asked: Asked, tx: Tx, shown: Portrait) -> dict[str, Any]:
    """What was said, as the inbox shows it."""
    if shown.thread is None:
        return {"thread": None}
    entries, earlier = thread.entries(tx, shown.thread)
    lines = said(entries, shown.thread, asked.room)
    return {
        "thread": shown.thread,
        "said": lines,
        "earlier": 2 if earlier else 0,
        "number": 1,
        "writing": "",
        "answering": False,
        "read_to": "",
        "mark": mark(lines, ""),
    }


async def take(asked: Asked) -> Response:
    """Two may press at once: the second is told, and takes it over only by saying so."""
    over, now = asked.form.ticked("over"), asked.now

    def work(tx: Tx) -> str:
        concern = whole(asked, tx)
        if concern.released_at is not None:
            return "already_released"
        if concern.alert_at is None and concern.taken_by != asked.colleague.id and not over:
            return "already_taken"
        concerns.take(tx, concern, asked.colleague.id, now)
        return "taken"

    return asked.back(_home(asked), done=await asked.write(work))


async def write(asked: Asked) -> Response:
    words = asked.form.needed("words", "Write your message", longest=LONGEST)
    now, organisation = asked.now, asked.room.organisation

    def work(tx: Tx) -> None:
        address = _address(asked, tx, whole(asked, tx))
        replying.write(tx, asked.colleague, address, words, now, organisation, wording="staff.safeguarding")

    if not asked.form.mistakes:
        try:
            await asked.write(work)
        except CannotWrite as why:
            asked.form.mistakes["words"] = str(why)
    return await one(asked) if asked.form.mistakes else asked.back(_home(asked), done="sent")


def _address(asked: Asked, tx: Tx, concern: Record) -> Record:
    """The address that they chose, of those that are held. Raises Missing."""
    wanted = asked.form.text("to")
    found = next((row for row in stored.addresses_of(tx, concern.id) if row.token == wanted), None)
    if found is None:
        raise Missing
    return found


async def note(asked: Asked) -> Response:
    words, now = asked.form.needed("note", "Write your note"), asked.now

    def work(tx: Tx) -> None:
        shown = concern_list.look(tx, asked.colleague, asked.path("token"), now)
        if shown is None or shown.thread is None:
            raise Missing
        handling.note(tx, asked.colleague, shown.thread, words, now)

    if asked.form.mistakes:
        return await one(asked)
    await asked.write(work)
    return asked.back(_home(asked), done="noted")


async def reveal(asked: Asked) -> Response:
    """The numbers, once, in the answer itself; looking again asks again."""
    why, now = asked.form.needed("why", "Say why you need the number"), asked.now
    if asked.form.mistakes:
        return await one(asked)
    found = await asked.write(lambda tx: concern_list.reveal(tx, whole(asked, tx), asked.colleague, why, now))
    return await _shown(asked, found)


async def judge(asked: Asked) -> Response:
    token, said_so, now = asked.form.text("message"), asked.form.text("mark"), asked.now

    def work(tx: Tx) -> bool:
        concern = whole(asked, tx)
        message = stored.message_called(tx, concern.id, token)
        return message is not None and concerns.judge(tx, concern, message, asked.colleague, said_so, now)

    if not await asked.write(work):
        raise Missing
    return asked.back(_home(asked), done="judged")


async def say_safe(asked: Asked) -> Response:
    """Whether a text there could do harm."""
    unsafe, now = asked.form.text("unsafe") == "yes", asked.now

    def work(tx: Tx) -> None:
        concern = whole(asked, tx)
        concerns.say_unsafe(tx, concern, _address(asked, tx, concern), asked.colleague, now, unsafe=unsafe)

    await asked.write(work)
    return asked.back(_home(asked), done="unsafe" if unsafe else "safe_again")


async def release(asked: Asked) -> Response:
    reason = asked.form.needed("reason", "Say why nothing needs to be held any longer")
    now, organisation = asked.now, asked.room.organisation

    def work(tx: Tx) -> str:
        concern = whole(asked, tx)
        if concern.released_at is not None:
            return "already_released"
        concerns.release(tx, concern, asked.colleague, reason, now, organisation)
        return "let_go"

    if asked.form.mistakes:
        return await one(asked)
    return asked.back(_home(asked), done=await asked.write(work))


_PRESSES: Mapping[str, Callable[[Asked], Any]] = {
    "take": take,
    "write": write,
    "note": note,
    "reveal": reveal,
    "judge": judge,
    "safe": say_safe,
    "release": release,
}
PAGES = (
    page(_HOME, LEADS, get=show),
    page(f"{_HOME}/{{token}}", LEADS, get=one),
    *(page(f"{_HOME}/{{token}}/{name}", LEADS, post=press) for name, press in _PRESSES.items()),
)
