"""Word files: a report as headings, paragraphs, lists and tables, which says its language and title.

Headings are real ones, and each table says which row is its head, for those who have the file read out.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table

from bank.print_type import BRAND

_FONT, _SIZE = "Arial", 12
_HEADINGS = {"Title": 26, "Heading 1": 20, "Heading 2": 16, "Heading 3": 13}
_TABLE = "Table Grid"
_PAPER, _EDGE = (210, 297), 22  # mm
# Letters that XML has no place for.
_UNWRITABLE = {code: None for code in range(32) if chr(code) not in "\t\n\r"}


class Written:
    """One file, written from the top down. `language` is a tag such as "en-GB"."""

    def __init__(self, title: str, language: str, author: str, made_at: datetime) -> None:
        self._file = docx.Document()
        told = self._file.core_properties
        told.title, told.author, told.language, told.comments = _clean(title)[:255], _clean(author)[:255], language, ""
        told.created = told.modified = made_at.astimezone(UTC).replace(tzinfo=None)
        self._speaks(language)
        self._looks()
        self._file.add_paragraph(_clean(title), style="Title")

    def heading(self, text: str, level: int = 1) -> None:
        self._file.add_heading(_clean(text), level)

    def paragraph(self, text: str) -> None:
        self._file.add_paragraph(_clean(text))

    def quote(self, text: str) -> None:
        """Somebody's own words."""
        self._file.add_paragraph(_clean(text), style="Quote")

    def bullets(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._file.add_paragraph(_clean(line), style="List Bullet")

    def table(self, says: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """`says` is what it shows, for those who have the file read out. The head comes again on each page."""
        table = self._file.add_table(rows=1, cols=len(head), style=_TABLE)
        _fill(table, 0, head, bold=True)
        for number, row in enumerate(rows, 1):
            table.add_row()
            _fill(table, number, row)
        _is_head(table)
        _described(table, says)
        self._file.add_paragraph()

    def file(self) -> bytes:
        written = io.BytesIO()
        self._file.save(written)
        return written.getvalue()

    def _speaks(self, language: str) -> None:
        """The language of all that no other is said of."""
        for place in self._file.styles.element.iter(qn("w:lang")):
            place.set(qn("w:val"), language)

    def _looks(self) -> None:
        for part in self._file.sections:
            part.page_width, part.page_height = (Mm(length) for length in _PAPER)
            part.left_margin = part.right_margin = part.top_margin = part.bottom_margin = Mm(_EDGE)
        styles = self._file.styles
        styles["Normal"].font.name, styles["Normal"].font.size = _FONT, Pt(_SIZE)
        for name, size in _HEADINGS.items():
            font = styles[name].font
            font.name, font.size, font.bold, font.color.rgb = _FONT, Pt(size), True, RGBColor(*BRAND)
            fonts = styles[name].element.rPr.rFonts
            for kept in [key for key in fonts.attrib if "heme" in key]:
                del fonts.attrib[kept]


def _fill(table: Table, number: int, texts: Sequence[str], *, bold: bool = False) -> None:
    for cell, text in zip(table.rows[number].cells, texts, strict=True):
        cell.paragraphs[0].add_run(_clean(text)).bold = bold or None


def _is_head(table: Table) -> None:
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(head)  # noqa: SLF001  the library has no other way


def _described(table: Table, says: str) -> None:
    told = OxmlElement("w:tblDescription")
    told.set(qn("w:val"), _clean(says))
    table._tbl.tblPr.append(told)  # noqa: SLF001


def _clean(text: str) -> str:
    return text.translate(_UNWRITABLE)
