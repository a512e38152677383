"""The groups of which figures are shown, and in which of them an answer without a name counts.

It counts with its meeting where enough answered there without one. Else it counts in one place only, among others of
its project or of its kind of meeting, once enough have come together, and nobody can tell the meeting: in two places
the difference would tell it. They come together in whole rounds that are over. So who looks today and again tomorrow
sees none that are new, or enough at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from bank.feedback_gathered import Gathered, Round
from storage.feedback import About

# Everything, and the ways in which it is split: a group is a breakdown and what it is called there.
Group = tuple[str, str]
EVERYTHING: Group = ("", "")
KIND, MONTH, PROJECT, MEETING, SET = "kind", "month", "project", "meeting", "set"


def groups_of(one: Round) -> Iterator[Group]:
    """All groups that hold this round, and of which figures are shown."""
    if one.about is About.MEETING:
        yield from ((MEETING, str(one.meeting)), (KIND, one.kind), (MONTH, one.month))
    if one.about is About.BANK:
        yield SET, one.set
    if one.project is not None:
        yield PROJECT, str(one.project)


def without_a_name(found: Gathered, smallest: int) -> Mapping[int, frozenset[Group]]:
    """Of each round of which answers without a name are shown: the groups in which they are, besides everything."""
    many = Counter(one.round.id for one in found.responses.values() if one.person is None)
    shown = {id_: frozenset(groups_of(found.rounds[id_])) for id_, count in many.items() if count >= smallest}
    pooled: dict[Group, list[Round]] = {}
    over = (one for one in found.rounds.values() if one.counts_since is not None and 0 < many[one.id] < smallest)
    for one in sorted(over, key=lambda one: (str(one.counts_since), one.id)):
        pooled.setdefault(_pool(one), []).append(one)
    for pool, rounds in pooled.items():
        shown |= {id_: frozenset({pool}) for id_ in _released(rounds, many, smallest)}
    return shown


def _pool(one: Round) -> Group:
    if one.project is not None:
        return PROJECT, str(one.project)
    return (KIND, one.kind) if one.about is About.MEETING else (SET, one.set)


def _released(rounds: Iterable[Round], many: Mapping[int, int], smallest: int) -> Iterator[int]:
    """Whole batches of rounds, in the order in which they came to count. The last waits until it is large enough."""
    batch: list[int] = []
    for one in rounds:
        batch.append(one.id)
        if sum(many[id_] for id_ in batch) >= smallest:
            yield from batch
            batch = []
