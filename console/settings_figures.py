"""Settings: of how many answers at least a figure is shown."""

from __future__ import annotations

from starlette.responses import Response

from console.page import Asked, page
from console.preference import keep
from console.settings_rhythm import whole_number
from console.who import ADMINISTRATORS

_AT = "/settings/figures"
_WITHIN = (5, 1000)


async def show(asked: Asked) -> Response:
    return asked.page("settings_figures.html", "Figures", organisation=asked.room.organisation)


async def keep_smallest(asked: Asked) -> Response:
    smallest = whole_number(asked.form, "smallest_shown", _WITHIN)
    if asked.form.mistakes:
        return await show(asked)
    return await keep(asked, _AT, smallest_shown=smallest)


PAGES = (page(_AT, ADMINISTRATORS, get=show, post=keep_smallest),)
