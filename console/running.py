"""Settings: how Heard itself is running, as administrators see it. The page renews itself."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from bank import running
from console.page import Asked, page
from console.who import ADMINISTRATORS

_OUTCOMES = {
    "accepted": "Taken by the phone company",
    "refused": "Refused by the phone company",
    "trylater": "To be tried again",
    "unknown": "Nobody knows whether they went",
}


async def show(asked: Asked) -> Response:
    return asked.page("running.html", "How Heard is running", **await _about(asked))


async def latest(asked: Asked) -> Response:
    """The part that renews itself: there is always something new in it, as times pass."""
    return asked.part("running_now.html", **await _about(asked))


async def _about(asked: Asked) -> dict[str, Any]:
    now, organisation = asked.now, asked.room.organisation
    found = await asked.read(lambda tx: running.look(tx, now, organisation))
    return {
        "running": found,
        "outcomes": [(_OUTCOMES.get(what, what), count) for what, count in found.went_out.items()],
        "troubles": [(one, asked.room.why(one.sender, one.problem)) for one in found.troubles],
        "ticks": running.TICKS,
        "priorities": running.PRIORITIES,
        "sender_name": running.sender_name,
        "counted": running.counted,
    }


PAGES = (
    page("/settings/running", ADMINISTRATORS, get=show),
    page("/settings/running/latest", ADMINISTRATORS, get=latest),
)
