"""Scores: how often something went as it should, or how long it took, for everybody and for whoever it went worst."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from statistics import median

from bank.served import Served, Trait, Who


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that somebody met with: how it went (1 well, 0 not), or how much it was.

    `who` is nobody where no name is kept: it counts for the whole, and in no group.
    """

    who: Who | None
    value: float


@dataclass(frozen=True, slots=True)
class Group:
    """Some of the people, by what they have in common, and how it went for them."""

    trait: Trait
    name: str
    value: float
    cases: int
    people: frozenset[int]


@dataclass(frozen=True, slots=True)
class Score:
    """How it went in `cases` cases; None: there are none. `worst` is nobody where there are no groups to compare.

    `nameless` cases are somebody's whose name is not kept.
    """

    value: float | None
    cases: int
    people: frozenset[int]
    worst: Group | None = None
    nameless: int = 0

    @property
    def base(self) -> int:
        """Of how many people it tells."""
        return len(self.people) + self.nameless


Measure = Callable[[Sequence[float]], float]


def share(values: Sequence[float]) -> float:
    """How many of them are 1, from 0 to 1."""
    return sum(values) / len(values)


def middle(values: Sequence[float]) -> float:
    """The one that half of them are below."""
    return float(median(values))


def nearly_all(values: Sequence[float]) -> float:
    """The smallest that 95 in 100 of them are no more than."""
    return sorted(values)[math.ceil(len(values) * 95 / 100) - 1]


def score(cases: Collection[Case], measure: Measure, smallest: int, *, more_is_worse: bool) -> Score:
    """How it went. Groups are of `smallest` people or more, and so are all others beside each of them."""
    values = [case.value for case in cases]
    people = frozenset(case.who.id for case in cases if case.who is not None)
    groups = _groups(cases, measure, people, smallest)
    worst = max(groups, key=lambda one: one.value if more_is_worse else -one.value, default=None)
    nameless = sum(case.who is None for case in cases)
    return Score(measure(values) if values else None, len(values), people, worst, nameless)


def _groups(cases: Collection[Case], measure: Measure, people: frozenset[int], smallest: int) -> list[Group]:
    """Those that can be told of. Where all are in one group, it is no group."""
    alike: dict[Served, list[Case]] = {}
    for case in cases:
        if case.who is not None:
            alike.setdefault(case.who.served, []).append(case)
    found: dict[tuple[Trait, str], list[Case]] = {}
    for served, theirs in alike.items():
        for group in served.groups():
            found.setdefault(group, []).extend(theirs)
    groups = []
    for (trait, name), theirs in sorted(found.items()):
        ids = frozenset(case.who.id for case in theirs if case.who is not None)
        if len(ids) >= smallest and len(people - ids) >= smallest:
            groups.append(Group(trait, name, measure([case.value for case in theirs]), len(theirs), ids))
    return groups
