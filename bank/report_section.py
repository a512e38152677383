"""A section of a report: a heading, a sentence on what it tells, and a table, of which a chart may show a part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bank.suppression import Figure, Hidden, Shown, published

KEPT_BACK = "too few to say"


@dataclass(frozen=True, slots=True)
class Section:
    """`name` is of letters, and once in a report. `bars` are a chart of it, by label; or `line`, over the months."""

    name: str
    title: str
    says: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    bars: tuple[tuple[str, int], ...] = ()
    line: tuple[tuple[str, float | None], ...] = ()


def counted(figure: Figure) -> str:
    """A number of people, in words."""
    return str(figure.count) if isinstance(figure, Shown) else KEPT_BACK


def many(number: int, smallest: int) -> Figure:
    """A number of people, or of what they did, that stands by itself."""
    return published(range(number), {}, {}, smallest).everyone.total


def net(more: Figure, fewer: Figure) -> str:
    """The difference of what is shown."""
    if isinstance(more, Hidden) or isinstance(fewer, Hidden):
        return ""
    return f"{more.count - fewer.count:+}"


def bars(rows: Sequence[tuple[str, Figure]]) -> tuple[tuple[str, int], ...]:
    """The rows of a chart: what is kept back has none."""
    return tuple((label, figure.count) for label, figure in rows if isinstance(figure, Shown))


def points(rows: Sequence[tuple[str, Figure]]) -> tuple[tuple[str, float | None], ...]:
    """The points of a chart over the months: what is kept back is a gap."""
    return tuple((label, None if isinstance(figure, Hidden) else float(figure.count)) for label, figure in rows)
