"""What people answered to a question set, for a project: figures of all, and words of those who may be seen."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bank import audit
from bank.audit import Act
from bank.colleague import Colleague
from bank.question_sets import asked_by
from flows.felt import FELT
from flows.question_set import Kind, Question, said_in
from language.wording import SOURCE_LANGUAGE
from storage import question_sets
from storage.schema import Record
from storage.store import Tx

AT_ONCE, A_FEW = 50, 5
_MOST_VALUES, _BANDS = 12, 8
_NONE = "None of these"
# How good it was, as pages show it.
RATINGS = {"5": "5 (best)", "4": "4", "3": "3", "2": "2", "1": "1 (worst)"}


@dataclass(frozen=True, slots=True)
class Said:
    """What one person answered, in words."""

    token: str
    name: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """All that was answered to one question.

    `now` says that the newest version asks it. `counts` is what was answered and how often; empty for free words,
    of which `words` is a page, newest first, and `unseen` how many more there are that this colleague is not shown.
    """

    number: int
    question: Question
    now: bool
    answered: int
    counts: tuple[tuple[str, int], ...] = ()
    words: tuple[Said, ...] = ()
    shown: int = 0
    unseen: int = 0

    @property
    def asks(self) -> str:
        return said_in(self.question.words, SOURCE_LANGUAGE)


@dataclass(slots=True)
class _Asked:
    """One question, wherever it stands in the versions of its set, and the newest answer of each person."""

    question: Question
    now: bool
    answers: dict[int, Record] = field(default_factory=dict)


def look(
    tx: Tx, colleague: Colleague, row: Record, project: Record | None, now: datetime, number: int = 0, page: int = 1
) -> list[Told]:
    """What was answered to every question of the set, or to the one with that number, a page of words at a time.

    The look is recorded.
    """
    audit.record(
        tx,
        now,
        Act.SAW_ANSWERS,
        colleague.id,
        about=row.token,
        project=project.token if project is not None else None,
    )
    told = [_told(place, one, colleague) for place, one in enumerate(_gathered(tx, row.token, project), 1)]
    if number:
        return [_with_words(tx, one, page, AT_ONCE) for one in told if one[0].number == number]
    return [_with_words(tx, one, 1, A_FEW) for one in told]


def answers_of(tx: Tx, colleague: Colleague, row: Record, project: Record | None) -> Iterator[tuple[str, Said]]:
    """Each answer with the question that it answers, question by question, of people whom this colleague may see.

    To be recorded by whoever asks for it.
    """
    for one in _gathered(tx, row.token, project):
        seen = [answer for answer in one.answers.values() if _is_seen(answer, colleague)]
        whose = question_sets.who(tx, {answer.person_id for answer in seen})
        for answer in seen:
            yield said_in(one.question.words, SOURCE_LANGUAGE), _said(one.question, answer, whose)


def in_words(question: Question, value: Any) -> str:
    """An answer as it is read: the choices by their names in English."""
    if question.kind is Kind.YES_NO:
        return "Yes" if value == "yes" else "No"
    if question.kind is Kind.RUNG:
        return FELT[value].text
    if question.kind is Kind.RATING:
        return RATINGS[str(value)]
    if question.kind in {Kind.ONE, Kind.SEVERAL}:
        picked = [value] if isinstance(value, str) else list(value)
        return ", ".join(_label(question, id_) for id_ in picked) or _NONE
    return str(value) or "Nothing"


def _label(question: Question, id_: str) -> str:
    return said_in(question.choices[int(id_.removeprefix("c")) - 1], SOURCE_LANGUAGE)


def _gathered(tx: Tx, token: str, project: Record | None) -> list[_Asked]:
    """The questions of the newest version, then those that only older ones asked, with their answers.

    A question that was left as it was is one question in all versions.
    """
    versions = question_sets.versions(tx, token)
    found: dict[str, _Asked] = {}
    place: dict[tuple[int, str], _Asked] = {}
    for version in versions:
        for number, question in enumerate(asked_by(version).questions, 1):
            one = found.setdefault(_likeness(question), _Asked(question, now=version is versions[0]))
            place[version.id, f"q{number}"] = one
    for answer in question_sets.answers(tx, [version.id for version in versions], project.id if project else None):
        asked = place.get((answer.set_id, answer.question))
        if asked is not None:
            asked.answers[answer.person_id] = answer  # the newest comes last
    return [one for one in found.values() if one.now or one.answers]


def _likeness(question: Question) -> str:
    return json.dumps(replace(question, may_skip=False).as_json(), sort_keys=True)


def _told(number: int, asked: _Asked, colleague: Colleague) -> tuple[Told, list[Record]]:
    """The figures, and the answers in words that may be shown, newest first."""
    question, answers = asked.question, list(asked.answers.values())
    told = Told(number, question, asked.now, len(answers))
    if question.kind is not Kind.TEXT:
        return replace(told, counts=tuple(_counts(question, [answer.value for answer in answers]))), []
    seen = [answer for answer in answers if _is_seen(answer, colleague)]
    newest = sorted(seen, key=lambda answer: (answer.at, answer.id), reverse=True)
    return replace(told, shown=len(seen), unseen=len(answers) - len(seen)), newest


def _with_words(tx: Tx, told: tuple[Told, list[Record]], page: int, at_once: int) -> Told:
    figures, answers = told
    here = answers[(page - 1) * at_once : page * at_once]
    whose = question_sets.who(tx, {answer.person_id for answer in here})
    return replace(figures, words=tuple(_said(figures.question, answer, whose) for answer in here))


def _is_seen(answer: Record, colleague: Colleague) -> bool:
    return not answer.covered and answer.person_id not in colleague.oneself.person_ids


def _said(question: Question, answer: Record, whose: dict[int, Record]) -> Said:
    person = whose[answer.person_id]
    return Said(person.token, person.name or "", in_words(question, answer.value), answer.at)


def _counts(question: Question, values: Sequence[Any]) -> Iterator[tuple[str, int]]:
    if question.kind is Kind.NUMBER:
        yield from _numbers([float(value) for value in values])
        return
    picked = Counter(one for value in values for one in ([value] if isinstance(value, str) else value or [""]))
    for id_ in _ids(question):
        yield in_words(question, id_), picked[id_]
    if picked[""]:
        yield _NONE, picked[""]


def _ids(question: Question) -> Sequence[str]:
    """What may be answered, in the order in which it is shown."""
    fixed = {Kind.YES_NO: ("yes", "no"), Kind.RUNG: tuple(FELT), Kind.RATING: tuple(RATINGS)}
    return fixed.get(question.kind) or [f"c{place}" for place, _ in enumerate(question.choices, 1)]


def _numbers(values: Sequence[float]) -> Iterator[tuple[str, int]]:
    """Each number and how often it was told; where there are many, so many from one to another."""
    counted = sorted(Counter(values).items())
    if len(counted) <= _MOST_VALUES:
        yield from ((_figure(value), many) for value, many in counted)
        return
    size = -(-len(counted) // _BANDS)
    for start in range(0, len(counted), size):
        band = counted[start : start + size]
        yield f"{_figure(band[0][0])} to {_figure(band[-1][0])}", sum(many for _value, many in band)


def _figure(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
