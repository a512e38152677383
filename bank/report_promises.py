"""Promises: what was said back to people, and what was kept, late, moved or left without an answer, month by month.

The figures are those of the ledger (`bank.promises`): worked out from what is on record, and they count no people.
"""

from __future__ import annotations

from collections import Counter

from bank import promises
from bank.promise_figures import Month, of_month
from bank.promises import Standing
from bank.report_scope import Scope
from bank.report_section import Section
from storage.commitments import CommitmentKind
from storage.store import Tx

STANDS = {
    Standing.LATE: "Late",
    Standing.UNANSWERED: "Done, as we see it; nobody who said it has answered",
    Standing.MOVED: "Moved to another day",
    Standing.OPEN: "To be done by its first day",
    Standing.KEPT: "Kept, as those who said it see it",
    Standing.KEPT_LATE: "Kept, but late",
    Standing.CANNOT: "We can't, and said why",
    Standing.STOPPED: "Stopped, and said why",
}


def sections(tx: Tx, scope: Scope) -> list[Section]:
    return [_monthly(tx, scope), _now(tx, scope)]


def _monthly(tx: Tx, scope: Scope) -> Section:
    history = promises.of_bank(tx)
    told = [row for row in history.rows if row.promised_at and scope.begins <= row.promised_at < scope.ends]
    made, cannot = (
        Counter(scope.month_of(row.promised_at) for row in told if row.kind == kind) for kind in CommitmentKind
    )
    rows = []
    for month in scope.period.months():
        if month.later(1).first <= scope.day_of(scope.now):
            figures = of_month(history, Month(month.first), scope.organisation)
            became = tuple(map(str, (figures.kept, figures.late, figures.moved, figures.unanswered)))
        else:
            became = ("",) * 4  # it is not over
        rows.append((month.name, str(made[month.name]), str(cannot[month.name]), *became))
    return Section(
        "promises",
        "You said, we will",
        "Kept is what those who said it call kept, by its first day. A promise may be late, or without an answer, in "
        "several months.",
        ("Month", "Promised", "We can't, because", "Kept", "Late", "Moved", "Without an answer"),
        tuple(rows),
        line=tuple((month, float(made[month])) for month in scope.months),
    )


def _now(tx: Tx, scope: Scope) -> Section:
    """What was promised in this time, as it stands now."""
    lines = promises.of_bank(tx).at(scope.now, scope.organisation)
    stand = Counter(
        one.standing for one in lines if one.row.promised_at and scope.begins <= one.row.promised_at < scope.ends
    )
    return Section(
        "stands",
        "What became of it",
        "What was said back in this time, as it stands now.",
        ("Now", "How many"),
        tuple((STANDS[one], str(stand[one])) for one in Standing if stand[one]),
        bars=tuple((STANDS[one], stand[one]) for one in Standing if stand[one]),
    )
