"""Cards: ten on a sheet of A4, to cut out and hand on. Each calls by the same word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bank.print_poster import TO, Call
from bank.print_type import BRAND, Part, Type
from bank.saying import Saying
from flows import poster as words

if TYPE_CHECKING:
    from bank.print_sheet import Sheet

_ACROSS, _DOWN = 2, 5
_WIDTH, _HEIGHT = 85, 55  # as cards are that fit a purse (ISO 7810 ID-1 is 85.6 by 54)
_EDGE, _CODE = 6, 25


def draw(sheet: Sheet, say: Saying, call: Call) -> None:
    """A page of 210 by 297."""
    sheet.page()
    left, top = (sheet.width - _ACROSS * _WIDTH) / 2, (sheet.height - _DOWN * _HEIGHT) / 2
    for down in range(_DOWN):
        for across in range(_ACROSS):
            _card(sheet, say, call, left + across * _WIDTH, top + down * _HEIGHT)
    for down in range(_DOWN + 1):
        sheet.line(left - 4, top + down * _HEIGHT, _ACROSS * _WIDTH + 8, thick=0.2, dash=1.5)
    for across in range(_ACROSS + 1):
        sheet.line(left + across * _WIDTH, top - 4, 0, thick=0.2, height=_DOWN * _HEIGHT + 8, dash=1.5)


def _card(sheet: Sheet, say: Saying, call: Call, left: float, top: float) -> None:
    """Why, on top; the word and the number beside the code; and the small print."""
    first, inside, x = call.ways[0], _WIDTH - 2 * _EDGE, left + _EDGE
    headline = say(words.HEADLINE)
    style = Type(17, bold=True, colour=BRAND, leading=1.2, part=Part.HEADING)
    below = sheet.words(headline, x, top + _EDGE - 2, inside, sheet.on_one_line(headline, inside, style)) + 2
    sheet.square_code(
        first.opens,
        left + _WIDTH - _EDGE - _CODE,
        below,
        _CODE,
        say(words.SQUARE, text=call.text, number=first.shown),
    )
    beside, y = inside - _CODE - 4, below
    for label, loud in ((say(words.TEXT), call.text), (say(TO[first.channel]), first.shown)):
        y = sheet.words(label, x, y, beside, sheet.on_one_line(label, beside, Type(9)))
        y = sheet.words(loud, x, y, beside, sheet.on_one_line(loud, beside, Type(18, bold=True, leading=1.2)))
    small = " ".join(say(one) for one in (words.ADULTS, words.SHORT_COST, words.STOP))
    y = sheet.words(small, x, below + _CODE + 2.5, inside, sheet.largest(small, inside, 8, Type(9, leading=1.2), 7))
    ours = f"{say.organisation.council}. {say(words.AGREEMENT, version=call.version)}"
    sheet.words(ours, x, y, inside, sheet.on_one_line(ours, inside, Type(9, bold=True, leading=1.2)))
