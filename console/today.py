"""Today: the first page, with what needs a person now."""

from __future__ import annotations

from starlette.responses import Response

from bank import today
from console.page import Asked, page
from console.who import READERS


async def show(asked: Asked) -> Response:
    now, organisation = asked.now, asked.room.organisation
    rows = await asked.read(lambda tx: today.rows(tx, asked.colleague, now, organisation))
    return asked.page("today.html", "Today", rows=rows, most=today.MOST)


PAGES = (page("/", READERS, get=show),)
