"""The lines of what is published together, and what somebody could work out of hidden counts by them.

A line is a whole and its parts. A group is its cells; everyone is the groups of a breakdown; and a group of one
breakdown is those of another which lie inside it, with whoever is left over. What is left over has no name, and is
protected all the same: it is the difference of two that are published, one inside the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

# A breakdown, one of its groups and one of its cells: ("kind", "panel", "4"). No cell: all of the group. Neither
# breakdown nor group: everyone.
Key = tuple[str, str, str]
EVERYONE = ("", "", "")
# It begins the name of what has none: who said nothing, and who is left over.
UNNAMED = "\0"
_Who = frozenset[int]
_Parts = Mapping[str, _Who]


@dataclass(frozen=True, slots=True)
class Line:
    whole: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What each count is at least and at most, as far as anybody can tell."""

    low: Mapping[Key, int]
    high: Mapping[Key, int]


class System:
    """All counts of what is published together, and its lines."""

    def __init__(self, everyone: _Who, cells: _Parts, breakdowns: Mapping[str, _Parts]) -> None:
        self.counts: dict[Key, int] = {}
        self.lines: list[Line] = []
        silent = everyone.difference(*cells.values())
        self._cells = {**cells, UNNAMED: silent} if cells and silent else cells
        self._add("", "", everyone)
        for breakdown, groups in breakdowns.items():
            for group, who in groups.items():
                self._add(breakdown, group, who)
            for whole, who in _wholes(everyone, breakdowns, breakdown):
                self._split(whole, who, breakdown, groups)

    def _add(self, breakdown: str, group: str, who: _Who) -> None:
        """A group, and the line of its cells."""
        self.counts[breakdown, group, ""] = len(who)
        for cell, said in self._cells.items():
            self.counts[breakdown, group, cell] = len(who & said)
        if self._cells:
            self.lines.append(Line((breakdown, group, ""), tuple((breakdown, group, cell) for cell in self._cells)))

    def _split(self, whole: tuple[str, str], who: _Who, breakdown: str, groups: _Parts) -> None:
        """The lines of a group, and of each of its cells, and those of a breakdown that lie inside it."""
        inside = [name for name, part in groups.items() if whole == ("", "") or (part and part <= who)]
        if not inside:
            return
        left = who.difference(*(groups[name] for name in inside))
        if left:
            inside.append(UNNAMED + UNNAMED.join(whole))
            self._add(breakdown, inside[-1], left)
        for cell in ("", *self._cells):
            self.lines.append(Line((*whole, cell), tuple((breakdown, group, cell) for group in inside)))


def is_named(key: Key) -> bool:
    """Whether it is one that is asked for."""
    return UNNAMED not in (key[1][:1], key[2][:1])


def _wholes(everyone: _Who, breakdowns: Mapping[str, _Parts], besides: str) -> Iterator[tuple[tuple[str, str], _Who]]:
    """What the groups of this breakdown may lie inside: everyone, and every group of another."""
    yield ("", ""), everyone
    for breakdown, groups in breakdowns.items():
        if breakdown != besides:
            yield from (((breakdown, group), who) for group, who in groups.items())
