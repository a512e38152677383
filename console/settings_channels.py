"""Settings: each channel, whether it works, and what to do where it does not."""

from __future__ import annotations

from starlette.responses import Response

from bank import channel_health
from console.page import Asked, page
from console.who import COORDINATORS


async def show(asked: Asked) -> Response:
    channels = await asked.read(lambda tx: channel_health.of_all(tx, asked.room.numbers))
    return asked.page(
        "settings_channels.html",
        "Channels",
        channels=[(one, asked.room.why(one.sender, one.problem)) for one in channels],
    )


# Whoever waits for an answer to go out may see why it does not. There is nothing secret here, and nothing to change.
PAGES = (page("/settings/channels", COORDINATORS, get=show),)
