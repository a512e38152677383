"""The answer box of a thread: looked at before it goes, and not sent over somebody else's answer."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from bank import handling, replying, stock_answers
from bank.replying import AlsoWriting, AnsweredMeanwhile, CannotWrite
from bank.thread import Thread
from bank.told_facts import language_name
from channels.message import Shown
from console import thread
from console.page import Asked, page
from console.said import CHANNELS, as_shown
from console.thread import find, home
from console.who import COORDINATORS
from language.advice import Advice, advise
from storage.schema import Record
from storage.store import Tx


async def box(asked: Asked) -> Response:
    """The thread with the box open. Who only opens it is not writing yet."""
    return await _shown(asked)


async def writes(asked: Asked) -> Response:
    """They are typing: from now on others see that they are."""
    now = asked.now
    await asked.room.store.write(lambda tx: handling.writes(tx, asked.colleague, find(asked, tx), now))
    return Response(status_code=204)


async def _shown(asked: Asked, **more: Any) -> Response:
    now, organisation = asked.now, asked.room.organisation

    def look(tx: Tx) -> dict[str, Any]:
        found = find(asked, tx)
        address = _address(asked, found)
        language = replying.language_of(address, found.person)
        return {
            "address": address,
            "language": language,
            "tongue": language_name(language),
            "refused": _refusal(asked, tx, address),
            "goes_at": replying.when(address, now, organisation),
            "seen": replying.last_of_team(tx, found),
            "stock": stock_answers.offered(tx, language),
            "longest": replying.LONGEST,
        }

    values = await asked.read(look)
    blank: dict[str, Any] = {"answering": True, "preview": None, "others": [], "also_writing": False}
    return await thread.shown(asked, **{**blank, **values, **more})


def _address(asked: Asked, found: Thread) -> Record:
    """Where they chose to write to; else where the person wrote from last, or the first that is open."""
    wanted = asked.form.text("to")
    chosen = next((one for one in found.addresses if one.token == wanted), None)
    return chosen or max(found.addresses, key=lambda one: (one.state == "open", one.last_in_at or one.created_at))


def _refusal(asked: Asked, tx: Tx, address: Record) -> str:
    try:
        replying.check(tx, asked.colleague, address, asked.now)
    except CannotWrite as why:
        return str(why)
    return ""


async def answer(asked: Asked) -> Response:
    """What they pressed: start from a stock answer, look at it first, or send."""
    pressed, now = asked.form.text("press"), asked.now
    await asked.room.store.write(lambda tx: handling.writes(tx, asked.colleague, find(asked, tx), now))
    if pressed == "start":
        return await _start_from(asked)
    words = asked.form.needed("words", "Write your message", longest=replying.LONGEST)
    if asked.form.mistakes:
        return await _shown(asked)
    if pressed == "send":
        return await _send(asked, words)
    return await _preview(asked, words)


async def _start_from(asked: Asked) -> Response:
    token = asked.form.text("stock")
    offered = await asked.read(lambda tx: stock_answers.offered(tx, asked.form.text("language")))
    words = next((words for name, _title, words in offered if name == token), asked.form.text("words"))
    return await _shown(asked, words=words)


async def _preview(asked: Asked, words: str) -> Response:
    address, language = await asked.read(lambda tx: _where(asked, tx))
    return await _shown(asked, words=words, preview=_look(asked, address, words, language))


def _where(asked: Asked, tx: Tx) -> tuple[Record, str]:
    found = find(asked, tx)
    address = _address(asked, found)
    return address, replying.language_of(address, found.person)


def _look(asked: Asked, address: Record, words: str, language: str) -> tuple[Shown, Advice, float]:
    """As the phone shows it, what would make it plainer, and its cost in pence."""
    today = asked.now.astimezone(asked.room.organisation.zone).date()
    manner = asked.room.manner(language)
    shown = as_shown(replying.draft(address, words, language), asked.room)
    cost = shown.segments * manner.segment_price / 10 if shown.encoding else 0.0
    return shown, advise(words, language, today, manner=manner), cost


async def _send(asked: Asked, words: str) -> Response:
    now, organisation = asked.now, asked.room.organisation
    seen, warned = asked.form.text("seen"), asked.form.several("warned")

    def send(tx: Tx) -> bool:
        found = find(asked, tx)
        address = _address(asked, found)
        given: dict[str, Any] = {"seen": seen, "read_to": asked.form.text("read_to"), "warned": warned}
        replying.answer(tx, asked.colleague, found, words, now, organisation, to=address, **given)
        return replying.when(address, now, organisation) <= now

    try:
        goes_now = await asked.write(send)
    except AnsweredMeanwhile as meanwhile:
        return await _shown(asked, words=words, others=meanwhile.rows, channels=CHANNELS)
    except AlsoWriting:
        return await _shown(asked, words=words, also_writing=True)
    except CannotWrite as why:
        asked.form.mistakes["words"] = str(why)
        return await _shown(asked, words=words)
    return asked.back(home(asked), done="sent" if goes_now else "sent_later")


async def cancel(asked: Asked) -> Response:
    """They thought better of it."""
    await asked.room.store.write(lambda tx: handling.end_answer(tx, asked.colleague, find(asked, tx)))
    return asked.back(home(asked))


PAGES = (
    page("/inbox/{token}/answer", COORDINATORS, get=box, post=answer),
    page("/inbox/{token}/answer/writing", COORDINATORS, post=writes),
    page("/inbox/{token}/answer/cancel", COORDINATORS, post=cancel),
)
