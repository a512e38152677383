"""The poster: who we are, one word to text, our number, and square codes for cameras. It is made as A4, and scaled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bank.our_numbers import Ready
from bank.print_type import BRAND, PALE, PAPER, SUN, Part, Type
from bank.saying import Saying
from channels.called import CALLED
from channels.message import Channel
from flows import poster as words

if TYPE_CHECKING:
    from bank.print_sheet import Sheet

_EDGE, _WIDTH = 18, 174
_BAND, _CODE = 92, 40
TO = {Channel.SMS: words.TO_NUMBER, Channel.WHATSAPP: words.TO_WHATSAPP, Channel.TELEGRAM: words.TO_TELEGRAM}


@dataclass(frozen=True, slots=True)
class Call:
    """What a poster calls for: the words to text, and each way to us. `version` is that of the agreement."""

    text: str
    ways: Sequence[Ready]
    version: str


def draw(sheet: Sheet, say: Saying, call: Call) -> None:
    """A page of 210 by 297."""
    sheet.page()
    _head(sheet, say)
    _call(sheet, say, call)
    _codes(sheet, say, call)
    foot(sheet, say, call)


def _head(sheet: Sheet, say: Saying) -> None:
    """A large speech bubble, as in our mark."""
    sheet.block(0, 0, sheet.width, _BAND, BRAND)
    sheet.shape([(_EDGE, _BAND - 0.2), (_EDGE + 16, _BAND - 0.2), (_EDGE, _BAND + 13)], BRAND)
    y = sheet.words(say.organisation.council, _EDGE, 14, _WIDTH, Type(20, bold=True, colour=SUN))
    headline = say(words.HEADLINE)
    style = sheet.largest(headline, _WIDTH, 44, Type(52, bold=True, colour=PAPER, leading=1.1, part=Part.TITLE))
    y = sheet.words(headline, _EDGE, y + 4, sheet.narrowest(headline, _WIDTH, style), style)
    who = say(words.WHO)
    style = sheet.largest(who, _WIDTH, _BAND - y - 8, Type(22, colour=PAPER, leading=1.3))
    sheet.words(who, _EDGE, y + 4, sheet.narrowest(who, _WIDTH, style), style)


def _call(sheet: Sheet, say: Saying, call: Call) -> None:
    first = call.ways[0]
    small = Type(20)
    y = sheet.words(say(words.TEXT), _EDGE, 111, _WIDTH, small)
    y = _loud(sheet, call.text, y)
    y = sheet.words(say(TO[first.channel]), _EDGE, y + 2, _WIDTH, small)
    _loud(sheet, first.shown, y)


def _loud(sheet: Sheet, text: str, y: float) -> float:
    """The two things to remember, as large as they fit on a line."""
    style = sheet.on_one_line(text, _WIDTH, Type(60, bold=True, colour=BRAND, leading=1.15))
    return sheet.words(text, _EDGE, y, _WIDTH, style)


def _codes(sheet: Sheet, say: Saying, call: Call) -> None:
    """A square code for each way to us, side by side, with a name under each."""
    told = say(words.CAMERA)
    style = sheet.largest(told, _WIDTH, Type(16).line, Type(16))
    y = sheet.words(told, _EDGE, 187, _WIDTH, style) + 5
    place = _WIDTH / 3
    for number, way in enumerate(call.ways):
        x = _EDGE + number * place
        says = say(words.SQUARE, text=call.text, number=way.shown)
        sheet.square_code(way.opens, x, y, _CODE, says)
        name = say(words.BY_TEXT) if way.channel is Channel.SMS else CALLED[way.channel]
        sheet.words(name, x, y + _CODE + 2, place, Type(16, bold=True))


def foot(sheet: Sheet, say: Saying, call: Call) -> None:
    """What everybody must be able to know before they write to us."""
    top = sheet.height - 44
    sheet.block(0, top, sheet.width, sheet.height - top, PALE)
    y = top + 4.0
    for one in (words.ADULTS, words.COST, words.STOP, words.NEXT):
        y = sheet.words(say(one), _EDGE, y, _WIDTH, Type(15, leading=1.35))
    kept = say(words.KEPT)
    sheet.words(kept, _EDGE, y + 2, _WIDTH, sheet.on_one_line(kept, _WIDTH - 45, Type(13)))
    sheet.words(say(words.AGREEMENT, version=call.version), _EDGE, y + 2, _WIDTH, Type(13), far=True)
