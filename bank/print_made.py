"""Made: the PDF of a sheet that was drawn on, or why there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import Enum, auto
from typing import TYPE_CHECKING

from bank.print_stock import A4, Fonts, Paper, Unprintable

if TYPE_CHECKING:
    from bank.print_sheet import Sheet


class Why(Enum):
    """Why something was not printed."""

    NO_SUCH_CODE = auto()
    NO_WORD = auto()  # the project has no code to text
    NOT_WRITTEN = auto()  # nobody put its words into that language, or it is not switched on
    ONLY_A4 = auto()  # the form's letters must stay large, and the cards as large as cards are
    NO_NUMBER = auto()  # nobody can write to us
    LETTER = auto()  # our fonts lack a letter
    NO_FONTS = auto()  # the set-up has not made them


class CannotPrint(Exception):
    """It was not made. `letter` is the one that our fonts lack."""

    def __init__(self, why: Why, letter: str = "") -> None:
        super().__init__(why.name)
        self.why, self.letter = why, letter


Blank = Callable[[], "Sheet"]


def blank(title: str, language: str, fonts: Fonts, at: datetime, paper: Paper = A4) -> Blank:
    """How a sheet of it begins."""

    def begin() -> Sheet:
        from bank.print_sheet import Sheet  # noqa: PLC0415  its library is loaded when something is printed

        return Sheet(title, language, fonts, at, paper)

    return begin


def once(begin: Blank, draw: Callable[[Sheet], None]) -> bytes:
    """The PDF. It takes a good part of a second, so no transaction should wait for it. Raises CannotPrint."""
    with _told(), begin() as sheet:
        draw(sheet)
        return sheet.pdf()


def twice(begin: Blank, draw: Callable[[Sheet, int], None]) -> bytes:
    """The same, laid out twice: its feet say how many pages there are, which `draw` is given. Raises CannotPrint."""
    with _told(), begin() as draft:
        draw(draft, 1)
    return once(begin, lambda sheet: draw(sheet, draft.pages))


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except Unprintable as lacking:
        raise CannotPrint(Why.LETTER, str(lacking)) from None
    except FileNotFoundError:
        raise CannotPrint(Why.NO_FONTS) from None
