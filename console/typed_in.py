"""Typing in what a voice note or a picture says."""

from __future__ import annotations

from starlette.responses import Response

from bank import thread as threads
from bank import typed_in
from bank.handling import CannotDo
from console import thread
from console.page import Asked, page
from console.thread import find, home
from console.who import COORDINATORS
from storage.store import Tx

_KINDS = (typed_in.VOICE, typed_in.PICTURE)


async def type_in(asked: Asked) -> Response:
    """Take the words in as if they had been texted. Whoever may not see what came of it goes back to the inbox."""
    kind = asked.form.chosen("kind", _KINDS, "Say whether it is a voice note or a picture")
    words = asked.form.needed("heard", "Type what it says", longest=typed_in.LONGEST)
    name, now, organisation = asked.form.text("message"), asked.now, asked.room.organisation

    def take(tx: Tx) -> bool:
        found = find(asked, tx)
        typed_in.type_in(tx, asked.colleague, found, name, kind, words, now, organisation)
        return threads.find(tx, asked.colleague, found.token) is not None

    if not asked.form.mistakes:
        try:
            still_theirs = await asked.write(take)
        except CannotDo as why:
            asked.form.mistakes["heard"] = str(why)
        else:
            return asked.back(home(asked), done="typed_in") if still_theirs else asked.back("/inbox", done="held")
    return await thread.shown(asked)


PAGES = (page("/inbox/{token}/typed-in", COORDINATORS, post=type_in),)
