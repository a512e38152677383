"""Reports: how well it works, the bank over time, and what it costs, as a page and as files; and the committee's."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

from starlette.responses import Response

from bank import committee_report, print_report, reading_sample, report_chart, reports, spreadsheet
from bank.committee_report import Draft
from bank.period import Kept, NoPeriod, Period, between, kept
from bank.reports import TITLES, Part, Report
from console import printing
from console.page import Asked, Missing, page
from console.printing import fonts
from console.who import READERS
from storage.store import Tx

HOME = "/reports"
PERIODS = {
    Kept.MONTH: "Last month",
    Kept.QUARTER: "The last three months",
    Kept.HALF: "The last six months",
    Kept.YEAR: "The last year",
}
ALL = "all"
_FROM_TO = "months"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_KINDS: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "docx": _WORD,
}


async def show(asked: Asked) -> Response:
    part = asked.query("part")
    chosen = Part(part) if part in set(Part) else Part.NUMBERS
    now, organisation = asked.now, asked.room.organisation
    period, given = _period(asked)
    report = await asked.read(lambda tx: reports.look(tx, period, (chosen,), now, organisation))
    sections = report.parts[chosen]
    drawn = await asyncio.to_thread(lambda: [report_chart.drawn(one) for one in sections])
    return asked.page(
        "reports.html",
        "Reports",
        part=chosen,
        parts=TITLES,
        period=period,
        given=given,
        periods=PERIODS,
        chosen=asked.query("period") or Kept.HALF.value,
        sections=list(zip(sections, drawn, strict=True)),
        from_=asked.query("from"),
        to_=asked.query("to"),
        smallest=organisation.smallest_shown,
        may_read_sample=asked.colleague.may(*reading_sample.MAY),
    )


def _period(asked: Asked) -> tuple[Period, str]:
    """The period that is asked for, and how an address asks for it. A mistake is beside its field."""
    today = asked.now.astimezone(asked.room.organisation.zone).date()
    wanted = asked.query("period")
    if wanted == _FROM_TO:
        try:
            period = between(asked.query("from"), asked.query("to"), today)
        except NoPeriod as problem:
            asked.form.mistakes["from"] = str(problem)
        else:
            return period, f"period={_FROM_TO}&from={period.first}&to={period.last}"
    name = Kept(wanted) if wanted in set(Kept) else Kept.HALF
    return kept(name, today), f"period={name}"


async def file(asked: Asked) -> Response:
    """One part, or all of them, as a file. That it is taken out is on record before it is given."""
    part, kind = asked.path("part"), asked.path("kind")
    if kind not in _WRITES or (part != ALL and part not in set(Part)):
        raise Missing
    parts = tuple(Part) if part == ALL else (Part(part),)
    return await _given(asked, parts, kind, part, lambda _tx, report: lambda: _WRITES[kind](report))


async def committee(asked: Asked) -> Response:
    """The committee's report, drafted: a Word file to go on with, or as PDF."""
    kind, organisation = asked.path("kind"), asked.room.organisation
    if kind not in _DRAFTS:
        raise Missing

    def draft(tx: Tx, report: Report) -> Callable[[], bytes]:
        found = committee_report.look(tx, report, organisation)
        return lambda: _DRAFTS[kind](found.draft())

    return await _given(asked, tuple(Part), kind, "committee", draft)


async def _given(
    asked: Asked, parts: tuple[Part, ...], kind: str, name: str, prepare: Callable[[Tx, Report], Callable[[], bytes]]
) -> Response:
    """The file: worked out in one transaction, and written beside the other pages."""
    period, given = _period(asked)
    now, organisation, by = asked.now, asked.room.organisation, asked.colleague.id

    def look(tx: Tx) -> Callable[[], bytes]:
        report = reports.look(tx, period, parts, now, organisation)
        reports.taken_out(tx, report, kind, by)
        return prepare(tx, report)

    write = await asked.write(look)
    back = f"{HOME}?{given}", "Back to the reports"
    return await printing.given(asked, write, f"heard-{name}-{period}.{kind}", back, _KINDS[kind])


_WRITES: Mapping[str, Callable[[Report], bytes]] = {
    "csv": lambda report: spreadsheet.as_csv(report.rows()),
    "xlsx": lambda report: spreadsheet.as_xlsx(report.rows()),
    "pdf": lambda report: print_report.of_report(report, fonts()),
}
_DRAFTS: Mapping[str, Callable[[Draft], bytes]] = {
    "docx": committee_report.as_word,
    "pdf": lambda draft: committee_report.as_pdf(draft, fonts()),
}

PAGES = (
    page(HOME, READERS, get=show),
    page(f"{HOME}/file/{{part}}/{{kind}}", READERS, get=file),
    page(f"{HOME}/committee/{{kind}}", READERS, get=committee),
)
