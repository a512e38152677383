"""A flow of words down the page, and on to the next one where something does not fit. Lengths are millimetres.

No letter is smaller than 14 points: who reads it stands in a room and talks to people.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from bank.print_type import BRAND, PALE, Part, Type

if TYPE_CHECKING:
    from bank.print_sheet import Sheet

EDGE, WIDTH = 18, 174
_TOP, _BOTTOM, _FOOT = 18, 272, 278
BODY = Type(14, leading=1.3)
BOLD = Type(14, bold=True, leading=1.3)
HEADING = Type(20, bold=True, colour=BRAND, leading=1.2, part=Part.HEADING)
TITLE = Type(30, bold=True, colour=BRAND, leading=1.15, part=Part.TITLE)
_BOX = 7
# What stands on a paper for a title that our font cannot print: the day, the time and the place tell which it is.
UNTITLED = "Our meeting"
# What stands for a letter until all are looked at: no text of ours has it.
_MARK = "\x00"
_LACKING = re.compile(f"{_MARK}+")


class Flow:
    """Pages with a foot, on which words are written from the top down."""

    def __init__(self, sheet: Sheet, foot: str, number: Callable[[int], str]) -> None:
        """`number` makes what stands at the end of a foot of the number of its page."""
        self.sheet, self._foot, self._number = sheet, foot, number
        # What every page begins with, such as the headings of a table.
        self.head: Callable[[], None] | None = None
        self.y = 0.0
        self.begin()

    def begin(self) -> None:
        """A new page."""
        self.sheet.page()
        foot = printable(self.sheet, self._foot)
        style = self.sheet.on_one_line(foot, WIDTH - 40, BODY)
        self.sheet.words(foot, EDGE, _FOOT, WIDTH - 40, style)
        self.sheet.words(self._number(self.sheet.pages), EDGE, _FOOT, WIDTH, BODY, far=True)
        self.y = _TOP
        if self.head is not None:
            self.head()

    def room(self, height: float) -> None:
        """Keep together what is as high as this."""
        if self.y + height > _BOTTOM:
            self.begin()

    def gap(self, height: float) -> None:
        self.y += height

    def write(self, text: str, style: Type = BODY, *, after: float = 2, indent: float = 0) -> None:
        clean = printable(self.sheet, text)
        self.room(self.sheet.tall(clean, WIDTH - indent, style))
        self.y = self.sheet.words(clean, EDGE + indent, self.y, WIDTH - indent, style) + after

    def heading(self, text: str, keep: float = 24) -> None:
        """`keep` is the height of what must stand under it on the same page."""
        self.y += 5 if self.y > _TOP else 0
        self.room(self.sheet.tall(text, WIDTH, HEADING) + 2 + keep)
        self.write(text, HEADING, after=2)

    def pair(self, label: str, text: str, beside: float = 62) -> None:
        """A label and what belongs to it, side by side."""
        label, text = printable(self.sheet, label), printable(self.sheet, text)
        wide = WIDTH - beside
        high = max(self.sheet.tall(label, beside - 4, BOLD), self.sheet.tall(text, wide, BODY))
        self.room(high)
        self.sheet.words(label, EDGE, self.y, beside - 4, BOLD)
        self.sheet.words(text, EDGE + beside, self.y, wide, BODY)
        self.y += high + 1.5

    def entry(self, name: str, lines: Sequence[str]) -> None:
        """A name, and what there is to say of it below; on one page, where it is not longer than a page."""
        self.room(min(self.tall(lines), _BOTTOM - _TOP))
        self.write(name, BOLD, after=0)
        for line in lines:
            self.write(line, after=0, indent=6)
        self.gap(3)

    def tall(self, lines: Sequence[str]) -> float:
        """How high an entry with these lines stands."""
        return BOLD.line + sum(self.sheet.tall(printable(self.sheet, one), WIDTH - 6, BODY) for one in lines) + 3

    @property
    def left(self) -> float:
        """How much of the page is left."""
        return _BOTTOM - self.y

    def boxed(self, lines: Sequence[str]) -> None:
        """Words on a field of their own, the first of them bold."""
        styles = [BOLD, *(BODY for _line in lines[1:])]
        inside = WIDTH - 12
        high = sum(self.sheet.tall(line, inside, style) for line, style in zip(lines, styles, strict=True)) + 8
        self.room(high)
        self.sheet.block(EDGE, self.y, WIDTH, high, PALE, corner=3)
        y = self.y + 4
        for line, style in zip(lines, styles, strict=True):
            y = self.sheet.words(line, EDGE + 6, y, inside, style)
        self.y += high + 3

    def box(self, x: float, height: float) -> None:
        """A box to tick in a row of this height."""
        self.sheet.frame(x, self.y + (height - _BOX) / 2, _BOX, _BOX, thick=0.8)


def printable(sheet: Sheet, text: str) -> str:
    """The text without what our font lacks: pictures are left out, and "?" stands for a run of letters."""
    whole = unicodedata.normalize("NFC", text)
    if not any(map(sheet.lacks, whole)):
        return whole
    marked = "".join(_instead(one) if sheet.lacks(one) else one for one in whole)
    return " ".join(_LACKING.sub("?", marked).split())


def title_on(sheet: Sheet, title: str) -> str:
    """A title as paper has it; empty where our font lacks a letter of it."""
    whole = unicodedata.normalize("NFC", title)
    return "" if any(sheet.lacks(one) and _instead(one) for one in whole) else printable(sheet, whole)


def _instead(lacking: str) -> str:
    return _MARK if unicodedata.category(lacking).startswith(("L", "N")) else ""
