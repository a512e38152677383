"""Reports: their parts, each a page and a file of its own, and all of them in one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bank import (
    audit,
    report_answers,
    report_bank,
    report_cost,
    report_meetings,
    report_numbers,
    report_promises,
    report_rhythm,
)
from bank.audit import Act
from bank.organisation import Organisation
from bank.period import Period
from bank.report_scope import Scope
from bank.report_section import Section
from storage.store import Tx


class Part(StrEnum):
    """What somebody may look at by itself."""

    NUMBERS = "numbers"
    BANK = "bank"
    ANSWERS = "answers"
    MEETINGS = "meetings"
    PROMISES = "promises"
    RHYTHM = "rhythm"
    COST = "cost"


TITLES: Mapping[Part, str] = {
    Part.NUMBERS: "How well it works",
    Part.BANK: "The bank over time",
    Part.ANSWERS: "Replies",
    Part.MEETINGS: "Meetings",
    Part.PROMISES: "Promises",
    Part.RHYTHM: "Rhythm",
    Part.COST: "Cost",
}
_SECTIONS: Mapping[Part, Callable[[Tx, Scope], list[Section]]] = {
    Part.NUMBERS: report_numbers.sections,
    Part.BANK: report_bank.sections,
    Part.ANSWERS: report_answers.sections,
    Part.MEETINGS: report_meetings.sections,
    Part.PROMISES: report_promises.sections,
    Part.RHYTHM: report_rhythm.sections,
    Part.COST: report_cost.sections,
}


@dataclass(frozen=True, slots=True)
class Report:
    """Some or all parts, of one period. `at` is when it was worked out."""

    council: str
    period: Period
    at: datetime
    parts: Mapping[Part, list[Section]]

    @property
    def title(self) -> str:
        only = TITLES[next(iter(self.parts))] if len(self.parts) == 1 else "Report"
        return f"{only}: {self.period.name}"

    def rows(self) -> list[list[str]]:
        """All of it as the rows of one sheet: a section under the other, with an empty row between."""
        found = [[self.council], [self.title]]
        for sections in self.parts.values():
            for one in sections:
                found += [[], [one.title], [one.says], list(one.columns), *map(list, one.rows)]
        return found


def look(tx: Tx, period: Period, parts: tuple[Part, ...], now: datetime, organisation: Organisation) -> Report:
    """These parts of that period, worked out now."""
    scope = Scope(period, now, organisation)
    return Report(
        organisation.council,
        period,
        now.astimezone(organisation.zone),
        {part: _SECTIONS[part](tx, scope) for part in parts},
    )


def taken_out(tx: Tx, report: Report, kind: str, staff_id: int | None) -> None:
    """It is handed out as a file of this kind. To be recorded before it is."""
    parts = [part.value for part in report.parts]
    audit.record(
        tx, report.at, Act.EXPORTED, staff_id, what="report", kind=kind, parts=parts, period=str(report.period)
    )
