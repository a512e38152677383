"""A project's poster: what it is about, what one does and gets, how much say one has, and the word to text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bank.print_poster import TO, Call, foot
from bank.print_type import BRAND, PAPER, SUN, Part, Type
from bank.saying import Saying
from flows import poster as words

if TYPE_CHECKING:
    from bank.print_sheet import Sheet

_EDGE, _WIDTH = 18, 174
_CALL, _CODE, _LABELS = 64, 44, 46


@dataclass(frozen=True, slots=True)
class Point:
    """Something that is told of a project. `fact` names what it was made of."""

    label: str
    text: str
    fact: str


def points(facts: Mapping[str, str], say: Saying) -> Iterator[Point]:
    """What is told of a project; what nobody wrote is left out."""
    starts, ends = facts.get("starts", ""), facts.get("ends", "")
    when = say(words.FROM_TO, starts=starts, ends=ends) if starts and ends else starts or ends
    pay = " ".join(one for one in (facts.get("payment", ""), facts.get("expenses", "")) if one)
    told = (
        (words.INVOLVES, facts.get("involves", ""), "involves"),
        (words.TIME, facts.get("time", ""), "time"),
        (words.WHEN, when, "starts"),
        (words.WHERE, facts.get("place", ""), "place"),
        (words.PAY, pay, "payment"),
        (words.SAY, facts.get("rung_sentence", ""), "rung_sentence"),
    )
    return (Point(say(label), text, fact) for label, text, fact in told if text)


def draw(sheet: Sheet, say: Saying, call: Call, facts: Mapping[str, str]) -> None:
    """A page of 210 by 297."""
    sheet.page()
    y = _head(sheet, say, facts)
    top = sheet.height - 44 - _CALL
    _points(sheet, say, facts, y + 8, top - 6)
    _call(sheet, say, call, top)
    foot(sheet, say, call)


def _head(sheet: Sheet, say: Saying, facts: Mapping[str, str]) -> float:
    """A band as high as its words need; where it ends."""
    sender, title, aim = facts.get("sender") or say.organisation.council, facts["project"], facts.get("aim", "")
    from_us = Type(20, bold=True, colour=SUN)
    headline = Type(44, bold=True, colour=PAPER, leading=1.1, part=Part.TITLE)
    headline = sheet.largest(title, _WIDTH, 46, headline)
    under = sheet.largest(aim, _WIDTH, 26, Type(20, colour=PAPER, leading=1.3), smallest=12)
    height = 14 + from_us.line + 4 + sheet.tall(title, _WIDTH, headline) + 4 + sheet.tall(aim, _WIDTH, under) + 8
    sheet.block(0, 0, sheet.width, height, BRAND)
    y = sheet.words(sender, _EDGE, 14, _WIDTH, from_us)
    y = sheet.words(title, _EDGE, y + 4, sheet.narrowest(title, _WIDTH, headline), headline)
    sheet.words(aim, _EDGE, y + 4, _WIDTH, under)
    return height


def _points(sheet: Sheet, say: Saying, facts: Mapping[str, str], y: float, bottom: float) -> None:
    told = list(points(facts, say))
    style = Type(17, leading=1.3)
    beside = _WIDTH - _LABELS
    while style.size > 9 and y + _height(sheet, told, beside, style) > bottom:
        style = Type(style.size - 1, leading=1.3)
    bold = Type(style.size, bold=True, colour=BRAND, leading=1.3)
    for point in told:
        after = sheet.words(point.label, _EDGE, y, _LABELS - 4, bold)
        y = max(after, sheet.words(point.text, _EDGE + _LABELS, y, beside, style)) + 3


def _height(sheet: Sheet, told: list[Point], beside: float, style: Type) -> float:
    bold = Type(style.size, bold=True, leading=style.leading)
    heights = (max(sheet.tall(one.label, _LABELS - 4, bold), sheet.tall(one.text, beside, style)) for one in told)
    return sum(height + 3 for height in heights)


def _call(sheet: Sheet, say: Saying, call: Call, top: float) -> None:
    """The word and the number at one side, the code for the first way at the other."""
    first = call.ways[0]
    beside = _WIDTH - _CODE - 10
    sheet.line(_EDGE, top, _WIDTH, thick=1)
    y = sheet.words(say(words.HEAR_MORE), _EDGE, top + 6, beside, Type(16))
    for text, then in ((call.text, say(TO[first.channel])), (first.shown, "")):
        style = sheet.on_one_line(text, beside, Type(40, bold=True, colour=BRAND, leading=1.15))
        y = sheet.words(text, _EDGE, y, beside, style)
        y = sheet.words(then, _EDGE, y + 1, beside, Type(16)) if then else y
    x = _EDGE + _WIDTH - _CODE
    sheet.square_code(first.opens, x, top + 9, _CODE, say(words.SQUARE, text=call.text, number=first.shown))
