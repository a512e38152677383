"""Could take part: whether people had what they needed at meetings, by their own word, and whether a yes came."""

from __future__ import annotations

from bank.number import Number, Unit
from bank.report_scope import Scope
from bank.score import Case, score, share
from bank.served import Everybody
from storage import took_part
from storage.rsvps import Needed, RsvpState
from storage.store import Tx


def numbers(tx: Tx, everybody: Everybody, scope: Scope) -> list[Number]:
    """Of meetings that took place in that time."""
    needs, came = [], []
    for row in took_part.answers(tx, scope.begins, scope.ends):
        who = everybody.person(row.person_id)
        if who is None:
            continue
        if row.had_needs is not None:
            needs.append(Case(who, float(row.had_needs == Needed.YES)))
        if row.state == RsvpState.COMING and row.came is not None:
            came.append(Case(who, float(row.came)))
    met, there = (score(cases, share, scope.smallest, more_is_worse=False) for cases in (needs, came))
    return [
        Number("Had what they needed, by their own word", Unit.SHARE, "answers", met),
        Number("Said yes, and came", Unit.SHARE, "answers of yes", there),
    ]
