"""Settings: when people of ours read. What is promised in a text follows from it."""

from __future__ import annotations

import re
from datetime import time

from starlette.responses import Response

from bank import rota
from bank.organisation import Hours
from console.page import Asked, page
from console.preference import keep
from console.who import ADMINISTRATORS
from language.dates import clock
from language.wording import SOURCE_LANGUAGE

_AT = "/settings/hours"
DAYS = tuple(
    (str(number), name)
    for number, name in enumerate(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"))
)
DIVISIONS = (
    ("england-and-wales", "England and Wales"),
    ("scotland", "Scotland"),
    ("northern-ireland", "Northern Ireland"),
)
_TIME = re.compile(r"(\d{1,2})(?:[.:](\d\d))? ?(am|pm)?")
_NOON = time(12)
_HOW = "Enter a time, like 9am or 5.30pm"


async def show(asked: Asked) -> Response:
    organisation = asked.room.organisation
    hours = organisation.hours
    return asked.page(
        "settings_hours.html",
        "Hours",
        days=DAYS,
        divisions=DIVISIONS,
        chosen=[str(day) for day in sorted(hours.days)],
        division=hours.division,
        opens=clock(hours.opens, SOURCE_LANGUAGE),
        closes=clock(hours.closes, SOURCE_LANGUAGE),
        read_by=rota.spoken(asked.now, organisation, SOURCE_LANGUAGE),
    )


async def keep_hours(asked: Asked) -> Response:
    form = asked.form
    days = frozenset(int(day) for day in form.several("days") if day in dict(DAYS))
    if not days:
        form.mistakes["days"] = "Choose at least one day"
    opens, closes = _time(asked, "opens"), _time(asked, "closes")
    if not form.mistakes and opens >= closes:
        form.mistakes["closes"] = "You must close later than you open"
    division = form.chosen("division", tuple(dict(DIVISIONS)), "Choose whose bank holidays you keep")
    if form.mistakes:
        return await show(asked)
    return await keep(asked, _AT, hours=Hours(days, opens, closes, division))


def _time(asked: Asked, name: str) -> time:
    read = read_time(asked.form.line(name))
    if read is None:
        asked.form.mistakes[name] = _HOW
    return read or time()


def read_time(given: str) -> time | None:
    """A time as people write it: "9am", "5.30 pm", "17:30", "noon"; None where it is none, or could be two."""
    text = given.casefold().replace("12 noon", "noon")
    if text in {"noon", "midday"}:
        return _NOON
    found = _TIME.fullmatch(text)
    if found is None or not (found[2] or found[3]):
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        hour = hour % 12 + (12 if found[3] == "pm" else 0) if 1 <= hour <= 12 else 24
    return time(hour, minute) if hour < 24 and minute < 60 else None


PAGES = (page(_AT, ADMINISTRATORS, get=show, post=keep_hours),)
