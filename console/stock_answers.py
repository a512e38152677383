"""Stock answers: the list, a new one, and changes."""

from __future__ import annotations

from starlette.responses import Response

from bank import stock_answers
from bank.told_facts import language_name
from console.page import Asked, Missing, page
from console.who import COORDINATORS
from storage import stock_answers as stored
from storage.schema import Record
from storage.store import Tx

HOME = "/inbox/stock-answers"
LONGEST, LONGEST_ASKS = 600, 3_000


async def show(asked: Asked) -> Response:
    rows = await asked.read(stored.in_use)
    return asked.page("stock_answers.html", "Stock answers", rows=rows, tongues=_tongues(asked))


def _tongues(asked: Asked) -> dict[str, str]:
    """Languages by tag, English first."""
    return {tag: language_name(tag) for tag in asked.room.organisation.catalogs.spoken}


async def new(asked: Asked) -> Response:
    return asked.page("stock_answer.html", "Add a stock answer", row=None, tongues=_tongues(asked), longest=LONGEST)


async def add(asked: Asked) -> Response:
    title, words, is_safe, asks = _read(asked)
    if asked.form.mistakes:
        return await new(asked)
    now = asked.now
    await asked.write(lambda tx: stock_answers.add(tx, asked.colleague, title, words, now, is_safe=is_safe, asks=asks))
    return asked.back(HOME, done="stock_answer_kept")


def _read(asked: Asked) -> tuple[str, dict[str, str], bool, list[str]]:
    title = asked.form.needed("title", "Enter a name for it", longest=100)
    words = {tag: asked.form.text(f"words-{tag}", longest=LONGEST) for tag in _tongues(asked)}
    if not any(words.values()):
        asked.form.mistakes["words-en"] = "Enter the words in one language at least"
    asks = asked.form.text("asks", longest=LONGEST_ASKS).splitlines()
    return title, words, asked.form.ticked("safe"), asks


def _find(asked: Asked, tx: Tx) -> Record:
    row = stored.by_token(tx, asked.path("token"))
    if row is None or row.closed_at is not None:
        raise Missing
    return row


async def one(asked: Asked) -> Response:
    row = await asked.read(lambda tx: _find(asked, tx))
    tongues = _tongues(asked)
    return asked.page("stock_answer.html", "Change a stock answer", row=row, tongues=tongues, longest=LONGEST)


async def change(asked: Asked) -> Response:
    title, words, is_safe, asks = _read(asked)
    if asked.form.mistakes:
        return await one(asked)
    now = asked.now

    def keep(tx: Tx) -> None:
        stock_answers.change(tx, asked.colleague, _find(asked, tx), title, words, now, is_safe=is_safe, asks=asks)

    await asked.write(keep)
    return asked.back(HOME, done="stock_answer_kept")


async def take_away(asked: Asked) -> Response:
    now = asked.now
    await asked.write(lambda tx: stock_answers.take_away(tx, asked.colleague, _find(asked, tx), now))
    return asked.back(HOME, done="stock_answer_gone")


PAGES = (
    page(HOME, COORDINATORS, get=show),
    page(f"{HOME}/new", COORDINATORS, get=new, post=add),
    page(HOME + "/{token}", COORDINATORS, get=one, post=change),
    page(HOME + "/{token}/take-away", COORDINATORS, post=take_away),
)
