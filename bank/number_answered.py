"""Answered by the time we promised: of questions whose time has come."""

from __future__ import annotations

from bank.number import Number, Unit
from bank.report_scope import Scope
from bank.score import Case, score, share
from bank.served import Everybody
from storage import promised_answers
from storage.store import Tx


def numbers(tx: Tx, everybody: Everybody, scope: Scope) -> list[Number]:
    """A "not yet" counts only where it came in time, and its new date is kept. Closed without an answer is not."""
    cases = []
    for row in promised_answers.due(tx, scope.begins, scope.ends):
        who = everybody.who(row.person_id, row.address_id, row.language, row.channel)
        if who is not None:
            in_time = row.had_at is not None and row.had_at <= row.promised_until and not row.missed
            cases.append(Case(who, float(in_time)))
    answered = score(cases, share, scope.smallest, more_is_worse=False)
    return [Number("Questions answered by the time we promised", Unit.SHARE, "questions", answered, of_people=False)]
