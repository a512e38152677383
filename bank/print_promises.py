"""What was promised, on paper: numbers first, then each promise; in large letters too, for who reads them better."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bank.print_flow import BODY, BOLD, HEADING, TITLE, Flow
from bank.print_type import Part, Type
from bank.promises_shown import Counted, Shown
from bank.promises_told import Told
from bank.saying import Saying
from flows import promises_page as words

if TYPE_CHECKING:
    from bank.print_sheet import Sheet

# RNIB: large print is 16 to 18 points, giant print larger; the rest of our papers have 14.
_LARGE = 20
_INDENT = 6


@dataclass(frozen=True, slots=True)
class _Types:
    body: Type = BODY
    bold: Type = BOLD
    heading: Type = HEADING
    title: Type = TITLE

    @classmethod
    def large(cls) -> _Types:
        return cls(
            replace(BODY, size=_LARGE),
            replace(BOLD, size=_LARGE),
            replace(HEADING, size=_LARGE + 6),
            replace(TITLE, size=_LARGE + 12),
        )


def draw(
    sheet: Sheet, title: str, shown: Shown, say: Saying, foot: str, number: Callable[[int], str], *, large: bool
) -> None:
    types = _Types.large() if large else _Types()
    flow = Flow(sheet, foot, number)
    flow.write(title, types.title)
    flow.write(say(words.NOBODY_CHANGES), types.body, after=4)
    if not shown.parts:
        flow.write(say(words.NOTHING_YET), types.body)
        return
    _heading(flow, say(words.IN_NUMBERS), types)
    for one in (words.WHAT_LATE_IS, words.WHAT_NO_ANSWER_IS):
        flow.write(say(one), types.body)
    _numbers(flow, [shown.all_so_far], say, types)
    for heading, counted in ((words.BY_MONTH, shown.months), (words.BY_PROJECT, shown.projects)):
        if counted:
            _heading(flow, say(heading), types)
            _numbers(flow, counted, say, types)
    for heading_said, told in shown.parts:
        _heading(flow, heading_said, types)
        for promise in told:
            _promise(flow, promise, types)


def _heading(flow: Flow, text: str, types: _Types) -> None:
    flow.gap(4)
    flow.room(flow.sheet.tall(text, 170, types.heading) + 4 * types.body.line)
    flow.write(text, types.heading)


def _numbers(flow: Flow, counted: Sequence[Counted], say: Saying, types: _Types) -> None:
    for one in counted:
        flow.room(5 * types.body.line)
        flow.write(one.title, types.bold, after=0)
        named = ((words.KEPT, "kept"), (words.LATE, "late"), (words.MOVED, "moved"), (words.NO_ANSWER, "unanswered"))
        for label, name in named:
            flow.write(f"{say(label)}: {getattr(one.figures, name)}", types.body, after=0, indent=_INDENT)
        flow.gap(3)


def _promise(flow: Flow, told: Told, types: _Types) -> None:
    title = replace(types.bold, part=Part.WORDS)
    flow.room(4 * types.body.line)
    flow.write(told.title, title, after=0)
    for line in (told.said, *told.how):
        flow.write(line, types.body, after=0, indent=_INDENT)
    for point in told.points:
        flow.write(f"{point.label}: {point.text}", types.body, after=0, indent=_INDENT)
    flow.gap(4)
