"""The rung that people felt, against the rung that we promised."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bank.number import Number, Unit
from bank.report_scope import Scope
from bank.score import Case, score, share
from bank.served import Everybody
from flows.question_set import Means, QuestionSet
from storage import rungs_felt
from storage.projects import Rung
from storage.schema import Record
from storage.store import Tx

_LADDER = list(Rung)


@dataclass(frozen=True, slots=True)
class Felt:
    """One evaluation of a project: its rung as it was promised, and as each who answered felt it."""

    title: str
    promised: Rung
    felt: tuple[tuple[int | None, Rung], ...]

    @property
    def middle(self) -> Rung:
        """The one that half of them felt at least."""
        ranks = sorted(_LADDER.index(rung) for _person, rung in self.felt)
        return _LADDER[ranks[(len(ranks) - 1) // 2]]


def felt(tx: Tx, scope: Scope) -> list[Felt]:
    """Of the evaluations that were over in that time, those that anybody answered."""
    found = []
    for row in rungs_felt.rounds(tx, scope.begins, scope.ends):
        said = tuple(
            (answer.person_id, Rung(answer.value))
            for question in _asks(row)
            for answer in rungs_felt.answered(tx, row.id, question)
            if answer.value in _LADDER
        )
        if said:
            found.append(Felt(row.words.get("title", {}).get("en", ""), Rung(row.rung), said))
    return found


def _asks(row: Record) -> Iterator[str]:
    """Which of its questions asks for the rung."""
    for place, question in enumerate(QuestionSet.from_json(row.questions).questions, 1):
        if question.means is Means.RUNG:
            yield f"q{place}"
            return


def numbers(evaluations: list[Felt], everybody: Everybody, scope: Scope) -> list[Number]:
    """How many felt at least the rung that was promised."""
    cases = [
        Case(
            everybody.person(person_id) if person_id is not None else None,
            float(_LADDER.index(rung) >= _LADDER.index(one.promised)),
        )
        for one in evaluations
        for person_id, rung in one.felt
    ]
    return [
        Number(
            "Felt at least the rung that we promised",
            Unit.SHARE,
            "answers",
            score(cases, share, scope.smallest, more_is_worse=False),
        )
    ]
