"""Promises kept by their first date, as those who said it see it; and how soon "You said, we will" came."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bank import promises
from bank.number import Number, Unit
from bank.promises import Line, Standing
from bank.report_scope import Scope
from bank.score import Case, Score, middle, score, share
from bank.served import Everybody
from storage import meetings, who_promised_to
from storage.commitments import CommitmentKind
from storage.store import Tx


def numbers(tx: Tx, everybody: Everybody, scope: Scope) -> list[Number]:
    """Of promises whose first date is in this time and has passed; and of meetings from which something came back."""
    lines = promises.of_bank(tx).at(scope.now, scope.organisation)
    kept = {one.row.id: float(one.standing is Standing.KEPT) for one in lines if _was_due(one, scope)}
    days = _days(tx, lines, scope)
    said_by = who_promised_to.by_commitment(tx, [*kept, *days])
    told = (
        ("Promises kept by their first date, as those who said it see it", Unit.SHARE, kept, share),
        ("From the meeting to “You said, we will”, in the middle", Unit.DAYS, days, middle),
    )
    return [
        Number(name, unit, "promises", _score(went, said_by, everybody, measure, scope.smallest), of_people=False)
        for name, unit, went, measure in told
    ]


def _was_due(line: Line, scope: Scope) -> bool:
    today = scope.day_of(scope.now).isoformat()
    first = line.first.isoformat() if line.first is not None else ""
    promised = line.row.kind == CommitmentKind.WILL
    return promised and scope.period.first_day <= first < min(scope.period.day_after, today)


def _days(tx: Tx, lines: Sequence[Line], scope: Scope) -> dict[int, float]:
    """From the day of the meeting to the day on which it was promised, or said that we cannot."""
    told = [one.row for one in lines if one.row.promised_at and scope.begins <= one.row.promised_at < scope.ends]
    met = meetings.these(tx, {row.meeting_id for row in told if row.meeting_id is not None})
    return {
        row.id: float((scope.day_of(row.promised_at) - scope.day_of(met[row.meeting_id].ends_at)).days)
        for row in told
        if row.meeting_id in met
    }


def _score(
    went: Mapping[int, float],
    said_by: Mapping[int, list[int]],
    everybody: Everybody,
    measure: Callable[[Sequence[float]], float],
    smallest: int,
) -> Score:
    """Each promise counts once on the whole, and once for each who said it in their groups."""
    whole = list(went.values())
    cases = [Case(everybody.person(one), value) for id_, value in went.items() for one in said_by.get(id_, ())]
    named = [case for case in cases if case.who is not None]
    groups = score(named, measure, smallest, more_is_worse=measure is middle)
    return Score(measure(whole) if whole else None, len(whole), groups.people, groups.worst)
