"""Posters, paper forms and cards, as PDF: of a join code, and of a project."""

from __future__ import annotations

from asyncio import to_thread

from starlette.responses import Response

from bank import posters
from bank.posters import CannotPrint, Kind, Order, Size, Why, Wish
from bank.print_stock import Fonts
from console import assets, build_fonts
from console.page import Asked, Missing, page
from console.who import ADMINISTRATORS, COORDINATORS
from language.wording import SOURCE_LANGUAGE
from storage.store import Tx

# What is said where something was not printed, in the console and by the command.
SAYS = {
    Why.NO_SUCH_CODE: "There is no join code like that.",
    Why.NO_WORD: "The project has no word to text yet. Give it one first, then print its poster.",
    Why.NOT_WRITTEN: "We do not write in that language here.",
    Why.ONLY_A4: "The form and the cards are made for A4 only.",
    Why.NO_NUMBER: "Nobody can write to us yet: no channel has a number or a name. "
    "Tell whoever looks after the server to set it in settings.toml.",
    Why.NO_FONTS: "The fonts for print are not there. Whoever looks after the server makes them with this command: "
    "python -m console.build",
    Why.LETTER: "Our font for print does not have this: {letter} Write the words without it, then print again.",
}
# What the links beside a code are called: the thing, its paper, its name.
LINKS = (
    (Kind.POSTER, Size.A4, "Poster A4"),
    (Kind.POSTER, Size.A5, "Poster A5"),
    (Kind.FORM, Size.A4, "Form"),
    (Kind.CARDS, Size.A4, "Cards"),
)


def fonts() -> Fonts:
    """Where our fonts for print are. Raises CannotPrint."""
    try:
        regular, bold = (assets.file(build_fonts.name_of(weight)) for weight in build_fonts.WEIGHTS)
    except assets.NotBuilt:
        raise CannotPrint(Why.NO_FONTS) from None
    return Fonts(regular, bold)


def sentence(problem: CannotPrint) -> str:
    """What is wrong, and what to do about it."""
    return SAYS[problem.why].format(letter=problem.letter)


async def of_code(asked: Asked) -> Response:
    code, by, now, room = asked.path("code"), asked.colleague.id, asked.now, asked.room
    wish = _wish(asked, asked.path("kind"))

    def ask(tx: Tx) -> Order:
        return posters.of_code(tx, code, wish, now, by, room.organisation, room.ours)

    try:
        return await _given(asked, await asked.room.store.write(ask))
    except CannotPrint as problem:
        return _not_given(asked, problem, "/settings/codes", "Back to join codes")


async def of_project(asked: Asked) -> Response:
    token, by, now, room = asked.path("token"), asked.colleague.id, asked.now, asked.room
    wish = _wish(asked, Kind.POSTER)

    def ask(tx: Tx) -> Order | None:
        return posters.of_project(tx, token, wish, now, by, room.organisation, room.ours)

    try:
        order = await asked.room.store.write(ask)
        if order is None:
            raise Missing
        return await _given(asked, order)
    except CannotPrint as problem:
        return _not_given(asked, problem, f"/projects/{token}", "Back to the project")


def _wish(asked: Asked, kind: str) -> Wish:
    """What the address asks for; A4 in English where it does not say. Raises Missing where there is no such thing."""
    if kind not in set(Kind):
        raise Missing
    size = asked.query("size")
    return Wish(Kind(kind), Size(size) if size in set(Size) else Size.A4, asked.query("language") or SOURCE_LANGUAGE)


async def _given(asked: Asked, order: Order) -> Response:
    """The PDF, made beside the others' pages. Raises CannotPrint."""
    room = asked.room
    async with room.printing:
        made = await to_thread(posters.made, order, room.organisation, room.ours, fonts())
    return Response(
        made, media_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{order.name}"'}
    )


def _not_given(asked: Asked, problem: CannotPrint, back: str, back_says: str) -> Response:
    status = 404 if problem.why is Why.NO_SUCH_CODE else 409
    return asked.page(
        "poster_not_made.html",
        "This cannot be printed",
        status=status,
        because=sentence(problem),
        back=back,
        back_says=back_says,
    )


PAGES = (
    page("/settings/codes/{code}/{kind}", ADMINISTRATORS, get=of_code),
    page("/projects/{token}/poster", COORDINATORS, get=of_project),
)
