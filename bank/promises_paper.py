"""What was promised, made as PDF: for the group that scrutinises it, and of one project."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bank import print_promises
from bank.print_made import blank, twice
from bank.print_stock import Fonts
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
    """The PDF. It takes a good part of a second, so no transaction should wait for it. Raises CannotPrint."""
    begin = blank(order.title, order.say.language, fonts, order.at)
    return twice(begin, lambda sheet, pages: _draw(sheet, order, pages))


def _draw(sheet: Sheet, order: Order, pages: int) -> None:
    say = order.say
    today = order.at.astimezone(say.organisation.zone).date()
    foot = f"{say.organisation.council}. {say(words.MADE_ON, day=dated(today, base(say.language)))}"

    def number(page: int) -> str:
        return say(words.PAGE, page=page, pages=pages)

    print_promises.draw(sheet, order.title, order.shown, say, foot, number, large=order.large)
