"""The results of feedback as pages and reports show them: figures, themes and words of one group of responses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bank import audit
from bank.audit import Act
from bank.colleague import Colleague
from bank.feedback_gathered import gathered, year_of
from bank.feedback_groups import EVERYTHING, KIND, MEETING, PROJECT, SET, Group
from bank.feedback_results import Part, Results, Told
from bank.feedback_words import Place, Said, Words, words_of
from bank.organisation import Organisation
from bank.suppression import Figure
from flows.question_set import Kind
from storage import feedback, feedback_list, themes
from storage.feedback import About
from storage.schema import Record
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Question:
    """One question: the figures, and what was said in words as far as it is shown."""

    told: Told
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one group said. `asked` is how many were asked, where that is known.

    `counts_unnamed`: those without a name are in `answered`. `themes` are those that somebody spoke of, and those in
    use, each with how many spoke of it.
    """

    group: Group
    asked: int | None
    answered: Figure
    questions: tuple[Question, ...]
    themes: tuple[tuple[Record, Figure], ...]
    smallest: int
    counts_unnamed: bool

    @property
    def has_words(self) -> bool:
        return any(one.said and one.told.asked.question.kind is Kind.TEXT for one in self.questions)


@dataclass(frozen=True, slots=True)
class Read:
    """All that the outcome of a group is worked out of. `tagged` is by theme: who said something of it."""

    results: Results
    group: Group
    asked: int | None
    words: Words
    themes: tuple[Record, ...]
    tagged: Mapping[int, frozenset[int]]
    smallest: int

    @property
    def places(self) -> frozenset[Place]:
        """All answers in words that are shown."""
        return self.words.places

    def outcome(self) -> Outcome:
        """Worked out now. It takes a while, so no transaction should wait for it."""
        results, group = self.results, self.group
        told = results.questions(group)
        questions = tuple(Question(one, tuple(self.words.said.get(one.asked.key, ()))) for one in told)
        counted = tuple((row, results.tagged(self.tagged.get(row.id, ()), group)) for row in self.themes)
        return Outcome(
            group, self.asked, results.answered(group), questions, counted, self.smallest, results.counts_unnamed(group)
        )

    def parts(self, breakdown: str) -> list[Part]:
        """Each kind of meeting, project or month of the same year."""
        return self.results.parts(breakdown)


def of_meeting(
    tx: Tx, colleague: Colleague | None, meeting: Record, now: datetime, organisation: Organisation
) -> Read | None:
    """What was said of it; None: nobody was asked. The look is recorded. No colleague: what is handed on, unnamed."""
    row = feedback.of_meeting(tx, meeting.id)
    if row is None:
        return None
    _record(tx, colleague, meeting.token, now)
    group = MEETING, str(meeting.id)
    results = _results(tx, About.MEETING, year_of(meeting), now, organisation)
    return _read(tx, colleague, results, group, organisation, feedback_list.asked(tx, row))


def of_project(
    tx: Tx, colleague: Colleague, project: Record, about: About, year: int, now: datetime, organisation: Organisation
) -> Read:
    """What was said of it as it ended, or of its meetings in that year. The look is recorded."""
    _record(tx, colleague, project.token, now)
    results = _results(tx, about, year, now, organisation)
    return _read(tx, colleague, results, (PROJECT, str(project.id)), organisation, None)


def of_kind(tx: Tx, colleague: Colleague, kind: str, year: int, now: datetime, organisation: Organisation) -> Read:
    """What was said of that year's meetings of this kind. The look is recorded."""
    _record(tx, colleague, kind, now)
    return _read(tx, colleague, _results(tx, About.MEETING, year, now, organisation), (KIND, kind), organisation, None)


def of_set(tx: Tx, colleague: Colleague, token: str, year: int, now: datetime, organisation: Organisation) -> Read:
    """What was said about the bank itself in answer to this question set. The look is recorded."""
    _record(tx, colleague, token, now)
    return _read(tx, colleague, _results(tx, About.BANK, year, now, organisation), (SET, token), organisation, None)


def of_year(tx: Tx, year: int, now: datetime, organisation: Organisation) -> Read:
    """Figures of all meetings of that year, and nobody's words."""
    results = _results(tx, About.MEETING, year, now, organisation)
    return Read(results, EVERYTHING, None, Words({}), *_themes(tx, results, EVERYTHING), organisation.smallest_shown)


def _results(tx: Tx, about: About, year: int, now: datetime, organisation: Organisation) -> Results:
    return Results(gathered(tx, about, year, now), organisation.smallest_shown)


def _record(tx: Tx, colleague: Colleague | None, about: str, now: datetime) -> None:
    if colleague is not None:
        audit.record(tx, now, Act.SAW_ANSWERS, colleague.id, about=about, page="feedback")


def _read(
    tx: Tx, colleague: Colleague | None, results: Results, group: Group, organisation: Organisation, asked: int | None
) -> Read:
    smallest = organisation.smallest_shown
    words = words_of(tx, colleague, group, results.responses(group), results.unnamed_in)
    return Read(results, group, asked, words, *_themes(tx, results, group), smallest)


def _themes(tx: Tx, results: Results, group: Group) -> tuple[tuple[Record, ...], Mapping[int, frozenset[int]]]:
    """The themes in use, and those that anybody here spoke of; and who spoke of each."""
    tagged: dict[int, frozenset[int]] = {}
    for row in themes.tags(tx):
        tagged[row.theme_id] = tagged.get(row.theme_id, frozenset()) | {row.feedback_id}
    here = {one.id for one in results.responses(group)}
    rows = (row for row in themes.every(tx) if row.closed_at is None or tagged.get(row.id, frozenset()) & here)
    return tuple(rows), tagged
