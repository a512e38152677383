"""A report on paper: headings, sentences and tables, as PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from bank.print_flow import EDGE, WIDTH, Flow, printable
from bank.print_made import blank, twice
from bank.print_stock import Fonts
from bank.print_type import BRAND, Part, Type
from bank.report_blocks import Block, Bullets, Grid, Heading, Paragraph, blocks_of
from bank.reports import Report
from language.dates import day
from language.wording import SOURCE_LANGUAGE

if TYPE_CHECKING:
    from bank.print_sheet import Sheet

_TITLE = Type(24, bold=True, colour=BRAND, leading=1.15, part=Part.TITLE)
_HEADING = Type(16, bold=True, colour=BRAND, leading=1.2, part=Part.HEADING)
_WORDS = Type(12, leading=1.3)
_CELL, _HEAD = Type(10.5, leading=1.25), Type(10.5, bold=True, leading=1.25)
_GAP = 3
_MOST_OF_FIRST = 0.4


def made(title: str, blocks: Sequence[Block], council: str, at: datetime, fonts: Fonts) -> bytes:
    """The PDF. It takes a good part of a second, so no transaction should wait for it. Raises CannotPrint."""
    foot = f"{council}. Made {day(at.date(), SOURCE_LANGUAGE)} {at.year}"

    def draw(sheet: Sheet, pages: int) -> None:
        _draw(sheet, title, blocks, foot, lambda page: f"Page {page} of {pages}")

    return twice(blank(title, SOURCE_LANGUAGE, fonts, at), draw)


def of_report(report: Report, fonts: Fonts) -> bytes:
    """All of a report. Raises CannotPrint."""
    return made(report.title, list(blocks_of(report)), report.council, report.at, fonts)


def _draw(sheet: Sheet, title: str, blocks: Iterable[Block], foot: str, number: Callable[[int], str]) -> None:
    flow = Flow(sheet, foot, number)
    flow.write(title, _TITLE, after=4)
    for block in blocks:
        if isinstance(block, Heading):
            flow.gap(4)
            flow.room(_HEADING.line + 30)
            flow.write(block.text, _HEADING)
        elif isinstance(block, Paragraph):
            flow.write(block.text, _WORDS)
        elif isinstance(block, Bullets):
            for line in block.lines:
                flow.write(f"\N{BULLET} {line}", _WORDS, after=1, indent=4)
            flow.gap(2)
        else:
            _table(flow, block)


def _table(flow: Flow, grid: Grid) -> None:
    """Its head again on each page that it goes on to."""
    widths = _widths(len(grid.head))
    first = _high(flow, grid.rows[0], widths, _CELL) if grid.rows else 0
    flow.room(_high(flow, grid.head, widths, _HEAD) + first)
    _row(flow, grid.head, widths, _HEAD)
    flow.head = lambda: _row(flow, grid.head, widths, _HEAD)
    for row in grid.rows:
        flow.room(_high(flow, row, widths, _CELL))
        _row(flow, row, widths, _CELL)
    flow.head = None
    flow.gap(_GAP)


def _widths(columns: int) -> list[float]:
    """The first is the widest: it says what the row is about."""
    first = WIDTH * max(_MOST_OF_FIRST - 0.05 * max(0, columns - 4), 1 / columns)
    return [first, *[(WIDTH - first) / (columns - 1)] * (columns - 1)] if columns > 1 else [WIDTH]


def _high(flow: Flow, cells: Sequence[str], widths: Sequence[float], style: Type) -> float:
    pairs = zip(cells, widths, strict=True)
    return max(flow.sheet.tall(printable(flow.sheet, text), width - _GAP, style) for text, width in pairs) + 2


def _row(flow: Flow, cells: Sequence[str], widths: Sequence[float], style: Type) -> None:
    high, x = _high(flow, cells, widths, style), float(EDGE)
    for text, width in zip(cells, widths, strict=True):
        if text:
            flow.sheet.words(printable(flow.sheet, text), x, flow.y, width - _GAP, style)
        x += width
    flow.sheet.line(EDGE, flow.y + high - 1, WIDTH, thick=0.2)
    flow.y += high
