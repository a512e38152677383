"""Somebody who has everything that was published, and wants to know what the few said whom nobody showed.

They know how it was made: to the nearest 5, and nothing under the smallest number. They know which group lies inside
which, and what adds up to what. They may have seen the same before and after one answer more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bank.suppression import Line, Published, Shown

Key = tuple[int, str, str, str]  # which time it was seen, breakdown, group, cell
BREAKDOWNS = ("kind", "project", "period", "meeting")
RATINGS = ("1", "2", "3", "4", "5")
NOTHING = "nothing"
_Name = tuple[str, str]  # of a group, with its breakdown before it
_ANY = 1_000_000


@dataclass(frozen=True)
class Answer:
    kind: str
    project: str
    period: str
    meeting: str
    rating: str  # "" where they said nothing

    def of(self, breakdown: str) -> str:
        return str(getattr(self, breakdown))


def sets(answers: Sequence[Answer]) -> tuple[range, dict[str, set[int]], dict[str, dict[str, set[int]]]]:
    """What `published` is asked about: everyone, the cells and the breakdowns."""
    cells = {rating: {at for at, one in enumerate(answers) if one.rating == rating} for rating in RATINGS}
    split: dict[str, dict[str, set[int]]] = {breakdown: {} for breakdown in BREAKDOWNS}
    for at, one in enumerate(answers):
        for breakdown in BREAKDOWNS:
            split[breakdown].setdefault(one.of(breakdown), set()).add(at)
    return range(len(answers)), cells, split


@dataclass
class Attacker:
    """`found()` are the small counts that they know to be small, with what they know of them.

    What lies inside what is as it is of `all_answers`: all that there are in the end.
    """

    all_answers: Sequence[Answer]
    smallest: int = 10
    rounded: bool = True
    _true: dict[Key, int] = field(default_factory=dict)
    _hidden: set[Key] = field(default_factory=set)
    _low: dict[Key, int] = field(default_factory=dict)
    _high: dict[Key, int] = field(default_factory=dict)
    _lines: list[tuple[Key, list[Key]]] = field(default_factory=list)
    _times: int = 0

    def sees(self, answers: Sequence[Answer], published: Published) -> None:
        time, self._times = self._times, self._times + 1
        everyone, cells, split = sets(answers)
        silent = set(everyone).difference(*cells.values())
        cells = {"": set(everyone), **cells, NOTHING: silent}
        lines = {("", ""): published.everyone}
        who: dict[_Name, set[int]] = {("", ""): set(everyone)}
        for breakdown, groups in split.items():
            for group, inside in groups.items():
                lines[breakdown, group] = published.breakdowns[breakdown][group]
                who[breakdown, group] = inside
        for whole, part, parts in _nested(self.all_answers):
            left = "left", "/".join((*whole, part))
            who[left] = who.get(whole, set()).difference(*(who.get(one, set()) for one in parts))
            for cell in cells:
                self._lines.append(((time, *whole, cell), [(time, *one, cell) for one in (*parts, left)]))
        for _, _, parts in _nested(self.all_answers):  # a group that is not there yet
            for one in parts:
                who.setdefault(one, set())
        for name, these in who.items():
            self._lines.append(((time, *name, ""), [(time, *name, cell) for cell in cells if cell]))
            for cell, said in cells.items():
                self._look((time, *name, cell), len(these & said), lines.get(name), cell)

    def _look(self, key: Key, true: int, line: Line | None, cell: str) -> None:
        figure = line and (line.cells.get(cell) if cell else line.total)
        self._true[key], self._low[key], self._high[key] = true, 0, _ANY
        if isinstance(figure, Shown):
            about = 2 if self.rounded else 0
            self._low[key] = max(figure.count - about, self.smallest if self.rounded else 0)
            self._high[key] = figure.count + about
        elif true < self.smallest and (true or (line and cell != NOTHING)):
            self._hidden.add(key)

    def found(self) -> dict[Key, tuple[int, int]]:
        while any(
            [self._reckon(whole, parts) for whole, parts in self._lines] + [self._later(key) for key in self._low]
        ):
            pass
        return {key: (self._low[key], self._high[key]) for key in self._hidden if self._high[key] < self.smallest}

    def is_right(self) -> bool:
        """Whether all that they believe is true."""
        return all(self._low[key] <= true <= self._high[key] for key, true in self._true.items())

    def _reckon(self, whole: Key, parts: list[Key]) -> bool:
        low, high = sum(self._low[part] for part in parts), sum(self._high[part] for part in parts)
        told = self._know(whole, low, high)
        for part in parts:
            least = self._low[whole] - (high - self._high[part])
            told |= self._know(part, least, self._high[whole] - (low - self._low[part]))
        return told

    def _later(self, key: Key) -> bool:
        """What was seen before holds afterwards, and there is one more at most."""
        after = (1, *key[1:])
        if key[0] == 1 or after not in self._low or "left" in key:
            return False
        told = self._know(after, self._low[key], self._high[key] + 1)
        return told | self._know(key, self._low[after] - 1, self._high[after])

    def _know(self, key: Key, low: int, high: int) -> bool:
        told = low > self._low[key] or high < self._high[key]
        self._low[key], self._high[key] = max(low, self._low[key]), min(high, self._high[key])
        return told


def _nested(answers: Sequence[Answer]) -> Iterator[tuple[_Name, str, list[_Name]]]:
    """Each group, and everyone, with a breakdown of which some groups lie inside it, and these."""
    everyone, _, split = sets(answers)
    who: dict[_Name, set[int]] = {("", ""): set(everyone)}
    who.update({(breakdown, group): these for breakdown, groups in split.items() for group, these in groups.items()})
    for whole, these in who.items():
        for breakdown in BREAKDOWNS:
            parts = [one for one, inside in who.items() if one[0] == breakdown and inside <= these]
            if parts and breakdown != whole[0]:
                yield whole, breakdown, parts
