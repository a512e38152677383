"""Settings: how many working days before a meeting each kind of thing has to be booked."""

from __future__ import annotations

from starlette.responses import Response

from bank import arrangement_times
from bank.arrangement_times import LABELS, MOST_DAYS
from console.page import Asked, page
from console.settings_rhythm import whole_number
from console.who import ADMINISTRATORS

_AT = "/settings/arranging"


async def show(asked: Asked) -> Response:
    days = await asked.read(arrangement_times.days)
    return asked.page("settings_arranging.html", "How long it takes to arrange things", days=days, labels=LABELS)


async def keep(asked: Asked) -> Response:
    now = asked.now
    wanted = {kind: whole_number(asked.form, kind.value, (0, MOST_DAYS)) for kind in LABELS}
    if asked.form.mistakes:
        return await show(asked)
    await asked.write(lambda tx: arrangement_times.change(tx, asked.colleague, wanted, now))
    return asked.back(_AT, done="settings_kept")


PAGES = (page(_AT, ADMINISTRATORS, get=show, post=keep),)
