"""Settings: how often people hear from us without asking, and from how many people on somebody else must agree."""

from __future__ import annotations

from starlette.responses import Response

from console.forms import Form
from console.page import Asked, page
from console.preference import keep
from console.who import ADMINISTRATORS

_AT = "/settings/rhythm"
# The fewest and the most that each may be.
_WITHIN = {"most_a_week": (1, 7), "days_between_questions": (7, 90), "approve_above": (0, 100_000)}


async def show(asked: Asked) -> Response:
    return asked.page("settings_rhythm.html", "How often we text", organisation=asked.room.organisation)


async def keep_rhythm(asked: Asked) -> Response:
    values = {name: whole_number(asked.form, name, within) for name, within in _WITHIN.items()}
    if asked.form.mistakes:
        return await show(asked)
    return await keep(asked, _AT, **values)


def whole_number(form: Form, name: str, within: tuple[int, int]) -> int:
    """The number that was filled in, or the least there may be, and then a mistake."""
    given, (least, most) = form.line(name), within
    if given.isascii() and given.isdecimal() and len(given) < 7 and least <= int(given) <= most:
        return int(given)
    form.mistakes[name] = f"Enter a whole number from {least} to {most}"
    return least


PAGES = (page(_AT, ADMINISTRATORS, get=show, post=keep_rhythm),)
