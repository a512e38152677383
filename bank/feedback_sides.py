"""Two sides: answers with a name, and those without. Each is published by itself, as if there were no other.

Whoever may read the answers with a name can take them off a figure in which both are, and has what those said who
wanted no name with it. What is published of each side by itself tells nothing of the other, and neither does what is
added up of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from functools import lru_cache

from bank.feedback_groups import EVERYTHING, KIND, MEETING, MONTH, PROJECT, SET, Group
from bank.suppression import Figure, Hidden, Published, Shown, published

_Who = frozenset[int]
_Parts = tuple[tuple[str, _Who], ...]
# A page asks for the figures of each of its questions; they are the same until somebody answers.
_MOST_KEPT = 64
_TURNS = (KIND, SET, PROJECT, MONTH, MEETING)


class Whose(StrEnum):
    """Whose answers a figure counts."""

    ALL = "all"
    NAMED = "named"
    UNNAMED = "unnamed"


class Side:
    """The answers of one side. `given`: of each response the groups in which it counts, besides everything."""

    def __init__(self, given: Mapping[int, Iterable[Group]], smallest: int) -> None:
        self._everyone, self._smallest = frozenset(given), smallest
        split: dict[str, dict[str, set[int]]] = {}
        for id_, groups in given.items():
            for breakdown, name in groups:
                split.setdefault(breakdown, {}).setdefault(name, set()).add(id_)
        # Always in the same order: where not all can be shown, it is what stands first.
        self._who = {
            breakdown: {name: frozenset(ids) for name, ids in sorted(split[breakdown].items())}
            for breakdown in sorted(split, key=_TURNS.index)
        }

    def total(self, group: Group) -> Figure:
        """How many answered at all."""
        return self.cells({}, group).get("", Hidden())

    def cells(self, said: Mapping[str, Collection[int]], group: Group) -> Mapping[str, Figure]:
        """How many of the group are in each cell, by its name, and in the group, by none; empty: nobody is."""
        cells = tuple((name, self._everyone & frozenset(ids)) for name, ids in said.items())
        split = tuple((breakdown, tuple(groups.items())) for breakdown, groups in self._who.items())
        found = _published(self._everyone, cells, split, self._smallest)
        line = found.everyone if group == EVERYTHING else found.breakdowns.get(group[0], {}).get(group[1])
        return {} if line is None else {"": line.total, **line.cells}


@lru_cache(maxsize=_MOST_KEPT)
def _published(everyone: _Who, cells: _Parts, split: tuple[tuple[str, _Parts], ...], smallest: int) -> Published:
    return published(everyone, dict(cells), {breakdown: dict(groups) for breakdown, groups in split}, smallest)


def whose(named: Mapping[str, Figure], unnamed: Mapping[str, Figure], totals: tuple[Figure, Figure]) -> Whose:
    """Whose answers to a question are counted: of all, where of both the same is shown; else of the side with more.

    `totals` are of those with a name, and of those without. Else what one side keeps back would be as if nobody of it
    had said it.
    """
    with_name, without = totals
    if isinstance(without, Hidden):
        return Whose.NAMED
    if isinstance(with_name, Hidden):
        return Whose.UNNAMED
    if all(isinstance(named[cell], Hidden) == isinstance(unnamed[cell], Hidden) for cell in named):
        return Whose.ALL
    return Whose.NAMED if with_name.count >= without.count else Whose.UNNAMED


def together(named: Figure, unnamed: Figure) -> Figure:
    """What is shown of both, added up."""
    counts = [one.count for one in (named, unnamed) if isinstance(one, Shown)]
    return Shown(sum(counts)) if counts else Hidden()
