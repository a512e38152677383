"""Which counts may be shown: hiding goes on until no small one that is hidden can be worked out.

One answer more should not change what is hidden in such a way that what is seen before and after tells together what
neither tells alone. So counts that are equal are hidden together, and what groups said is settled for each way in
which what everyone said is seen with one answer more or fewer. That helps, and does not prevent it in every case:
`bank.suppression` says what is done about that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from functools import reduce
from itertools import groupby

from bank.suppression_bounds import Reckoning
from bank.suppression_lines import EVERYONE, Bounds, Key, Line, System, is_named

_Counts = Mapping[Key, int]


def may_be_shown(system: System, smallest: int) -> set[Key]:
    """The named counts that may be: how large groups are is settled first, then what everyone said, then the groups.

    The breakdowns take their turns, and none shows what could not be shown if one before it showed all it has.
    """
    counts = system.counts
    if counts[EVERYONE] < smallest:
        return set()
    large = {key for key, count in counts.items() if count >= smallest and is_named(key)}
    sizes = _Guard(counts, [line for line in system.lines if not line.parts[0][2]], {EVERYONE}, smallest)
    groups = sizes.safe({key for key in large if not key[2]} - {EVERYONE}) | {EVERYONE}
    own = [line for line in system.lines if line.whole == EVERYONE and line.parts[0][2]]
    said = _said_by_everyone(counts, own, smallest)
    near = {frozenset(said), *(frozenset(_said_by_everyone(near, own, smallest)) for near in _neighbours(counts))}
    shown, before = set[Key](), [frozenset[Key]()]
    for breakdown in dict.fromkeys(key[0] for key in counts if key[0]):
        cells = {key for key in large if key[2] and key[0] == breakdown and (*key[:2], "") in groups}
        worlds = {frozenset(groups | known | shown | others) for known in near for others in before}
        guards = [_Guard(counts, system.lines, world, smallest) for world in sorted(worlds, key=sorted)]
        fit = reduce(lambda left, guard: guard.safe(left), guards, cells)
        shown |= _as_much_as_can_be(counts, guards, fit, cells)
        before.append(frozenset(cells))
    return groups | said | shown


def _said_by_everyone(counts: _Counts, lines: list[Line], smallest: int) -> set[Key]:
    """What may be shown of what everyone said."""
    cells = {key for line in lines for key in line.parts if is_named(key) and counts[key] >= smallest}
    return _Guard(counts, lines, {EVERYONE}, smallest).safe(cells)


def _neighbours(counts: _Counts) -> Iterable[_Counts]:
    """The counts of everyone, with one answer more or fewer."""
    own = {key: count for key, count in counts.items() if key[:2] == EVERYONE[:2]}
    for key, count in own.items():
        for one in (1, -1):
            if key != EVERYONE and count + one >= 0:
                yield {**own, key: count + one, EVERYONE: own[EVERYONE] + one}


def _as_much_as_can_be(counts: _Counts, guards: list[_Guard], shown: set[Key], of: set[Key]) -> set[Key]:
    """These, and what was hidden for others and need not be: the largest first, all that are as large together."""

    def rank(key: Key) -> int:
        return -counts[key]

    for _, as_large in groupby(sorted(of - shown, key=rank), key=rank):
        more = shown.union(as_large)
        if all(guard.is_safe(more) for guard in guards):
            shown = more
    return shown


class _Guard:
    """Watches some lines. `known` is shown already, and stays."""

    def __init__(self, counts: _Counts, lines: list[Line], known: Set[Key], smallest: int) -> None:
        self._counts = counts
        self._reckoning = Reckoning(counts, lines)
        self._known = known
        self._of: dict[Key, list[Line]] = defaultdict(list)
        for line in lines:
            for key in (line.whole, *line.parts):
                self._of[key].append(line)
        at_most = self._bounds(set()).high
        small = (key for key in self._of if counts[key] < smallest and key not in known)
        # Up to what each small one must seem possible. Nobody left over is nobody to protect.
        self._needs = {key: min(smallest, at_most[key]) for key in small if counts[key] or is_named(key)}

    def safe(self, shown: set[Key]) -> set[Key]:
        """These, less what has to be hidden."""
        while exposed := self._most_exposed(bounds := self._bounds(shown)):
            shown = shown - (self._telling(exposed, shown, bounds, None) or {self._least(exposed, shown)})
        return shown

    def is_safe(self, shown: set[Key]) -> bool:
        return self._most_exposed(self._bounds(shown)) is None

    def _bounds(self, shown: set[Key]) -> Bounds:
        return self._reckoning.known(self._known | shown)

    def _most_exposed(self, bounds: Bounds) -> Key | None:
        """The hidden one that is known to be smallest, where it is known to be small."""
        exposed = [key for key, needs in self._needs.items() if bounds.high[key] < needs]
        return min(exposed, key=lambda key: (bounds.high[key], key), default=None)

    def _telling(self, key: Key, shown: set[Key], bounds: Bounds, through: Key | None) -> set[Key]:
        """What tells how small this one is, and costs least to hide; empty where nothing in its lines does.

        First that is the smallest of its own line, and all that are as small. Where none of these is in sight, it is
        the whole of the line, or what tells of the others, `through` which it is then known.
        """
        found: list[set[Key]] = []
        for line in self._of[key]:
            others = [part for part in line.parts if part != key]
            if not through and not self._tells(line, key, others, bounds):
                continue
            if in_sight := [part for part in others if part in shown]:
                least = min(self._counts[part] for part in in_sight)
                found.append({part for part in in_sight if self._counts[part] == least})
            elif not through:
                found.append({line.whole} & shown)
                hidden = [one for one in (line.whole, *others) if one not in shown and bounds.low[one]]
                found += [self._telling(one, shown, bounds, key) for one in hidden]
        return min(filter(None, found), key=lambda keys: min(self._counts[one] for one in keys), default=set())

    def _tells(self, line: Line, key: Key, others: list[Key], bounds: Bounds) -> bool:
        if key == line.whole:
            return sum(bounds.high[part] for part in line.parts) < self._needs[key]
        return bounds.high[line.whole] - sum(bounds.low[part] for part in others) < self._needs[key]

    def _least(self, exposed: Key, shown: set[Key]) -> Key:
        """The smallest that is shown: of the same breakdown, else of any."""
        same = [key for key in shown if key[0] == exposed[0]]
        return min(same or shown, key=lambda key: (self._counts[key], key))
