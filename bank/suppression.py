"""Small numbers: what may be shown of how many answered, and said what, so that nobody can be picked out.

Everything that is shown of the same answers is decided together, by `published`. What it shows is rounded to the
nearest 5. It hides each count under the smallest one that may be shown, and as many others as it takes so that no
hidden one can be worked out: not from the rest of its line, not from a group inside another, not from several of these
one after the other. It reckons with somebody who knows each shown count before it was rounded.

Nothing else that was worked out of the same answers may be shown beside it. A mean is a sum and a percentage is a
count: work them out of what is shown (`share`), never of the answers. What is shown again when one more has answered
seldom tells what that one said, and yet it can. So answers without a name come to be counted only as many together as
the smallest number (`bank.feedback_groups`). Those with a name are read by whoever sees live figures.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from bank.suppression_guard import may_be_shown
from bank.suppression_lines import UNNAMED, System

LEAST = 5
_ROUNDED_TO = 5
_WHOLE_OF_A_SHARE = 30


@dataclass(frozen=True, slots=True)
class Shown:
    """So many, to the nearest 5."""

    count: int


@dataclass(frozen=True, slots=True)
class Hidden:
    """Too few to show, or hidden so that others cannot be worked out. It may also be none, or many."""

    count: Literal[None] = None


Figure = Shown | Hidden


@dataclass(frozen=True, slots=True)
class Line:
    """How many answered, and how many of them said what. Where `total` is hidden, all its cells are."""

    total: Figure
    cells: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Published:
    """What may be shown: of everyone, and of each group of each breakdown."""

    everyone: Line
    breakdowns: Mapping[str, Mapping[str, Line]]


def published(
    everyone: Collection[int],
    cells: Mapping[str, Collection[int]],
    breakdowns: Mapping[str, Mapping[str, Collection[int]]],
    smallest: int,
) -> Published:
    """What may be shown of these answers, which are named by numbers of any kind.

    `everyone` are all who are counted. `cells` is what was said, by its name ("4", "yes"), and who said it: nobody is
    in two of them, and who is in none said nothing. `breakdowns` are the ways in which the answers are split, such as
    {"kind": {"training": ..., "panel": ...}, "month": {...}}: nobody is in two groups of one breakdown, and a group may
    lie inside one of another; where not all can be shown, the first are. Whatever is shown anywhere of these answers
    belongs in one call.

    What can be said together, such as themes, is a call for each, with the cells "said" and "not". `smallest` is
    `organisation.smallest_shown`. Raises ValueError where it is under 5, or where the sets are not as said here.
    """
    if smallest < LEAST:
        raise ValueError(f"the smallest number shown is {LEAST} at least")
    of_all = frozenset(everyone)
    said = {name: frozenset(who) for name, who in cells.items()}
    split = {name: {group: frozenset(who) for group, who in groups.items()} for name, groups in breakdowns.items()}
    for parts in (said, *split.values()):
        _refuse_overlaps(of_all, parts)
    system = System(of_all, said, split)
    shown = may_be_shown(system, smallest)

    def line(breakdown: str, group: str) -> Line:
        def figure(cell: str) -> Figure:
            key = breakdown, group, cell
            return Shown(rounded(system.counts[key])) if key in shown else Hidden()

        return Line(figure(""), {cell: figure(cell) for cell in said})

    return Published(
        line("", ""), {one: {group: line(one, group) for group in groups} for one, groups in split.items()}
    )


def rounded(count: int) -> int:
    """To the nearest 5."""
    return (count + _ROUNDED_TO // 2) // _ROUNDED_TO * _ROUNDED_TO


def share(part: Figure, whole: Figure) -> int | None:
    """How many in a hundred, of what is shown; None where either is hidden, or the whole is under 30."""
    if isinstance(part, Hidden) or isinstance(whole, Hidden) or whole.count < _WHOLE_OF_A_SHARE:
        return None
    return min(100, round(100 * part.count / whole.count))


def _refuse_overlaps(everyone: frozenset[int], parts: Mapping[str, frozenset[int]]) -> None:
    """Raises ValueError unless these are apart from each other, have names, and are all of everyone."""
    together = frozenset[int]().union(*parts.values())
    nameless = [name for name in parts if not name or UNNAMED in name]
    if nameless or not together <= everyone or len(together) < sum(map(len, parts.values())):
        raise ValueError("each part needs a name, and only what is counted, and nobody may be in two of them")
