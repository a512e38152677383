"""What anybody may read: the accessibility statement, and what is kept about those who work here."""

from __future__ import annotations

from datetime import date

from starlette.requests import Request as WebRequest
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bank.sign_in import ABSOLUTE, IDLE
from console.door import Door, Endpoint
from console.forms import Form

# When somebody last went through the statement with the tests and the pages beside it.
PREPARED = date(2026, 11, 22)
# In Northern Ireland another commission and another service see to the law.
_NORTHERN_IRELAND = "northern-ireland"


def routes(door: Door) -> list[Route]:
    """The pages that the foot of every page leads to."""
    return [
        Route("/accessibility", _open(door, "accessibility.html", "Accessibility statement"), methods=["GET"]),
        Route("/privacy", _open(door, "privacy.html", "Privacy, for those who work here"), methods=["GET"]),
    ]


def _open(door: Door, template: str, title: str) -> Endpoint:
    async def show(request: WebRequest, _form: Form) -> Response:
        organisation = door.room.organisation
        text = door.views.written(
            template,
            request,
            None,
            title=title,
            organisation=organisation,
            in_northern_ireland=organisation.hours.division == _NORTHERN_IRELAND,
            address=door.room.public_url,
            prepared=PREPARED,
            idle_minutes=int(IDLE.total_seconds() // 60),
            longest_hours=int(ABSOLUTE.total_seconds() // 3600),
        )
        return HTMLResponse(text)

    return door.open(show)
