"""What somebody who does not text said of a meeting, by phone, on paper or face to face, typed in by a colleague."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bank import audit, feedback, feedback_calls
from bank.audit import Act
from bank.colleague import Colleague
from bank.organisation import Organisation
from bank.set_answers import RATINGS
from flows.felt import FELT
from flows.question_set import Kind, Means, Question, said_in
from language import understand
from language.normal import safe
from language.reading import Question as Reads
from language.wording import SOURCE_LANGUAGE
from storage import feedback as kept
from storage import feedback_due, rsvps
from storage.rsvps import Needed
from storage.schema import Record
from storage.store import Tx

_LONGEST = 2000


class NothingSaid(Exception):
    """No question was answered."""


class NotOne(Exception):
    """What was typed in answers none of it. `mistakes` say what would, by the name of the field."""

    def __init__(self, mistakes: Mapping[str, str]) -> None:
        super().__init__(len(mistakes))
        self.mistakes = dict(mistakes)


@dataclass(frozen=True, slots=True)
class ToAsk:
    """One question as it is read out: `name` is its field, `choices` are id and label, none where it takes words."""

    name: str
    words: str
    many: bool
    choices: Sequence[tuple[str, str]]
    said: Any = None


def of_meeting(tx: Tx, meeting: Record, person_id: int, now: datetime, organisation: Organisation) -> Record | None:
    """The round of it, where it is over, they may have come, we still ask, and they have not told us all of it."""
    rsvp = rsvps.of(tx, meeting.id, person_id)
    if rsvp is None or rsvp.came is False or now < meeting.ends_at:
        return None
    asked = feedback.round_for_meeting(tx, meeting, now, organisation)
    return asked if feedback.is_open(asked, now) and _is_untold(tx, asked, person_id) else None


def of_project(tx: Tx, project: Record, person_id: int, now: datetime) -> Record | None:
    """The open round about it as a whole, where they took part and have not told us all of it."""
    asked = next((row for row in kept.of_project(tx, project.id) if feedback.is_open(row, now)), None)
    if asked is None or not feedback_due.took_part(tx, project.id, person_id):
        return None
    return asked if _is_untold(tx, asked, person_id) else None


def _is_untold(tx: Tx, asked: Record, person_id: int) -> bool:
    given = kept.of_person(tx, asked.id, person_id)
    return given is None or not given.finished


def look(
    tx: Tx, colleague: Colleague, asked: Record, person: Record, now: datetime, organisation: Organisation
) -> list[ToAsk]:
    """The questions of this round in their language, with what they have said already. The look is recorded."""
    audit.record(tx, now, Act.SAW_ANSWERS, colleague.id, person_id=person.id, about=asked.token, page="entry")
    given = kept.of_person(tx, asked.id, person.id)
    said = kept.answers_of(tx, given.id) if given is not None else {}
    language = person.language or SOURCE_LANGUAGE
    questions = feedback.questions_of(tx, asked).questions
    return [
        _to_ask(f"q{number}", one, language, said.get(f"q{number}"), organisation)
        for number, one in enumerate(questions, 1)
    ]


def _to_ask(name: str, question: Question, language: str, said: Any, organisation: Organisation) -> ToAsk:
    words, render = said_in(question.words, language), organisation.catalogs.render
    labels = {
        Kind.YES_NO: [("yes", "Yes"), ("no", "No")],
        Kind.RATING: list(RATINGS.items()),
        Kind.RUNG: [(rung, render(label, language, {})) for rung, label in FELT.items()],
    }
    written = [(f"c{place}", said_in(one, language)) for place, one in enumerate(question.choices, 1)]
    return ToAsk(name, words, question.kind is Kind.SEVERAL, labels.get(question.kind, written), said)


def enter(
    tx: Tx,
    colleague: Colleague,
    asked: Record,
    person: Record,
    said: Mapping[str, str | Sequence[str]],
    how: str,
    now: datetime,
) -> None:
    """Keep what they said, by field, as far as they said it. Raises NothingSaid, NotOne.

    Without a name where it is asked so: then neither they nor the colleague stand beside it.
    """
    questions = feedback.questions_of(tx, asked).questions
    answers = _read(questions, said, person.language or SOURCE_LANGUAGE)
    if not answers:
        raise NothingSaid
    named = None if asked.anonymous else person.id
    given = feedback.begin(tx, asked, named, now, entered_by=colleague.id, how=how)
    for name, value in answers.items():
        feedback.keep(tx, given, name, value, now)
    feedback.finish(tx, given)
    if named is not None:
        _had_needs(tx, asked, person, questions, answers)
    feedback_calls.close(tx, asked, person.id, colleague.id, now)
    audit.record(tx, now, Act.ANSWER_ENTERED, colleague.id, person_id=named, about=asked.token, how=how)


def _read(questions: Sequence[Question], said: Mapping[str, str | Sequence[str]], language: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    mistakes: dict[str, str] = {}
    for number, question in enumerate(questions, 1):
        name = f"q{number}"
        if not said.get(name):
            continue
        value = _value(question, said[name], language)
        if value is None:
            mistakes[name] = "Enter a number" if question.kind is Kind.NUMBER else "Choose one of these answers"
        else:
            found[name] = value
    if mistakes:
        raise NotOne(mistakes)
    return found


def _value(question: Question, given: str | Sequence[str], language: str) -> Any:
    if question.kind is Kind.SEVERAL:
        known = [f"c{place}" for place, _one in enumerate(question.choices, 1)]
        return [one for one in given if one in known] or None
    words = safe(given if isinstance(given, str) else " ".join(given)).strip()[:_LONGEST]
    if question.kind is Kind.TEXT:
        return words or None
    if question.kind is Kind.NUMBER:
        return understand.answer(Reads("number"), words, language).value
    fixed = {Kind.YES_NO: {"yes", "no"}, Kind.RATING: {*RATINGS}, Kind.RUNG: {*FELT}}
    known_ids = fixed.get(question.kind) or {f"c{place}" for place, _one in enumerate(question.choices, 1)}
    return words if words in known_ids else None


def _had_needs(
    tx: Tx, asked: Record, person: Record, questions: Sequence[Question], answers: Mapping[str, Any]
) -> None:
    """Whether they had what they needed at a meeting is known of their place in it."""
    rsvp = rsvps.of(tx, asked.meeting_id, person.id) if asked.meeting_id is not None else None
    for number, question in enumerate(questions, 1):
        value = answers.get(f"q{number}")
        if rsvp is not None and value and question.means is Means.NEEDS and question.kind is Kind.YES_NO:
            rsvps.change(tx, rsvp.id, {"had_needs": Needed(value)})
