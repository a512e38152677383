"""What people told us at meetings, for the committee: how many answered, how they found it, and what they spoke of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bank import feedback_shown, themes
from bank.feedback_groups import MONTH
from bank.feedback_shown import Read
from bank.period import Month
from bank.report_blocks import Block, Grid, Paragraph
from bank.report_scope import Scope
from bank.report_section import counted
from bank.suppression import Shown
from storage.store import Tx

_SAYS = (
    "What people said of our meetings, by the month of the meeting. 1 is bad and 5 is very good; half of those who "
    "answered chose this or more."
)


def read(tx: Tx, scope: Scope) -> tuple[Read, ...]:
    """All that was said in the years of this time: figures are of whole years, wherever they are told."""
    years = sorted({month.year for month in scope.period.months()})
    return tuple(feedback_shown.of_year(tx, year, scope.now, scope.organisation) for year in years)


def blocks(reads: Sequence[Read], scope: Scope) -> Iterator[Block]:
    """Nothing, where nobody answered. It takes a while, so no transaction should wait for it."""
    months = {str(month) for month in scope.period.months()}
    parts = [part for one in reads for part in one.parts(MONTH) if part.name in months]
    if parts:
        rows = tuple((_named(one.name), counted(one.answered), str(one.middle or "")) for one in parts)
        yield Paragraph(_SAYS)
        yield Grid("What people said of our meetings", ("Month", "Answered", "How it was"), rows)
    spoken = [
        (themes.called(row), str(figure.count))
        for one in reads
        for row, figure in one.outcome().themes
        if isinstance(figure, Shown) and figure.count
    ]
    if spoken:
        yield Paragraph("What they spoke of, in all of the year.")
        yield Grid("What people spoke of", ("About", "People"), tuple(spoken))


def _named(month: str) -> str:
    found = Month.read(month)
    return found.name if found is not None else month
