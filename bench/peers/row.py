"""One line of the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Row:
    """`figures` are in the unit that `work` names; `cpu` is seconds of processor time a thousand, stores included."""

    work: str
    what: str
    figures: tuple[float, ...]
    cpu: float
    note: str = ""

    def __str__(self) -> str:
        figures = " / ".join(f"{figure:,.0f}" for figure in self.figures)
        return f"| {self.work} | {self.what} | {figures}{self.note} | {self.cpu:.2f} |"


def middle(rows: Sequence[Row]) -> Row:
    """The medians of the same line, measured several times."""
    figures = tuple(median(row.figures[place] for row in rows) for place in range(len(rows[0].figures)))
    first = rows[0]
    return Row(first.work, first.what, figures, median(row.cpu for row in rows), first.note)
