"""A number by which people know whether Heard works, as it is told: in words, and never of too few people."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bank.score import Score

TOO_FEW = "Too few to say"
NOTHING = "Nothing yet"
NO_WORSE = "No group does worse"
NO_GROUPS = "No groups that we may compare"
_MANY, _STEP = 100, 5


class Unit(StrEnum):
    """What a number counts."""

    SHARE = "share"
    TEXTS = "texts"
    DAYS = "days"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True)
class Number:
    """`things` is what it is a number of. `of_people`: it tells how people are, and is kept back where they are few;
    else it tells how we are, and is always told.
    """

    name: str
    unit: Unit
    things: str
    score: Score
    of_people: bool = True

    def told(self, smallest: int) -> str:
        """On the whole."""
        score = self.score
        if score.value is None:
            return NOTHING
        if self.of_people and score.base < smallest:
            return TOO_FEW
        if self.unit is Unit.SHARE and score.cases < smallest:
            return f"{round(score.value * score.cases)} of {score.cases}"
        return self._said(score.value, score.cases, smallest)

    def _said(self, value: float, cases: int, smallest: int) -> str:
        if self.of_people and self.unit is Unit.SHARE:
            return bounded(round(value * cases), cases, smallest)
        return said(value, self.unit, cases)

    def worst(self, smallest: int) -> tuple[str, str]:
        """Whom it serves worst, and how it is for them; or why nobody is named."""
        group = self.score.worst
        if group is None:
            return ("", "") if self.score.value is None else (NO_GROUPS, "")
        theirs = self._said(group.value, group.cases, smallest)
        if theirs == TOO_FEW:
            return TOO_FEW, ""
        return (NO_WORSE, "") if theirs == self.told(smallest) else (group.name, theirs)


def bounded(well: int, cases: int, smallest: int) -> str:
    """A share of people of whom neither part may be known to be smaller than that: then only its bound is told."""
    small = min(well, cases - well) < smallest
    if not small:
        return said(well / cases, Unit.SHARE, cases)
    if cases < 2 * smallest:
        return TOO_FEW
    bound = (cases - smallest) / cases * 100
    lowest = int(bound // _STEP * _STEP)
    return f"{lowest}% or more" if well > cases - well else f"{100 - lowest}% or less"


def said(value: float, unit: Unit, cases: int) -> str:
    """In words. A share of fewer than a hundred is told to the nearest 5 in a hundred."""
    if unit is Unit.SHARE:
        step = 1 if cases >= _MANY else _STEP
        return f"{round(value * 100 / step) * step}%"
    shown = f"{value:.1f}".removesuffix(".0")
    one = unit.value.removesuffix("s")
    return f"{shown} {one if shown == '1' else unit.value}"
