"""Settings: the group of members that scrutinises what was promised, and the link to its page."""

from __future__ import annotations

from starlette.responses import Response

from bank import promises_group, promises_month
from console.page import Asked, page
from console.who import ADMINISTRATORS
from storage import groups
from storage.schema import Record
from storage.store import Tx

_AT = "/settings/promises"


async def show(asked: Asked) -> Response:
    organisation = asked.room.organisation

    def look(tx: Tx) -> tuple[list[Record], Record | None, str]:
        return groups.in_use(tx), promises_group.group(tx), promises_group.link(tx, organisation)

    found, chosen, link = await asked.read(look)
    if chosen is not None and all(one.token != chosen.token for one in found):
        found = [*found, chosen]  # it was taken off the list of groups, and scrutinises all the same
    return asked.page("settings_promises.html", "Promises", groups=found, chosen=chosen, link=link)


async def keep(asked: Asked) -> Response:
    named, now, organisation = asked.form.line("group"), asked.now, asked.room.organisation

    def work(tx: Tx) -> bool:
        known = not named or groups.by_token(tx, named) is not None
        if known:
            promises_month.choose(tx, asked.colleague, named, now, organisation)
        return known

    if not await asked.write(work):
        asked.form.mistakes["group"] = "Choose one of your groups, or none"
        return await show(asked)
    return asked.back(_AT, done="settings_kept")


async def renew(asked: Asked) -> Response:
    now = asked.now
    await asked.write(lambda tx: promises_group.renew(tx, asked.colleague, now))
    return asked.back(_AT, done="promises_link")


PAGES = (
    page(_AT, ADMINISTRATORS, get=show, post=keep),
    page(f"{_AT}/link", ADMINISTRATORS, post=renew),
)
