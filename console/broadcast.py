"""One broadcast: what is done with it before it goes, and on its way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.responses import Response

from bank import broadcast_going, broadcast_trial
from bank.broadcast_draft import seen_as
from bank.colleague import Colleague
from bank.handling import CannotDo
from bank.lacking import NotYet
from console.broadcast_form import ceiling
from console.broadcast_shown import again, latest, progress
from console.broadcast_write import find
from console.broadcasts import HOME
from console.page import Asked, page
from console.who import COORDINATORS
from storage.schema import Record
from storage.store import Tx


async def show(asked: Asked) -> Response:
    return await again(asked)


async def test(asked: Asked) -> Response:
    """Send it to the colleague's own phone."""
    now, organisation, language = asked.now, asked.room.organisation, asked.form.text("language")
    try:
        await asked.write(
            lambda tx: broadcast_trial.test_send(tx, asked.colleague, find(asked, tx), now, organisation, language)
        )
    except CannotDo as why:
        return await again(asked, str(why))
    return asked.back(f"{HOME}/{asked.path('token')}", done="broadcast_tested")


async def ask_approval(asked: Asked) -> Response:
    now, organisation = asked.now, asked.room.organisation

    def ask(tx: Tx) -> None:
        row = _as_seen(asked, tx)
        broadcast_going.ask_approval(tx, asked.colleague, row, now, organisation, manners=asked.room.manner)

    return await _done(asked, ask, "broadcast_asked")


async def let_go(asked: Asked) -> Response:
    now, organisation = asked.now, asked.room.organisation

    def go(tx: Tx) -> None:
        row = _as_seen(asked, tx)
        gone = broadcast_going.let_go(tx, asked.colleague, row, now, organisation, manners=asked.room.manner)
        asked.room.mail(tx, gone.id)

    return await _done(asked, go, "broadcast_let_go")


def _as_seen(asked: Asked, tx: Tx) -> Record:
    """The broadcast, as long as it is what this colleague has looked at. Raises NotYet."""
    row = find(asked, tx)
    if asked.form.text("seen") != seen_as(tx, row, asked.room.organisation):
        raise NotYet(["Somebody has changed it since you looked. Look at it again."])
    return row


async def _done(asked: Asked, work: Callable[[Tx], None], done: str) -> Response:
    try:
        await asked.write(work)
    except NotYet as why:
        return await again(asked, " ".join(why.reasons))
    except CannotDo as why:
        return await again(asked, str(why))
    return asked.back(f"{HOME}/{asked.path('token')}", done=done)


def _changing(change: Callable[..., Record], done: str) -> Callable[[Asked], Any]:
    """Something done with one that was let go."""

    async def do(asked: Asked) -> Response:
        now = asked.now

        def work(tx: Tx) -> None:
            colleague: Colleague = asked.colleague
            change(tx, colleague, find(asked, tx), now)

        return await _done(asked, work, done)

    return do


async def release(asked: Asked) -> Response:
    """Let it go on; up to a higher limit, where the page has one."""
    now, most = asked.now, ceiling(asked.form)
    if asked.form.mistakes:
        return await progress(asked)

    def go_on(tx: Tx) -> None:
        row = broadcast_going.release(tx, asked.colleague, find(asked, tx), now, most)
        asked.room.mail(tx, row.id)

    return await _done(asked, go_on, "broadcast_released")


async def correct(asked: Asked) -> Response:
    now = asked.now
    try:
        row = await asked.write(lambda tx: broadcast_going.correct(tx, asked.colleague, find(asked, tx), now))
    except CannotDo as why:
        return await again(asked, str(why))
    return asked.back(f"{HOME}/{row.token}/words")


_ONE = HOME + "/{token}"
PAGES = (
    page(_ONE, COORDINATORS, get=show),
    page(f"{_ONE}/latest", COORDINATORS, get=latest),
    page(f"{_ONE}/test", COORDINATORS, post=test),
    page(f"{_ONE}/ask", COORDINATORS, post=ask_approval),
    page(f"{_ONE}/send", COORDINATORS, post=let_go),
    page(f"{_ONE}/hold", COORDINATORS, post=_changing(broadcast_going.hold, "broadcast_held")),
    page(f"{_ONE}/release", COORDINATORS, post=release),
    page(f"{_ONE}/cancel", COORDINATORS, post=_changing(broadcast_going.cancel, "broadcast_canceled")),
    page(f"{_ONE}/correct", COORDINATORS, post=correct),
)
