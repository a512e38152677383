"""What was promised, made as PDF: for the group that scrutinises it, and of one project."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bank import print_promises
from bank.posters import CannotPrint, Why
from bank.print_stock import Fonts, Unprintable
from bank.promises_shown import Shown
from bank.saying import Saying
from flows import promises_page as words
from language.dates import dated
from language.wording import base

if TYPE_CHECKING:
    from bank.print_sheet import Sheet


@dataclass(frozen=True, slots=True)
class Order:
    """One thing to print, in the language of `say`, with all that is told on it."""

    title: str
    shown: Shown
    say: Saying
    at: datetime
    large: bool = False

    @property
    def name(self) -> str:
        """What its file is called: "heard-promises-2026-12-01-large.pdf"."""
        return f"heard-promises-{self.at:%Y-%m-%d}{'-large' if self.large else ''}.pdf"


def made(order: Order, fonts: Fonts) -> bytes:
    """The PDF. It takes a good part of a second, so no transaction should wait for it. Raises CannotPrint.

    It is laid out twice: feet say how many pages there are.
    """
    try:
        with _sheet(order, fonts) as draft:
            _draw(draft, order, 1)
            pages = draft.pages
        with _sheet(order, fonts) as sheet:
            _draw(sheet, order, pages)
            return sheet.pdf()
    except Unprintable as lacking:
        raise CannotPrint(Why.LETTER, str(lacking)) from None
    except FileNotFoundError:
        raise CannotPrint(Why.NO_FONTS) from None


def _sheet(order: Order, fonts: Fonts) -> Sheet:
    from bank.print_sheet import Sheet  # noqa: PLC0415  its library is loaded when something is printed

    return Sheet(order.title, order.say.language, fonts, order.at)


def _draw(sheet: Sheet, order: Order, pages: int) -> None:
    say = order.say
    today = order.at.astimezone(say.organisation.zone).date()
    foot = f"{say.organisation.council}. {say(words.MADE_ON, day=dated(today, base(say.language)))}"

    def number(page: int) -> str:
        return say(words.PAGE, page=page, pages=pages)

    print_promises.draw(sheet, order.title, order.shown, say, foot, number, large=order.large)
