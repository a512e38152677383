"""A preference: how a page of the settings keeps what it was given."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from bank import preferences
from console.page import Asked


async def keep(asked: Asked, back: str, **values: Any) -> Response:
    """Keep these fields of the organisation, have all of this process take them up, and go on to that page."""
    now, organisation = asked.now, asked.room.organisation
    await asked.write(lambda tx: preferences.change(tx, now, asked.colleague.id, organisation, **values))
    await asked.room.renew()
    return asked.back(back, done="settings_kept")
