"""Printing: a file that takes a while is made beside the others' pages; or a page says why it was not."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable, Mapping

from starlette.responses import Response

from bank.print_made import CannotPrint, Why
from bank.print_stock import Fonts
from console import assets, build_fonts
from console.page import Asked
from console.room import Room

PDF = "application/pdf"
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


async def made(room: Room, make: Callable[[], bytes], name: str, kind: str = PDF, **headers: str) -> Response:
    """The file, under this name. Raises CannotPrint."""
    async with room.printing:
        content = await to_thread(make)
    named: Mapping[str, str] = {**headers, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=kind, headers=named)


async def given(asked: Asked, make: Callable[[], bytes], name: str, back: tuple[str, str], kind: str = PDF) -> Response:
    """The same, or the page that says why not. `back` is where its link leads, and what it says."""
    try:
        return await made(asked.room, make, name, kind)
    except CannotPrint as problem:
        return not_made(asked, problem, back)


def not_made(asked: Asked, problem: CannotPrint, back: tuple[str, str]) -> Response:
    leads, says = back
    return asked.page(
        "not_printed.html",
        "This cannot be printed",
        status=404 if problem.why is Why.NO_SUCH_CODE else 409,
        because=sentence(problem),
        back=leads,
        back_says=says,
    )
