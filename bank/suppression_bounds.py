"""What somebody could work out of hidden counts: line after line, until no line tells more.

What is known in the end does not depend on the order. Each line is looked at only when something in it became known,
by numbers in place of names: there are thousands of counts, and this is done a hundred times for one page.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping, Sequence

from bank.suppression_lines import EVERYONE, Bounds, Key, Line


class Reckoning:
    """Works out what these lines tell of these counts to somebody who knows some of them."""

    def __init__(self, counts: Mapping[Key, int], lines: Sequence[Line]) -> None:
        self._counts = counts
        self._keys = list(counts)
        place = {key: number for number, key in enumerate(self._keys)}
        self._wholes = [place[line.whole] for line in lines]
        self._parts = [[place[part] for part in line.parts] for line in lines]
        self._is_part: list[list[int]] = [[] for _ in self._keys]
        self._touches: list[list[int]] = [[] for _ in self._keys]
        for line, (whole, parts) in enumerate(zip(self._wholes, self._parts, strict=True)):
            self._touches[whole].append(line)
            for part in parts:
                self._is_part[part].append(line)
                self._touches[part].append(line)

    def known(self, shown: Collection[Key]) -> Bounds:
        """What is known of every count to somebody who knows those that are shown."""
        most = self._counts[EVERYONE]
        low = [count if key in shown else 0 for key, count in self._counts.items()]
        high = [count if key in shown else most for key, count in self._counts.items()]
        _Run(self._wholes, self._parts, self._is_part, self._touches, low, high).go()
        return Bounds(dict(zip(self._keys, low, strict=True)), dict(zip(self._keys, high, strict=True)))


class _Run:
    """One time through. `low` and `high` are narrowed where they lie."""

    def __init__(
        self,
        wholes: list[int],
        parts: list[list[int]],
        is_part: list[list[int]],
        touches: list[list[int]],
        low: list[int],
        high: list[int],
    ) -> None:
        self._wholes, self._parts, self._is_part, self._touches = wholes, parts, is_part, touches
        self._low, self._high = low, high
        self._least = [sum([low[part] for part in line]) for line in parts]
        self._most = [sum([high[part] for part in line]) for line in parts]
        self._to_look_at = deque(range(len(wholes)))
        self._waits = [True] * len(wholes)

    def go(self) -> None:
        while self._to_look_at:
            line = self._to_look_at.popleft()
            self._look(line)
            self._waits[line] = False

    def _look(self, line: int) -> None:
        low, high, whole, least, most = self._low, self._high, self._wholes[line], self._least, self._most
        if least[line] > low[whole] or most[line] < high[whole]:
            self._narrow(whole, max(low[whole], least[line]), min(high[whole], most[line]))
        again = True
        while again:
            again = False
            above, below = high[whole] - least[line], most[line] - low[whole]
            free = min(above, below)
            for part in self._parts[line]:
                if high[part] - low[part] > free:
                    # What the others leave for it, at least and at most.
                    self._narrow(part, max(low[part], high[part] - below), min(high[part], low[part] + above))
                    again = True
                    above, below = high[whole] - least[line], most[line] - low[whole]
                    free = min(above, below)

    def _narrow(self, key: int, low: int, high: int) -> None:
        more, fewer = low - self._low[key], high - self._high[key]
        self._low[key], self._high[key] = low, high
        for line in self._is_part[key]:
            self._least[line] += more
            self._most[line] += fewer
        for line in self._touches[key]:
            if not self._waits[line]:
                self._waits[line] = True
                self._to_look_at.append(line)
