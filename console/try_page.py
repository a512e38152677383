"""The phone in the browser: write to us as a new person would, and see what they would see.

It works without script: forms, and redirects back to the phone. With script it is the same page, live.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from starlette.requests import Request as WebRequest
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bank import rota
from bank.phones import Line
from channels.called import CALLED
from channels.message import Channel
from console.try_actions import ACTIONS, Action, Refused, read
from console.try_desk import Desk
from console.try_phone import MOST, Phone, native, query, read_all
from console.try_thread import bubbles
from console.try_time import MOVES, spoken
from storage.store import Away

__all__ = ["Desk", "routes"]

_ROOM = Path(__file__).parent
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; form-action 'self'; connect-src 'self'; "
        "img-src 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_AWAY = "The database cannot be reached. Please try again in a minute.\n"


def routes(desk: Desk) -> list[BaseRoute]:
    """To be mounted at a path of their own, such as /try."""
    templates = Environment(
        loader=FileSystemLoader(_ROOM / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return [
        Route("/", _page(desk, templates.get_template("try.html")), methods=["GET"]),
        *(Route(f"/{name}", _action(desk, action), methods=["POST"]) for name, action in ACTIONS.items()),
        Mount("/static", StaticFiles(directory=_ROOM / "static")),
    ]


def _page(desk: Desk, template: Template) -> Callable[[WebRequest], Awaitable[Response]]:
    async def show(request: WebRequest) -> Response:
        if "phone" not in request.query_params:  # somebody new to the page: lay a phone on the table
            return RedirectResponse(f"./?{query([Phone(Channel.SMS)])}", status_code=303)
        phones = read_all(request.query_params.getlist("phone"))
        try:
            threads = await desk.threads(phones)
        except Away:
            return PlainTextResponse(_AWAY, status_code=503)
        return HTMLResponse(_written(desk, template, phones, threads), headers=_HEADERS)

    return show


def _written(desk: Desk, template: Template, phones: Sequence[Phone], threads: Sequence[Sequence[Line]]) -> str:
    now, zone = desk.now(), desk.organisation.zone
    return template.render(
        council=desk.organisation.council,
        languages={tag: native(tag) for tag in desk.organisation.catalogs.spoken},
        channels=CALLED,
        moves={name: label for name, (label, _by) in MOVES.items()},
        clock=spoken(now, desk.organisation),
        may_text=rota.may_text(now, desk.organisation),
        phones=[
            (phone, title, bubbles(lines, desk.show, zone))
            for phone, title, lines in zip(phones, _titles(phones), threads, strict=True)
        ],
        query=query(phones),
        full=len(phones) >= MOST,
    )


def _titles(phones: Sequence[Phone]) -> list[str]:
    """As "SMS", and "SMS 2" for the second of them."""
    counted: dict[Channel, int] = {}
    titles = []
    for phone in phones:
        number = counted[phone.channel] = counted.get(phone.channel, 0) + 1
        titles.append(phone.name if number == 1 else f"{phone.name} {number}")
    return titles


def _action(desk: Desk, action: Action) -> Callable[[WebRequest], Awaitable[Response]]:
    async def take(request: WebRequest) -> Response:
        try:
            return await action(desk, await read(request))
        except Refused as refused:
            return Response(status_code=refused.status)
        except Away:
            return PlainTextResponse(_AWAY, status_code=503)

    return take
