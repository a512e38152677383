"""What everybody sees who looks at what was promised: numbers, and each promise in words, in one language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bank import promise_figures, promises, promises_told
from bank.promise_figures import Figures
from bank.promises import History, Line
from bank.promises_told import HEADINGS, Told
from bank.saying import Saying
from flows import promises_page as words
from language.dates import month as spoken_month
from language.wording import base
from storage.schema import Record
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Counted:
    """Some of them in numbers. `title` says which: all, a month or a project."""

    title: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Shown:
    """`parts` are those that stand alike, each under its heading. Nothing where nothing was promised."""

    all_so_far: Counted
    months: Sequence[Counted]
    projects: Sequence[Counted]
    parts: Sequence[tuple[str, Sequence[Told]]]

    @property
    def changed(self) -> Sequence[Told]:
        """All of them, the one of which there is the newest news first."""
        return sorted((one for _heading, told in self.parts for one in told), key=_changed_at, reverse=True)


def of_bank(tx: Tx, say: Saying, now: datetime) -> Shown:
    """All of it, for those who scrutinise it."""
    history = promises.of_bank(tx)
    lines = history.at(now, say.organisation)
    projects = [Counted(_project(one, say), figures) for one, figures in promise_figures.by_project(lines)]
    return _shown(history, lines, projects, say, now)


def of_project(tx: Tx, project: Record, say: Saying, now: datetime) -> Shown:
    """One project, for everybody."""
    history = promises.of_project(tx, project)
    return _shown(history, history.at(now, say.organisation), (), say, now)


def _shown(history: History, lines: Sequence[Line], projects: Sequence[Counted], say: Saying, now: datetime) -> Shown:
    months = promise_figures.by_month(history, now, say.organisation)
    return Shown(
        Counted(say(words.ALL_SO_FAR), promise_figures.of_all(lines)),
        [Counted(spoken_month(month.first, base(say.language)), figures) for month, figures in months],
        projects,
        [
            (say(HEADINGS[standing]), [promises_told.told(one, say) for one in found])
            for standing, found in promises.by_standing(lines)
        ],
    )


def _project(line: Line, say: Saying) -> str:
    return promises_told.project_title(line, say.language) or say(words.NO_PROJECT)


def _changed_at(told: Told) -> datetime:
    return told.changed_at
