"""A sheet of paper: words, lines and square codes at their places, as PDF. All lengths are millimetres, type is points.

The PDF says its language and title, and what is a heading, a paragraph or a picture, for those who have it read out.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from types import TracebackType
from typing import cast

from babel import Locale
from fpdf.enums import Align, MethodReturnValue, XPos, YPos
from fpdf.fonts import TTFFont
from fpdf.prefs import ViewerPreferences

from bank import square_code
from bank.print_stock import A4, Fonts, Paper, Unprintable
from bank.print_tags import TaggedPdf
from bank.print_type import INK, Colour, Part, Type

_FAMILY = "ours"
# A hair more than a square, or renderers leave light seams between the rows of a code.
_OVERLAP = 0.02
_PASSED_OVER = frozenset({"Zs", "Cf", "Cc"})  # spaces, and marks that say only how letters stand


class Sheet:
    """Pages of A4, with the corner at the top left. On other paper all lengths and types are smaller alike."""

    width, height = 210, 297

    def __init__(self, title: str, language: str, fonts: Fonts, made_at: datetime, paper: Paper = A4) -> None:
        """Raises FileNotFoundError where the fonts are not there."""
        self._scale = paper[1] / self.height
        spoken = Locale.parse(language)
        left_to_right = spoken.text_direction == "ltr"
        self._begin, self._end = (Align.L, Align.R) if left_to_right else (Align.R, Align.L)
        pdf = self._pdf = TaggedPdf(unit="mm", format=paper)
        pdf.set_auto_page_break(False)
        pdf.set_margin(0)
        pdf.c_margin = 0
        pdf.set_title(title)
        pdf.set_lang(f"{spoken.language}-{spoken.territory}" if spoken.territory else spoken.language)
        pdf.set_creator("Heard")
        pdf.set_creation_date(made_at)
        pdf.viewer_preferences = ViewerPreferences(display_doc_title=True)
        pdf.add_font(_FAMILY, "", fonts.regular)
        pdf.add_font(_FAMILY, "B", fonts.bold)
        pdf.set_text_shaping(True)
        self._fonts = [font for font in pdf.fonts.values() if isinstance(font, TTFFont)]
        self._letters = frozenset(self._fonts[0].cmap)

    def __enter__(self) -> Sheet:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """The library holds the files of its fonts open."""
        for font in self._fonts:
            font.close()

    @property
    def pages(self) -> int:
        return self._pdf.page

    def page(self) -> None:
        """Begin a new page."""
        self._pdf.add_page()

    def pdf(self) -> bytes:
        return bytes(self._pdf.output())

    def words(self, text: str, x: float, y: float, width: float, style: Type, *, far: bool = False) -> float:
        """Write words from the top left corner down; where the next line would begin. `far` has them end where the
        line ends. Raises Unprintable.
        """
        clean = self._printable(text)
        self._take_up(style)
        self._pdf.set_text_color(*style.colour)
        self._pdf.set_xy(x * self._scale, y * self._scale)
        with self._pdf.part(style.part):
            self._pdf.multi_cell(
                width * self._scale,
                style.line * self._scale,
                clean,
                align=self._end if far else self._begin,
                new_x=XPos.LEFT,
                new_y=YPos.NEXT,
            )
        return self._pdf.get_y() / self._scale

    def tall(self, text: str, width: float, style: Type) -> float:
        """How high these words would stand."""
        self._take_up(style)
        height = self._pdf.multi_cell(
            width * self._scale,
            style.line * self._scale,
            self._printable(text),
            align=self._begin,
            dry_run=True,
            output=MethodReturnValue.HEIGHT,
        )
        return cast("float", height) / self._scale

    def wide(self, text: str, style: Type) -> float:
        """How wide these words are on one line."""
        self._take_up(style)
        return float(self._pdf.get_string_width(self._printable(text))) / self._scale

    def largest(self, text: str, width: float, height: float, style: Type, smallest: float = 10) -> Type:
        """The type that fits them into this room without breaking a word: `style`, or smaller."""
        while style.size > smallest and not self._fits(text, width, height, style):
            style = replace(style, size=style.size - 1)
        return style

    def on_one_line(self, text: str, width: float, style: Type) -> Type:
        """The type in which the words take one line only: `style`, or smaller."""
        while self.wide(text, style) > width:
            style = replace(style, size=style.size - 1)
        return style

    def narrowest(self, text: str, width: float, style: Type) -> float:
        """The least width in which the words take no more lines: then no word is left alone on the last."""
        lines = self.tall(text, width, style)
        while self.tall(text, width - 1, style) <= lines and width > style.line:
            width -= 1
        return width

    def _fits(self, text: str, width: float, height: float, style: Type) -> bool:
        longest = max((self.wide(word, style) for word in text.split()), default=0)
        return longest <= width and self.tall(text, width, style) <= height

    def block(self, x: float, y: float, width: float, height: float, colour: Colour, corner: float = 0) -> None:
        """A field of colour."""
        self._pdf.set_fill_color(*colour)
        with self._pdf.ornament():
            self._rect(x, y, width, height, "F", corner)

    def frame(self, x: float, y: float, width: float, height: float, thick: float = 0.6, corner: float = 0) -> None:
        """An empty box, such as one to tick."""
        self._pdf.set_draw_color(*INK)
        self._pdf.set_line_width(thick * self._scale)
        with self._pdf.ornament():
            self._rect(x, y, width, height, "D", corner)

    def _rect(self, x: float, y: float, width: float, height: float, style: str, corner: float) -> None:
        x, y, width, height, corner = (length * self._scale for length in (x, y, width, height, corner))
        self._pdf.rect(x, y, width, height, style=style, round_corners=corner > 0, corner_radius=corner)

    def shape(self, points: list[tuple[float, float]], colour: Colour) -> None:
        """A field of colour with these corners."""
        self._pdf.set_fill_color(*colour)
        with self._pdf.ornament():
            self._pdf.polygon([(x * self._scale, y * self._scale) for x, y in points], style="F")

    def line(self, x: float, y: float, width: float, thick: float = 0.6, height: float = 0, dash: float = 0) -> None:
        """A line to write on or to cut along: across, or down where it has a height."""
        self._pdf.set_draw_color(*INK)
        self._pdf.set_line_width(thick * self._scale)
        self._pdf.set_dash_pattern(dash=dash * self._scale, gap=dash * self._scale)
        with self._pdf.ornament():
            ends = (x, y, x if height else x + width, y + height)
            self._pdf.line(*(length * self._scale for length in ends))
        self._pdf.set_dash_pattern()

    def square_code(self, holds: str, x: float, y: float, size: float, says: str) -> None:
        """A code for cameras, `size` wide without its quiet zone. `says` is what it is, for those who do not see it."""
        rows = square_code.rows(holds)
        one = size / len(rows)
        with self._pdf.part(Part.PICTURE, says):
            self._pdf.set_fill_color(*INK)
            for down, row in enumerate(rows):
                for start, length in _runs(row):
                    self._rect(x + start * one, y + down * one, length * one, one + _OVERLAP, "F", 0)

    def _take_up(self, style: Type) -> None:
        self._pdf.set_font(_FAMILY, "B" if style.bold else "", style.size * self._scale)

    def lacks(self, letter: str) -> bool:
        """Whether our font has nothing to print for it."""
        return ord(letter) not in self._letters and unicodedata.category(letter) not in _PASSED_OVER

    def _printable(self, text: str) -> str:
        """Letters and their accents as one, as the font has them. Raises Unprintable."""
        whole = unicodedata.normalize("NFC", text)
        for letter in whole:
            if self.lacks(letter):
                raise Unprintable(letter)
        return whole


def _runs(row: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Where dark squares stand side by side: the first, and how many."""
    start = 0
    for place, dark in enumerate([*row, False]):
        if not dark:
            if place > start:
                yield start, place - start
            start = place + 1
