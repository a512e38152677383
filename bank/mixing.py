"""Mixing: answers without a name lose what would tell whose they are, and count once enough of them have come together.

Whoever looks into the database can tell who told us something, when, and how far they came. So every night what waits
is dealt out anew: each answer goes to a response of a new random number, apart from what the same person said to other
questions. It counts, in figures and words, when the round is over; where a round has no end, when as many as the
smallest number wait. Who sees results before and after sees nobody's answer come.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from random import Random, SystemRandom
from typing import Any

from bank import feedback
from bank.organisation import Organisation
from bank.tokens import number
from flows import feedback as script
from storage import feedback as kept
from storage import feedback_unnamed
from storage.schema import Record
from storage.store import Tx

# What one person said, by question.
Said = Mapping[str, Any]
_BESIDE = "_said"  # words beside a rating: they are no answer by themselves


def due(tx: Tx, now: datetime, organisation: Organisation, limit: int) -> Sequence[int]:
    """Ids of rounds in which something waits that was not mixed since midnight."""
    today = datetime.combine(now.astimezone(organisation.zone).date(), time(), organisation.zone)
    return feedback_unnamed.to_mix(tx, today, limit)


def mix(tx: Tx, now: datetime, organisation: Organisation, round_id: int) -> int:
    """Deal out what waits in this round, and have it count where it is time."""
    row = kept.get_round(tx, round_id)
    being_given = _let_go(tx, row)
    waiting = feedback_unnamed.waiting(tx, round_id)
    counts = _counts(tx, row, len(waiting), being_given, now, organisation.smallest_shown)
    dealt = dealt_out(waiting, SystemRandom())
    feedback_unnamed.write_anew(tx, round_id, {number(): said for said in dealt}, counts=counts, now=now)
    return 1


def _counts(tx: Tx, row: Record, waiting: int, being_given: int, now: datetime, smallest: int) -> bool:
    """What is there when the round is over counts together; of what comes when others count, as many as are enough."""
    if row.closes_at is None:
        return waiting >= smallest
    if feedback.is_open(row, now) or being_given:
        return False
    return waiting >= smallest or not feedback_unnamed.any_counts(tx, row.id)


def _let_go(tx: Tx, row: Record) -> int:
    """What no conversation goes on with is not found by a token any more. Returns how many are being given."""
    tokens = feedback_unnamed.open_tokens(tx, row.id)
    left = tokens - feedback_unnamed.held(tx, script.name_of(row.set_id)) if tokens else set()
    for one in left:
        feedback.leave(tx, one)
    return len(tokens) - len(left)


def dealt_out(said: Sequence[Said], chance: Random) -> list[dict[str, Any]]:
    """As many responses, with the same answers to each question, each of them anybody's. Who said nothing is none."""
    given = [one for one in said if any(_is_answer(*answer) for answer in one.items())]
    dealt: list[dict[str, Any]] = [{} for _ in given]
    for question in sorted({name for one in given for name in one}):
        values = [one[question] for one in given if _says_something(one.get(question))]
        for place, value in zip(chance.sample(range(len(dealt)), len(values)), values, strict=True):
            dealt[place][question] = value
    _give_to_the_empty(dealt, chance)
    return dealt


def _give_to_the_empty(dealt: list[dict[str, Any]], chance: Random) -> None:
    """Nobody is left without an answer, or fewer would have answered than did."""
    for empty in (one for one in dealt if not _answers(one)):
        rich = chance.choice([one for one in dealt if len(_answers(one)) > 1])
        question = chance.choice(_answers(rich))
        empty[question] = rich.pop(question)


def _answers(said: Said) -> list[str]:
    return [question for question, value in said.items() if _is_answer(question, value)]


def _is_answer(question: str, value: Any) -> bool:
    return _says_something(value) and not question.endswith(_BESIDE)


def _says_something(value: Any) -> bool:
    return value is not None and value != ""
