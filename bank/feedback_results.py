"""What people said, in figures: of one meeting, one project, one kind of meeting, and over the months.

The figures of all groups of a year are worked out together (`bank.suppression`), whichever of them a page shows: so
nothing more is learnt from several pages than from one. What is told beside a figure is worked out of what is shown.
That takes a while, so no transaction should wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bank.feedback_cells import OTHER, SAID, Line, lines_of
from bank.feedback_gathered import Asked, Gathered, Response, Round
from bank.suppression import Figure, Hidden, Published, published
from flows.question_set import Kind, Means
from storage.feedback import About

# Everything, and the ways in which it is split: a group is a breakdown and what it is called there.
Group = tuple[str, str]
EVERYTHING: Group = ("", "")
KIND, MONTH, PROJECT, MEETING, SET = "kind", "month", "project", "meeting", "set"


@dataclass(frozen=True, slots=True)
class Told:
    """How often each answer was given to one question; of words and numbers, how many gave any.

    `middle` is the median of a rating, where how often each was given is shown.
    """

    asked: Asked
    counts: tuple[tuple[str, Figure], ...]
    middle: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A row of an overview: a kind, a project or a month, how many answered, and how they found it (1 to 5)."""

    name: str
    answered: Figure
    middle: int | None


def groups_of(one: Round) -> Iterator[Group]:
    """All groups that hold this round, and of which figures are shown."""
    if one.about is About.MEETING:
        yield from ((MEETING, str(one.meeting)), (KIND, one.kind), (MONTH, one.month))
    if one.about is About.BANK:
        yield SET, one.set
    if one.project is not None:
        yield PROJECT, str(one.project)


class Results:
    """The figures of all that was gathered, worked out as they are asked for."""

    def __init__(self, found: Gathered, smallest: int) -> None:
        self.found, self._smallest = found, smallest
        self._everyone = frozenset(found.responses)
        self._split: dict[str, dict[str, set[int]]] = {}
        for one in found.responses.values():
            for breakdown, name in groups_of(one.round):
                self._split.setdefault(breakdown, {}).setdefault(name, set()).add(one.id)
        self._known: dict[str, list[Published]] = {}

    def responses(self, group: Group) -> list[Response]:
        return [self.found.responses[id_] for id_ in sorted(self._who(group))]

    def answered(self, group: Group) -> Figure:
        """How many answered at all."""
        (figures,) = self._once("", lambda: [self._published({})])
        return _line(figures, group, "")

    def questions(self, group: Group) -> list[Told]:
        """What was answered to each question that was asked of this group."""
        return [self.told(asked, group) for asked in self.found.questions(self._who(group))]

    def told(self, asked: Asked, group: Group) -> Told:
        lines, key = lines_of(asked.question), asked.key
        of_lines = self._once(key, lambda: [self._published(self._cells(key, line)) for line in lines])
        counts = [
            (label, _line(figures, group, cell))
            for line, figures in zip(lines, of_lines, strict=True)
            for cell, label in line.labels.items()
        ]
        return Told(asked, tuple(counts), _middle(asked, counts, self.answered(group)))

    def parts(self, breakdown: str) -> list[Part]:
        """Every group of this breakdown, by its name."""
        how = self._meaning(Means.HOW, Kind.RATING)
        groups = [(breakdown, name) for name in sorted(self._split.get(breakdown, {}))]
        middles = {one: self.told(how, one).middle for one in groups} if how is not None else {}
        return [Part(one[1], self.answered(one), middles.get(one)) for one in groups]

    def tagged(self, ids: Collection[int], group: Group) -> Figure:
        """How many of the group are among these responses, such as those that say something of a theme."""
        among = self._everyone & set(ids)
        return _line(self._published({SAID: among, OTHER: self._everyone - among}), group, SAID)

    def _once(self, key: str, work: Callable[[], list[Published]]) -> list[Published]:
        """The figures that are known by this key, worked out the first time."""
        if key not in self._known:
            self._known[key] = work()
        return self._known[key]

    def _who(self, group: Group) -> Collection[int]:
        breakdown, name = group
        return self._split.get(breakdown, {}).get(name, set()) if breakdown else self._everyone

    def _meaning(self, means: Means, kind: Kind) -> Asked | None:
        """The question that means this, in the newest set that asks it."""
        every = self.found.questions(self._everyone)
        return next((one for one in every if one.question.means is means and one.question.kind is kind), None)

    def _cells(self, key: str, line: Line) -> dict[str, set[int]]:
        """Who is in which cell. Who was not asked, or left it out, is in none."""
        cells: dict[str, set[int]] = {cell: set() for cell in line.labels}
        for one in self.found.responses.values():
            if key in one.said:
                cells.setdefault(line.of(one.said[key]), set()).add(one.id)
        return cells

    def _published(self, cells: Mapping[str, Collection[int]]) -> Published:
        return published(self._everyone, cells, self._split, self._smallest)


def _line(figures: Published, group: Group, cell: str) -> Figure:
    """One figure of this group: of a cell, or of all."""
    breakdown, name = group
    line = figures.breakdowns.get(breakdown, {}).get(name) if breakdown else figures.everyone
    if line is None:
        return Hidden()
    return line.cells[cell] if cell else line.total


def _middle(asked: Asked, counts: Sequence[tuple[str, Figure]], answered: Figure) -> int | None:
    """The median, as far as what is shown tells it: wherever those stand who are not shown, it is the same."""
    if asked.question.kind is not Kind.RATING or isinstance(answered, Hidden):
        return None
    # The labels stand from the best rating down to 1.
    rated = {len(counts) - place: figure.count for place, (_label, figure) in enumerate(counts)}
    hidden = [rating for rating, count in rated.items() if count is None]
    known = {rating: count for rating, count in rated.items() if count}
    left = max(0, answered.count - sum(known.values())) if hidden else 0
    possible = [known, *({**known, rating: left} for rating in (hidden and (min(hidden), max(hidden))))]
    found = {_median(one) for one in possible if sum(one.values())}
    return found.pop() if len(found) == 1 else None


def _median(counts: Mapping[int, int]) -> int:
    ratings = sorted(rating for rating, count in counts.items() for _one in range(count))
    return ratings[len(ratings) // 2]
