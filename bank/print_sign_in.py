"""The sign-in sheet: names, a box to tick, and lines for whoever walks in. It lies on a table that everybody sees, so
it tells no number and nothing that somebody needs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from bank.print_flow import BODY, BOLD, EDGE, TITLE, UNTITLED, WIDTH, Flow, title_on
from bank.print_names import can_print
from bank.print_type import Type

if TYPE_CHECKING:
    from bank.print_sheet import Sheet

_ROW, _HERE = 12, 150
_NAME = Type(16, leading=1.2)
_FEWEST_LINES = 5
_LONGEST_NAME = 80  # letters, on one line


def draw(
    sheet: Sheet,
    head: Sequence[str],
    people: Sequence[tuple[str, int]],
    foot: str,
    number: Callable[[int], str],
) -> None:
    """`head` is the title and what stands below it. `people` are names, each with how many guests they bring."""
    flow = Flow(sheet, foot, number)
    flow.write(title_on(sheet, head[0]) or UNTITLED, TITLE, after=2)
    for line in head[1:]:
        flow.write(line, after=1)
    flow.gap(4)
    _headings(flow)
    flow.head = lambda: _headings(flow)
    for name, guests in people:
        short = name[:_LONGEST_NAME]
        _row(flow, short if can_print(sheet, short) else "")
        for _guest in range(guests):
            _row(flow, "", f"A guest of {short}" if short and can_print(sheet, short) else "A guest")
    _walk_ins(flow)


def _headings(flow: Flow) -> None:
    flow.sheet.words("Name", EDGE, flow.y, 100, BOLD)
    flow.sheet.words("I am here", EDGE + _HERE - 8, flow.y, WIDTH - _HERE + 8, BOLD)
    flow.y += BOLD.line + 2
    flow.sheet.line(EDGE, flow.y, WIDTH, thick=0.8)


def _row(flow: Flow, name: str, below: str = "") -> None:
    """A name and a box; without a name, room to write one, with what is known in small letters."""
    flow.room(_ROW)
    if name:
        style = flow.sheet.on_one_line(name, _HERE - 10, _NAME)
        flow.sheet.words(name, EDGE, flow.y + (_ROW - style.line) / 2, _HERE - 10, style)
    elif below:
        style = flow.sheet.on_one_line(below, _HERE - 10, BODY)
        wide = flow.sheet.wide(below, style)
        flow.sheet.words(below, EDGE + 6, flow.y + (_ROW - style.line) / 2, wide + 1, style)
    flow.box(EDGE + _HERE, _ROW)
    flow.y += _ROW
    flow.sheet.line(EDGE, flow.y, WIDTH, thick=0.3)


def _walk_ins(flow: Flow) -> None:
    """Lines for those who are not on the list, to the end of a page: so many at least."""
    flow.room(6 + BOLD.line + 2 + _FEWEST_LINES * _ROW)
    flow.gap(6)
    flow.write("Not on the list? Please write your name here. You are welcome.", BOLD, after=0)
    flow.gap(2)
    while flow.left >= _ROW:
        _row(flow, "")
