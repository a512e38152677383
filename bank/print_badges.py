"""Name badges: eight on a sheet of A4, to cut out; first names in letters that are read across a table.

What somebody needs never stands on one. Where there is no name there is a line to write it on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bank.print_flow import printable, title_on
from bank.print_type import BRAND, Part, Type

if TYPE_CHECKING:
    from bank.print_sheet import Sheet

_ACROSS, _DOWN = 2, 4
ON_A_SHEET = _ACROSS * _DOWN
_WIDTH, _HEIGHT, _EDGE = 90, 65, 6
_NAME = Type(48, bold=True, leading=1.1, part=Part.HEADING)
_SMALL = Type(12, leading=1.2)


@dataclass(frozen=True, slots=True)
class Badge:
    """`name` is empty where somebody writes it there. `below` is who they are here: "Ashdale Council"."""

    name: str
    below: str = ""


def draw(sheet: Sheet, meeting: str, badges: Sequence[Badge]) -> None:
    """As many pages of 210 by 297 as there are badges for; the last is filled up with empty ones."""
    left, top = (sheet.width - _ACROSS * _WIDTH) / 2, (sheet.height - _DOWN * _HEIGHT) / 2
    pages = max(-(-len(badges) // ON_A_SHEET), 1)
    whole = [*badges, *[Badge("")] * (pages * ON_A_SHEET - len(badges))]
    for page in range(pages):
        sheet.page()
        for number, badge in enumerate(whole[page * ON_A_SHEET : (page + 1) * ON_A_SHEET]):
            down, across = divmod(number, _ACROSS)
            _badge(sheet, meeting, badge, left + across * _WIDTH, top + down * _HEIGHT)
        _cuts(sheet, left, top)


def _badge(sheet: Sheet, meeting: str, badge: Badge, left: float, top: float) -> None:
    inside = _WIDTH - 2 * _EDGE
    if title := title_on(sheet, meeting):
        _centered(sheet, title, left, top + _EDGE, Type(12, bold=True, colour=BRAND, leading=1.2))
    if badge.name:
        style = sheet.largest(badge.name, inside, 30, _NAME, smallest=16)
        high = sheet.tall(badge.name, inside, style)
        if high <= style.line * 1.5:
            style = sheet.on_one_line(badge.name, inside, style)
            _centered(sheet, badge.name, left, top + (_HEIGHT - style.line) / 2, style)
        else:
            sheet.words(badge.name, left + _EDGE, top + (_HEIGHT - high) / 2, inside, style)
    else:
        sheet.line(left + _EDGE + 4, top + _HEIGHT * 0.62, inside - 8)
    if badge.below:
        _centered(sheet, printable(sheet, badge.below), left, top + _HEIGHT - _EDGE - _SMALL.line, _SMALL)


def _centered(sheet: Sheet, text: str, left: float, y: float, style: Type) -> None:
    """One line in the middle of a badge; smaller where it is long."""
    inside = _WIDTH - 2 * _EDGE
    style = sheet.on_one_line(text, inside, style)
    wide = sheet.wide(text, style)
    sheet.words(text, left + (_WIDTH - wide) / 2, y, wide + 1, style)


def _cuts(sheet: Sheet, left: float, top: float) -> None:
    """Where to cut."""
    for down in range(_DOWN + 1):
        sheet.line(left - 4, top + down * _HEIGHT, _ACROSS * _WIDTH + 8, thick=0.2, dash=1.5)
    for across in range(_ACROSS + 1):
        sheet.line(left + across * _WIDTH, top - 4, 0, thick=0.2, height=_DOWN * _HEIGHT + 8, dash=1.5)
