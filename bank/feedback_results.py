"""What people said, in figures: of one meeting, one project, one kind of meeting, and over the months.

The figures of all groups of a year are worked out together (`bank.suppression`), whichever of them a page shows: so
nothing more is learnt from several pages than from one. Those with a name and those without are worked out apart
(`feedback_sides`). What is told beside a figure is worked out of what is shown. That takes a while, so no transaction
should wait for it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bank.feedback_cells import OTHER, SAID, Line, lines_of
from bank.feedback_gathered import Asked, Gathered, Response, Round
from bank.feedback_groups import EVERYTHING, Group, groups_of, without_a_name
from bank.feedback_sides import Side, Whose, together, whose
from bank.suppression import Figure, Hidden
from flows.question_set import Kind, Means


@dataclass(frozen=True, slots=True)
class Told:
    """How often each answer was given to one question; of words and numbers, how many gave any.

    `middle` is the median of a rating, where how often each was given is shown. `whose` answers are counted.
    """

    asked: Asked
    counts: tuple[tuple[str, Figure], ...]
    middle: int | None = None
    whose: Whose = Whose.ALL


@dataclass(frozen=True, slots=True)
class Part:
    """A row of an overview: a kind, a project or a month, how many answered, and how they found it (1 to 5)."""

    name: str
    answered: Figure
    middle: int | None


class Results:
    """The figures of all that was gathered, worked out as they are asked for."""

    def __init__(self, found: Gathered, smallest: int) -> None:
        self.found = found
        self._groups = {id_: frozenset(groups_of(one)) for id_, one in found.rounds.items()}
        self.unnamed_in = without_a_name(found, smallest)
        named = {one.id: self._groups[one.round.id] for one in found.responses.values() if one.person is not None}
        unnamed = {
            one.id: self.unnamed_in[one.round.id]
            for one in found.responses.values()
            if one.person is None and one.round.id in self.unnamed_in
        }
        self._named, self._unnamed = Side(named, smallest), Side(unnamed, smallest)

    def responses(self, group: Group) -> list[Response]:
        """All of them, counted or not."""
        return [one for one in self.found.responses.values() if self._holds(group, one.round)]

    def answered(self, group: Group) -> Figure:
        """How many answered at all, as far as they are counted."""
        return together(*self._totals(group))

    def counts_unnamed(self, group: Group) -> bool:
        """Whether how many answered without a name is shown, too."""
        return not isinstance(self._unnamed.total(group), Hidden)

    def questions(self, group: Group) -> list[Told]:
        """What was answered to each question that was asked of this group."""
        ids = [one.id for one in self.responses(group)]
        return [self.told(asked, group) for asked in self.found.questions(ids)]

    def told(self, asked: Asked, group: Group) -> Told:
        labels: dict[str, str] = {}
        named: dict[str, Figure] = {}
        unnamed: dict[str, Figure] = {}
        for number, line in enumerate(lines_of(asked.question)):
            said = self._said(asked.key, line)
            sides = (self._named.cells(said, group), self._unnamed.cells(said, group))
            for cell, label in line.labels.items():
                labels[key := f"{number}{cell}"] = label
                named[key], unnamed[key] = (one.get(cell, Hidden()) for one in sides)
        totals = self._totals(group)
        of = whose(named, unnamed, totals)
        figures = {key: _of(of, named[key], unnamed[key]) for key in labels}
        counts = tuple((labels[key], figure) for key, figure in figures.items())
        return Told(asked, counts, _middle(asked, counts, _of(of, *totals)), of)

    def parts(self, breakdown: str) -> list[Part]:
        """Every group of this breakdown, by its name."""
        how = self._meaning(Means.HOW, Kind.RATING)
        rounds = {one.round.id for one in self.found.responses.values()}
        groups = sorted({group for id_ in rounds for group in self._groups[id_] if group[0] == breakdown})
        middles = {one: self.told(how, one).middle for one in groups} if how is not None else {}
        return [Part(one[1], self.answered(one), middles.get(one)) for one in groups]

    def tagged(self, ids: Collection[int], group: Group) -> Figure:
        """How many of the group are among these responses, such as those that say something of a theme."""
        said = {SAID: set(ids), OTHER: self.found.responses.keys() - ids}
        return together(*(one.cells(said, group).get(SAID, Hidden()) for one in (self._named, self._unnamed)))

    def _totals(self, group: Group) -> tuple[Figure, Figure]:
        """Of those with a name, and of those without."""
        return self._named.total(group), self._unnamed.total(group)

    def _holds(self, group: Group, one: Round) -> bool:
        return group == EVERYTHING or group in self._groups[one.id]

    def _meaning(self, means: Means, kind: Kind) -> Asked | None:
        """The question that means this, in the newest set that asks it."""
        every = self.found.questions(self.found.responses)
        return next((one for one in every if one.question.means is means and one.question.kind is kind), None)

    def _said(self, key: str, line: Line) -> dict[str, set[int]]:
        """Who is in which cell. Who was not asked, or left it out, is in none."""
        cells: dict[str, set[int]] = {cell: set() for cell in line.cells}
        for one in self.found.responses.values():
            if key in one.said and (cell := line.of(one.said[key])) in cells:
                cells[cell].add(one.id)
        return cells


def _of(of: Whose, named: Figure, unnamed: Figure) -> Figure:
    return {Whose.NAMED: named, Whose.UNNAMED: unnamed, Whose.ALL: together(named, unnamed)}[of]


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
    """Of two in the middle the lower one: nothing is told better than it was."""
    ratings = sorted(rating for rating, count in counts.items() for _one in range(count))
    return ratings[(len(ratings) - 1) // 2]
