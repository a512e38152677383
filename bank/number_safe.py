"""Safe hands: how long words about danger waited for a person, and how many messages we misread."""

from __future__ import annotations

from bank import rota
from bank.number import Number, Unit
from bank.report_scope import Scope
from bank.score import Case, nearly_all, score, share
from bank.served import Everybody
from storage import reading_samples, safe_hands
from storage.store import Tx

_HOURS = {True: "in our hours", False: "out of hours"}


def numbers(tx: Tx, everybody: Everybody, scope: Scope) -> list[Number]:
    """What nobody has in hand yet counts with the time that it waits by now."""
    waited: dict[bool, list[Case]] = {True: [], False: []}
    for row in safe_hands.raised(tx, scope.begins, scope.ends):
        who = everybody.who(row.person_id, row.address_id, row.language, row.channel)
        minutes = ((row.taken_at or scope.now) - row.came_at).total_seconds() / 60
        waited[rota.is_open(row.came_at, scope.organisation)].append(Case(who, max(0.0, minutes)))
    return [
        *(
            Number(
                f"From words about danger to a person who has it in hand, {_HOURS[is_open]} (95 in 100 were as fast)",
                Unit.MINUTES,
                "people",
                score(cases, nearly_all, scope.smallest, more_is_worse=True),
                of_people=False,
            )
            for is_open, cases in waited.items()
        ),
        _misread(tx, everybody, scope),
    ]


def _misread(tx: Tx, everybody: Everybody, scope: Scope) -> Number:
    cases = [
        Case(everybody.who(row.person_id, row.address_id, row.language, row.channel), float(not row.right))
        for row in reading_samples.judged(tx, scope.period.first_day, scope.period.day_after)
    ]
    wrong = score(cases, share, scope.smallest, more_is_worse=True)
    return Number("Messages that we misread, in the weekly sample", Unit.SHARE, "messages", wrong, of_people=False)
