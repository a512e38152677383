"""Posters, paper forms and cards, as PDF: of a join code, and of a project."""

from __future__ import annotations

from starlette.responses import Response

from bank import posters
from bank.posters import Kind, Order, Size, Wish
from bank.print_made import CannotPrint
from console.page import Asked, Missing, page
from console.printing import fonts, given, not_made
from console.who import ADMINISTRATORS, COORDINATORS
from language.wording import SOURCE_LANGUAGE
from storage.store import Tx

# What the links beside a code are called: the thing, its paper, its name.
LINKS = (
    (Kind.POSTER, Size.A4, "Poster A4"),
    (Kind.POSTER, Size.A5, "Poster A5"),
    (Kind.FORM, Size.A4, "Form"),
    (Kind.CARDS, Size.A4, "Cards"),
)


async def of_code(asked: Asked) -> Response:
    code, by, now, room = asked.path("code"), asked.colleague.id, asked.now, asked.room
    wish, back = _wish(asked, asked.path("kind")), ("/settings/codes", "Back to join codes")

    def ask(tx: Tx) -> Order:
        return posters.of_code(tx, code, wish, now, by, room.organisation, room.ours)

    try:
        order = await room.store.write(ask)
    except CannotPrint as problem:
        return not_made(asked, problem, back)
    return await _given(asked, order, back)


async def of_project(asked: Asked) -> Response:
    token, by, now, room = asked.path("token"), asked.colleague.id, asked.now, asked.room
    wish, back = _wish(asked, Kind.POSTER), (f"/projects/{token}", "Back to the project")

    def ask(tx: Tx) -> Order | None:
        return posters.of_project(tx, token, wish, now, by, room.organisation, room.ours)

    try:
        order = await room.store.write(ask)
    except CannotPrint as problem:
        return not_made(asked, problem, back)
    if order is None:
        raise Missing
    return await _given(asked, order, back)


def _wish(asked: Asked, kind: str) -> Wish:
    """What the address asks for; A4 in English where it does not say. Raises Missing where there is no such thing."""
    if kind not in set(Kind):
        raise Missing
    size = asked.query("size")
    return Wish(Kind(kind), Size(size) if size in set(Size) else Size.A4, asked.query("language") or SOURCE_LANGUAGE)


async def _given(asked: Asked, order: Order, back: tuple[str, str]) -> Response:
    room = asked.room
    return await given(asked, lambda: posters.made(order, room.organisation, room.ours, fonts()), order.name, back)


PAGES = (
    page("/settings/codes/{code}/{kind}", ADMINISTRATORS, get=of_code),
    page("/projects/{token}/poster", COORDINATORS, get=of_project),
)
