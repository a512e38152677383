"""The meeting report: what it was, how many came and answered, what they said, and what we will do. Nobody's name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bank import audit, commitment_words, committee_report, feedback_shown, meeting_facts, meeting_figures, themes
from bank.audit import Act
from bank.colleague import Colleague
from bank.committee_report import Draft
from bank.feedback_shown import Outcome, Question, Read
from bank.meeting_facts import Facts
from bank.meeting_figures import Figures
from bank.organisation import Organisation
from bank.preparation_words import when_and_where
from bank.print_stock import Fonts
from bank.report_blocks import Block, Bullets, Grid, Heading, Paragraph
from bank.suppression import Figure, Hidden
from language.wording import SOURCE_LANGUAGE
from storage import commitment_list
from storage.commitment_list import Wanted
from storage.commitments import PROMISED
from storage.schema import Record
from storage.store import Tx

_UNTITLED = "Our meeting"
_NOT_SHOWN = "Not shown"
# So many answers to a question stand in it, in people's own words.
_MOST_WORDS = 5
_HOW = (
    "Figures are to the nearest 5. None under {smallest} is shown, nor one from which it could be worked out. Words "
    "are shown without names, and only where at least {smallest} people answered."
)


class Format(StrEnum):
    PDF = "pdf"
    WORD = "docx"

    @property
    def media_type(self) -> str:
        word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        return word if self is Format.WORD else "application/pdf"


@dataclass(frozen=True, slots=True)
class MeetingReport:
    """All that the report is worked out of. `facts` are of the meeting, `on_day` is its day: "2026-12-03"."""

    facts: Facts
    on_day: str
    figures: Figures
    read: Read | None
    promised: tuple[str, ...]
    council: str
    at: datetime

    def draft(self) -> Draft:
        """What it says, from the top down. It takes a while, so no transaction should wait for it."""
        found = self.read.outcome() if self.read is not None else None
        lines = [*when_and_where({**self.facts, "link": "", "dial_in": ""}), self.facts["agenda"]]
        blocks = (
            *(Paragraph(line) for line in lines if line),
            *_people(self.figures, found),
            *(_said(found) if found is not None else ()),
            Heading("What we will do"),
            Bullets(self.promised) if self.promised else Paragraph("Nothing is promised yet."),
            *([Heading("How this was counted"), Paragraph(_HOW.format(smallest=found.smallest))] if found else ()),
        )
        return Draft(self.facts["meeting"] or _UNTITLED, self.council, self.at, blocks)


def gather(tx: Tx, colleague: Colleague, meeting: Record, now: datetime, organisation: Organisation) -> MeetingReport:
    """All that stands in it. Who had it made is put on record."""
    audit.record(tx, now, Act.SAW_ANSWERS, colleague.id, about=meeting.token, page="report")
    promised = commitment_list.these(tx, Wanted(states=sorted(PROMISED), meeting_id=meeting.id))
    return MeetingReport(
        meeting_facts.facts(meeting, SOURCE_LANGUAGE, organisation),
        meeting.on_day,
        meeting_figures.of(tx, [meeting])[meeting.id],
        feedback_shown.of_meeting(tx, None, meeting, now, organisation),
        tuple(commitment_words.read(row, SOURCE_LANGUAGE, organisation) for row in promised),
        organisation.council,
        now.astimezone(organisation.zone),
    )


def made(report: MeetingReport, wanted: Format, fonts: Fonts) -> bytes:
    """The file. It takes a good part of a second, so no transaction should wait for it. Raises CannotPrint."""
    if wanted is Format.WORD:
        return committee_report.as_word(report.draft())
    return committee_report.as_pdf(report.draft(), fonts)


def _people(figures: Figures, found: Outcome | None) -> Iterator[Block]:
    rows = [("Said that they would come", str(figures.coming))]
    rows += [("Came", str(figures.came))] if figures.came is not None else []
    if found is not None:
        rows += [("Were asked how it was", str(found.asked)), ("Answered", _shown(found.answered))]
    yield Heading("Who came")
    yield Grid("How many came and answered", ("What", "People"), tuple(rows))


def _said(found: Outcome) -> Iterator[Block]:
    yield Heading("What people said")
    for one in found.questions:
        yield from _question(one, found)
    counted = [(themes.called(row), _shown(count)) for row, count in found.themes]
    if counted:
        yield Heading("What they spoke of")
        yield Grid("How many spoke of each theme", ("Theme", "People"), tuple(counted))


def _question(one: Question, found: Outcome) -> Iterator[Block]:
    told = one.told
    middle = f" In the middle: {told.middle} of 5." if told.middle is not None else ""
    yield Paragraph(f"{told.asked.asks}{middle}")
    rows = tuple((label, _shown(count)) for label, count in told.counts)
    yield Grid(f"Answers to: {told.asked.asks}", ("Answer", "People"), rows)
    if one.said and not isinstance(found.answered, Hidden):
        yield Bullets(
            tuple(
                f"\N{LEFT DOUBLE QUOTATION MARK}{said.words}\N{RIGHT DOUBLE QUOTATION MARK}"
                for said in one.said[:_MOST_WORDS]
            )
        )


def _shown(figure: Figure) -> str:
    return _NOT_SHOWN if isinstance(figure, Hidden) else str(figure.count)
