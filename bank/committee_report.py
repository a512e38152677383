"""The committee's report, drafted from the very figures of the other reports: the coordinator goes on with it in Word.

Plain words: what we did, what people told us, what we promised and what became of it, whom we do not reach yet, and
what it cost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bank import commitment_words, committee_heard, print_report, promises
from bank.feedback_shown import Read
from bank.organisation import Organisation
from bank.print_stock import Fonts
from bank.promises import Line
from bank.report_blocks import Block, Bullets, Grid, Heading, Paragraph, grid
from bank.report_promises import STANDS
from bank.report_scope import Scope
from bank.report_section import Section
from bank.reports import Part, Report
from bank.unreached import unreached
from language.dates import day
from language.wording import SOURCE_LANGUAGE
from storage.commitments import CommitmentKind
from storage.store import Tx

_LANGUAGE = "en-GB"
_OF = 2
_TO_WRITE = "To be written by you: {what}"


@dataclass(frozen=True, slots=True)
class Draft:
    """The report, before somebody has gone on with it."""

    title: str
    council: str
    at: datetime
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """All that it is drafted of. `promised` is what was said back in this time, `heard` what people said then."""

    report: Report
    scope: Scope
    promised: tuple[Line, ...]
    heard: tuple[Read, ...]

    def draft(self) -> Draft:
        """It takes a while, so no transaction should wait for it."""
        report, organisation = self.report, self.scope.organisation
        blocks = (
            *_in_short(report),
            *_did(report),
            *_told_us(report, committee_heard.blocks(self.heard, self.scope)),
            *_promised(report, self.promised),
            *_not_reached(unreached(report, organisation)),
            *_cost(report),
            *_how(organisation.smallest_shown),
        )
        return Draft(f"Working together: {report.period.name}", report.council, report.at, blocks)


def look(tx: Tx, report: Report, organisation: Organisation) -> Material:
    """All that is drafted of this report, which has all parts."""
    scope = Scope(report.period, report.at, organisation)
    lines = promises.of_bank(tx).at(scope.now, organisation)
    promised = (one for one in lines if one.row.promised_at and scope.begins <= one.row.promised_at < scope.ends)
    return Material(report, scope, tuple(promised), committee_heard.read(tx, scope))


def _in_short(report: Report) -> Iterator[Block]:
    yield Paragraph(f"{report.council}. A report to the committee on our involvement bank: {report.period.name}.")
    yield Heading("In short")
    yield Bullets(
        tuple(_sentence(row) for one in report.parts[Part.NUMBERS] if one.name != "rungs" for row in one.rows)
    )


def _sentence(row: tuple[str, ...]) -> str:
    of = f", of {row[_OF]}" if row[_OF] else ""
    return f"{row[0]}: {row[1]}{of}."


def _did(report: Report) -> Iterator[Block]:
    yield Heading("What we did")
    yield Paragraph(_TO_WRITE.format(what="what mattered most in this time, in three sentences."))
    months, *_others = report.parts[Part.BANK]
    for section in (months, *report.parts[Part.MEETINGS], *report.parts[Part.RHYTHM]):
        yield from _told(section)


def _told_us(report: Report, heard: Iterable[Block]) -> Iterator[Block]:
    yield Heading("What people told us")
    yield Paragraph(_TO_WRITE.format(what="what people said, in their own words where they agreed to that."))
    yield from heard
    for section in (*report.parts[Part.ANSWERS], *(one for one in report.parts[Part.NUMBERS] if one.name == "rungs")):
        yield from _told(section)


def _promised(report: Report, told: Sequence[Line]) -> Iterator[Block]:
    yield Heading("What we promised, and what became of it")
    for section in report.parts[Part.PROMISES]:
        yield from _told(section)
    if told:
        head = ("You said", "We will, or why we can't", "First day", "Now")
        yield Grid("Each promise of this time, as it stands now", head, tuple(map(_promise, told)))


def _promise(line: Line) -> tuple[str, ...]:
    words = commitment_words.facts(line.row, SOURCE_LANGUAGE)
    then = words["why"] if line.row.kind == CommitmentKind.CANNOT else words["will"]
    first = f"{day(line.first, SOURCE_LANGUAGE)} {line.first.year}" if line.first is not None else ""
    return words["heard"], then, first, STANDS[line.standing]


def _not_reached(found: list[str]) -> Iterator[Block]:
    yield Heading("Whom we do not reach yet")
    yield Bullets(tuple(found)) if found else Paragraph("The figures show no group that is served worse.")
    yield Paragraph(_TO_WRITE.format(what="whom else you miss, and what you will do about it."))


def _cost(report: Report) -> Iterator[Block]:
    yield Heading("What it cost")
    for section in report.parts[Part.COST]:
        yield from _told(section)


def _told(section: Section) -> Iterator[Block]:
    if section.rows:
        yield Paragraph(f"{section.title}. {section.says}")
        yield grid(section)


def _how(smallest: int) -> Iterator[Block]:
    yield Heading("How this was counted")
    yield Paragraph(
        "Every figure is worked out from what is on record, and nobody can write one over. Numbers of people are told "
        f"to the nearest five, and not at all where they are fewer than {smallest}: nobody may be found by them."
    )


def as_word(draft: Draft) -> bytes:
    """The Word file, to go on with."""
    from bank.written_report import Written  # noqa: PLC0415  its library is loaded when a report is written

    written = Written(draft.title, _LANGUAGE, draft.council, draft.at)
    for block in draft.blocks:
        if isinstance(block, Heading):
            written.heading(block.text)
        elif isinstance(block, Paragraph):
            written.paragraph(block.text)
        elif isinstance(block, Bullets):
            written.bullets(block.lines)
        else:
            written.table(block.says, block.head, block.rows)
    return written.file()


def as_pdf(draft: Draft, fonts: Fonts) -> bytes:
    """The same on paper. Raises CannotPrint."""
    return print_report.made(draft.title, draft.blocks, draft.council, draft.at, fonts)
