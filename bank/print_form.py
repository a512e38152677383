"""The paper form, in large print: what we keep, what we would like to know, and the words to agree to.

What it asks is what a partner types in (bank/paper.py). No letter on it is smaller than 18 points.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bank import agreement, helped
from bank.print_type import BRAND, PALE, Part, Type
from bank.saying import Saying
from flows import paper_form as words
from flows.join import ABOUT

if TYPE_CHECKING:
    from bank.print_sheet import Sheet

LARGE_PRINT = 18
_EDGE, _WIDTH, _TOP, _BOTTOM, _FOOT = 18, 174, 18, 266, 272
_BODY = Type(LARGE_PRINT, leading=1.3)
_HEADING = Type(24, bold=True, colour=BRAND, leading=1.2, part=Part.HEADING)
_LABEL = Type(LARGE_PRINT, bold=True, leading=1.3)
_TICK, _LINE = 8, 13


@dataclass(frozen=True, slots=True)
class Wanted:
    """What differs from form to form. `partner` is who takes it; empty: whoever handed it out."""

    code: str
    partner: str
    languages: Sequence[str]
    topics: Sequence[str]
    version: str


class _Form:
    """Goes down the page, and on to the next one where something does not fit."""

    def __init__(self, sheet: Sheet, foot: str, number: Callable[[int], str]) -> None:
        self._sheet, self._foot, self._number = sheet, foot, number
        self._y = 0.0
        self.begin()

    def begin(self) -> None:
        """A new page, with what stands at its foot."""
        sheet = self._sheet
        sheet.page()
        sheet.words(self._foot, _EDGE, _FOOT, _WIDTH - 50, Type(LARGE_PRINT))
        sheet.words(self._number(sheet.pages), _EDGE, _FOOT, _WIDTH, Type(LARGE_PRINT), far=True)
        self._y = _TOP

    def room(self, height: float) -> None:
        """Keep together what is as high as this."""
        if self._y + height > _BOTTOM:
            self.begin()

    def gap(self, height: float) -> None:
        self._y += height

    def write(self, text: str, style: Type = _BODY, *, after: float = 4) -> None:
        self.room(self._sheet.tall(text, _WIDTH, style))
        self._y = self._sheet.words(text, _EDGE, self._y, _WIDTH, style) + after

    def heading(self, text: str, keep: float = 30) -> None:
        self._y += 4 if self._y > _TOP else 0
        self.room(self._sheet.tall(text, _WIDTH, _HEADING) + keep)
        self.write(text, _HEADING, after=3)

    def field(self, label: str, lines: int = 1) -> None:
        """A label, and lines to write on under it."""
        self.room(self._sheet.tall(label, _WIDTH, _LABEL) + lines * _LINE + 4)
        self.write(label, _LABEL, after=0)
        for _number in range(lines):
            self._y += _LINE
            self._sheet.line(_EDGE, self._y, _WIDTH)
        self._y += 6

    def ticks(self, label: str, choices: Sequence[str]) -> None:
        """A label, and a box to tick for each of these."""
        self.room(self._sheet.tall(label, _WIDTH, _LABEL) + min(len(choices), 3) * _LINE)
        self.write(label, _LABEL, after=2)
        for choice in choices:
            self.tick(choice)
        self._y += 4

    def tick(self, text: str, style: Type = _BODY) -> None:
        beside = _WIDTH - _TICK - 5
        height = max(self._sheet.tall(text, beside, style), _TICK)
        self.room(height + 3)
        self._sheet.frame(_EDGE, self._y, _TICK, _TICK, thick=0.8)
        self._sheet.words(text, _EDGE + _TICK + 5, self._y + (_TICK - style.line) / 2, beside, style)
        self._y += height + 3

    def boxed(self, text: str, style: Type) -> None:
        """Words on a field of their own."""
        inside = _WIDTH - 12
        height = self._sheet.tall(text, inside, style) + 10
        self.room(height)
        self._sheet.block(_EDGE, self._y, _WIDTH, height, PALE, corner=3)
        self._sheet.words(text, _EDGE + 6, self._y + 5, inside, style)
        self._y += height + 5


def draw(sheet: Sheet, say: Saying, wanted: Wanted, pages: int) -> None:
    """Pages of 210 by 297. `pages` is how many there are in all, which their feet say."""
    foot = words.FOOT if wanted.code else words.PLAIN_FOOT
    told = say(foot, code=wanted.code, version=wanted.version)
    form = _Form(sheet, told, lambda page: say(words.PAGE, page=page, pages=pages))
    _about_us(form, say)
    _about_you(form, say, wanted)
    _agree(form, say)
    _next(form, say, wanted)


def _about_us(form: _Form, say: Saying) -> None:
    form.write(say(words.TITLE), Type(40, bold=True, colour=BRAND, leading=1.15, part=Part.TITLE), after=5)
    form.write(f"{say(words.WE_ARE)} {say(ABOUT)}")
    form.heading(say(words.KEPT))
    form.write(helped.more(say.organisation, say.language))


def _about_you(form: _Form, say: Saying, wanted: Wanted) -> None:
    form.heading(say(words.ABOUT_YOU), keep=60)
    form.write(say(words.HOW))
    form.field(say(words.NAME))
    form.field(say(words.MOBILE))
    form.field(say(words.OTHERWISE), lines=2)
    if len(wanted.languages) > 1:
        form.ticks(say(words.LANGUAGE), wanted.languages)
    form.field(say(words.DISTRICT))
    form.ticks(say(words.TOPICS), wanted.topics)
    form.field(say(words.NEEDS), lines=3)


def _agree(form: _Form, say: Saying) -> None:
    """The words of joining by text, to the letter."""
    asked, yes = agreement.question(say.organisation, say.language), agreement.yes(say.organisation, say.language)
    form.heading(say(words.AGREEMENT), keep=120)
    form.boxed(asked, _LABEL)
    form.tick(yes, _LABEL)
    form.gap(4)
    form.field(say(words.SIGNED))
    form.field(say(words.TODAY))


def _next(form: _Form, say: Saying, wanted: Wanted) -> None:
    form.heading(say(words.NEXT))
    form.write(say(words.HAND_IN_TO, partner=wanted.partner) if wanted.partner else say(words.HAND_IN))
    form.write(say(words.CHECKED))
    form.write(say(words.STOP))
