"""Figures of what was promised: how much of it was kept, is late, was moved, has no answer. They count no people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bank.organisation import Organisation
from bank.promises import History, Line, Standing
from storage.commitments import CommitmentState

_MONTHS = 12
_Is = Callable[[Line], bool]


@dataclass(frozen=True, slots=True)
class Figures:
    """`kept` by its first day; `late`: done after it, or not done though its day was over; `moved` at least once;
    `unanswered`: done, so we say, and nobody confirmed it, or somebody wrote back and nobody has read that.

    What was moved may be in another of them too.
    """

    kept: int = 0
    late: int = 0
    moved: int = 0
    unanswered: int = 0


@dataclass(frozen=True, slots=True)
class Month:
    """`first` is its first day."""

    first: date

    @property
    def next(self) -> Month:
        return Month((self.first.replace(day=1) + timedelta(days=32)).replace(day=1))

    @property
    def before(self) -> Month:
        return Month((self.first - timedelta(days=1)).replace(day=1))

    @classmethod
    def of(cls, now: datetime, organisation: Organisation) -> Month:
        """The one in which this moment is here."""
        return cls(now.astimezone(organisation.zone).date().replace(day=1))

    @classmethod
    def named(cls, name: str) -> Month:
        """By "2026-11". Raises ValueError."""
        return cls(date.fromisoformat(f"{name}-01"))

    def __str__(self) -> str:
        return f"{self.first:%Y-%m}"

    def has(self, at: datetime | None, organisation: Organisation) -> bool:
        return at is not None and self.begins(organisation) <= at < self.next.begins(organisation)

    def begins(self, organisation: Organisation) -> datetime:
        return datetime.combine(self.first, time(), organisation.zone)

    def ends(self, organisation: Organisation) -> datetime:
        """Its last moment."""
        return self.next.begins(organisation) - timedelta(microseconds=1)


def of_all(lines: Iterable[Line]) -> Figures:
    """However long ago it was."""
    return _counted(lines, lambda _line: True, lambda line: bool(line.moves), lambda line: bool(line.overran))


def of_month(history: History, month: Month, organisation: Organisation) -> Figures:
    """What came about in that month, and what was late or without an answer when it ended.

    They never change afterwards, whatever happens later.
    """
    lines = history.at(month.ends(organisation), organisation)

    def in_it(line: Line) -> bool:
        return month.has(line.since, organisation)

    def moved(line: Line) -> bool:
        return any(month.has(one.at, organisation) for one in line.moves)

    def overran(line: Line) -> bool:
        return any(month.has(at, organisation) for at in line.overran)

    return _counted(lines, in_it, moved, overran)


def _counted(lines: Iterable[Line], came_about: _Is, moved: _Is, overran: _Is) -> Figures:
    kept = late = moves = unanswered = 0
    for one in lines:
        kept += one.standing is Standing.KEPT and came_about(one)
        kept_late = one.standing is Standing.KEPT_LATE and came_about(one)
        late += one.standing is Standing.LATE or kept_late or overran(one)
        moves += moved(one)
        unanswered += one.unread or _waits(one, came_about)
    return Figures(kept, late, moves, unanswered)


def _waits(line: Line, came_about: Callable[[Line], bool]) -> bool:
    """Those who said it have not answered; once we gave up waiting it counts in that month only."""
    given_up = line.state is CommitmentState.NOT_CONFIRMED
    return line.standing is Standing.UNANSWERED and (not given_up or came_about(line))


def by_month(history: History, now: datetime, organisation: Organisation) -> list[tuple[Month, Figures]]:
    """Of each month that is over since the first promise, the newest first; of the last twelve at most."""
    promised = [row.promised_at for row in history.rows if row.promised_at is not None]
    if not promised:
        return []
    first, month = Month.of(min(promised), organisation), Month.of(now, organisation).before
    found: list[tuple[Month, Figures]] = []
    while month.first >= first.first and len(found) < _MONTHS:
        found.append((month, of_month(history, month, organisation)))
        month = month.before
    return found


def by_project(lines: Sequence[Line]) -> list[tuple[Line, Figures]]:
    """Of each project, the one of the newest promise first; a line of it says which. What is of none comes last."""
    projects: dict[int | None, list[Line]] = {}
    for one in lines:
        projects.setdefault(one.project_id, []).append(one)
    ordered = sorted(projects.items(), key=lambda pair: pair[0] is None)
    return [(found[0], of_all(found)) for _project, found in ordered]
