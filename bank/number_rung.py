"""The rung that people felt, against the rung that we promised.

The figures are those of the evaluations (`bank.feedback_results`), and nothing is told that they keep back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bank.feedback_gathered import gathered
from bank.feedback_groups import PROJECT
from bank.feedback_results import Results, Told
from bank.number import NOTHING, TOO_FEW
from bank.project_facts import said
from bank.report_scope import Scope
from bank.suppression import Figure, Hidden, Shown
from flows.felt import FELT
from flows.question_set import Kind
from language.wording import SOURCE_LANGUAGE
from storage import rungs_felt
from storage.feedback import About
from storage.projects import Rung
from storage.schema import Record
from storage.store import Tx

_LADDER = list(Rung)
_STEP = 5


@dataclass(frozen=True, slots=True)
class Felt:
    """One evaluation: the rung that the project promised, and how many felt each, as far as it may be told."""

    title: str
    promised: Rung
    answered: Figure
    counts: Mapping[Rung, Figure]

    @property
    def at_least(self) -> int:
        """How many are known to have felt the promised rung, or a higher one."""
        return self._known(_LADDER[_LADDER.index(self.promised) :])

    @property
    def less(self) -> int:
        """How many are known to have felt a lower one."""
        return self._known(_LADDER[: _LADDER.index(self.promised)])

    def _known(self, rungs: Sequence[Rung]) -> int:
        return sum(self.counts[rung].count or 0 for rung in rungs)

    @property
    def middle(self) -> Rung | None:
        """The one that half of them felt at least; None where it depends on what is kept back."""
        if isinstance(self.answered, Hidden):
            return None
        known = [rung for rung in _LADDER for _one in range(self.counts[rung].count or 0)]
        hidden = [rung for rung in _LADDER if isinstance(self.counts[rung], Hidden)]
        left = max(0, self.answered.count - len(known)) if hidden else 0
        found = {_half([*known, *[rung] * left]) for rung in (*hidden[:1], *hidden[-1:], *(() if hidden else (None,)))}
        return found.pop() if len(found) == 1 else None


def _half(rungs: Sequence[Rung | None]) -> Rung | None:
    ladder = sorted(_LADDER.index(rung) for rung in rungs if rung is not None)
    return _LADDER[ladder[(len(ladder) - 1) // 2]] if ladder else None


def felt(tx: Tx, scope: Scope) -> list[Felt]:
    """Of the evaluations that were over in that time, those that anybody answered."""
    rows = rungs_felt.evaluated(tx, scope.begins, scope.ends)
    results = {
        year: Results(gathered(tx, About.PROJECT, year, scope.now), scope.smallest)
        for year in sorted({row.opened_at.year for row in rows})
    }
    found = (_felt(row, results[row.opened_at.year]) for row in rows)
    return [one for one in found if one is not None]


def _felt(row: Record, results: Results) -> Felt | None:
    group = PROJECT, str(row.id)
    told = next((one for one in results.questions(group) if one.asked.question.kind is Kind.RUNG), None)
    if told is None:
        return None
    return Felt(said(row, "title", SOURCE_LANGUAGE), Rung(row.rung), results.answered(group), _counts(told))


def _counts(told: Told) -> dict[Rung, Figure]:
    by_label = dict(told.counts)
    return {rung: by_label.get(FELT[rung].text, Hidden()) for rung in _LADDER}


def told(evaluations: Sequence[Felt]) -> tuple[str, str]:
    """How many felt at least the rung that was promised, and of how many; between what and what, where some is kept
    back.
    """
    if not evaluations:
        return NOTHING, ""
    counted = [one for one in evaluations if isinstance(one.answered, Shown)]
    answers = sum(one.answered.count or 0 for one in counted)
    known = sum(one.at_least + one.less for one in counted)
    if not answers or known * 2 < answers:
        return TOO_FEW, ""
    lowest, highest = (
        max(0, min(100, round(100 * part / answers / _STEP) * _STEP))
        for part in (sum(one.at_least for one in counted), answers - sum(one.less for one in counted))
    )
    share = f"{lowest}%" if lowest >= highest else f"{lowest}% to {highest}%"
    return share, f"about {answers} answers"
