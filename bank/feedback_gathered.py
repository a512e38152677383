"""What was answered, gathered: each round with its questions, and each response with what it says to them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bank import wall_time
from bank.question_sets import asked_by
from flows.question_set import Question, said_in
from language.wording import SOURCE_LANGUAGE
from storage import feedback, feedback_list, question_sets
from storage.feedback import About
from storage.schema import Record
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, wherever it stands in a set. What is asked alike, or means the same, has the same `key`."""

    key: str
    question: Question

    @property
    def asks(self) -> str:
        return said_in(self.question.words, SOURCE_LANGUAGE)


@dataclass(frozen=True, slots=True)
class Round:
    """What was asked together. `questions` are by their place in the set ("q1"); `month` is "2026-12", `set` the
    token that all versions of the set share.

    `counts_since` is when it was over, and what was said without a name counted; None as long as it goes on.
    """

    id: int
    token: str
    about: About
    meeting: int | None
    project: int | None
    kind: str
    month: str
    set: str
    counts_since: datetime | None
    questions: Mapping[str, Asked]

    @property
    def by_key(self) -> dict[str, Asked]:
        return {one.key: one for one in self.questions.values()}


@dataclass(slots=True)
class Response:
    """What one who answered said, by the key of the question; `places` is where each of them stood in the set."""

    id: int
    round: Round
    person: int | None
    at: datetime | None
    said: dict[str, Any] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gathered:
    """All of it, by number. A response without an answer to any question is none."""

    rounds: Mapping[int, Round]
    responses: Mapping[int, Response]

    def questions(self, ids: Collection[int]) -> list[Asked]:
        """What was asked of these, as the newest set has it, in its order; then what only older ones asked."""
        rounds = {one.round.id: one.round for one in (self.responses[id_] for id_ in ids)}
        found: dict[str, Asked] = {}
        for one in sorted(rounds.values(), key=lambda one: -one.id):
            for asked in one.questions.values():
                found.setdefault(asked.key, asked)
        return list(found.values())


def years(tx: Tx, about: About, project: int | None = None) -> list[int]:
    """The years in which anybody was asked about meetings, projects or the bank, or that project; the newest first."""
    rows = [row for row in feedback_list.rounds(tx, about) if project is None or _project(row) == project]
    return sorted({_begins(row).year for row in rows}, reverse=True)


def year_of(meeting: Record) -> int:
    """The year that it stands in."""
    return wall_time.here(meeting).year


def gathered(tx: Tx, about: About, year: int, now: datetime) -> Gathered:
    """All that was asked and answered about the meetings of a year, or asked in it about projects or the bank."""
    rows = [row for row in feedback_list.rounds(tx, about) if _begins(row).year == year]
    sets = {id_: _questions(tx, id_) for id_ in {row.set_id for row in rows}}
    rounds = {row.id: _round(row, sets[row.set_id], now) for row in rows}
    given = [row for row in feedback_list.responses(tx, about) if row.round_id in rounds]
    found = {row.id: Response(row.id, rounds[row.round_id], row.person_id, row.at) for row in given}
    for answer in feedback.answers_in(tx, list(rounds)):
        response = found.get(answer.feedback_id)
        asked = response.round.questions.get(answer.question) if response is not None else None
        if response is not None and asked is not None and _says_something(answer.value):
            response.said[asked.key] = answer.value
            response.places[asked.key] = answer.question
    return Gathered(rounds, {id_: one for id_, one in found.items() if one.said})


def key_of(question: Question) -> str:
    """By what it means, where that is known; else by how it is asked in English."""
    if question.means:
        return f"{question.means}-{question.kind}"
    asked = [said_in(words, SOURCE_LANGUAGE) for words in (question.words, *question.choices)]
    return hashlib.sha256(json.dumps([question.kind, *asked]).encode()).hexdigest()[:16]


def _questions(tx: Tx, set_id: int) -> dict[str, Asked]:
    row = question_sets.get(tx, set_id)
    questions = asked_by(row).questions if row is not None else ()
    return {f"q{place}": Asked(key_of(one), one) for place, one in enumerate(questions, 1)}


def _round(row: Record, questions: Mapping[str, Asked], now: datetime) -> Round:
    return Round(
        row.id,
        row.token,
        About(row.about),
        row.meeting_id,
        _project(row),
        row.kind or "",
        f"{_begins(row):%Y-%m}",
        row.set_token,
        _counts_since(row, now),
        questions,
    )


def _counts_since(row: Record, now: datetime) -> datetime | None:
    if row.closes_at is None or row.closes_at > now:
        return None
    closed: datetime = row.closes_at
    return max(closed, row.mixed_at) if row.mixed_at is not None else closed


def _project(row: Record) -> int | None:
    found: int | None = row.in_project if row.meeting_id is not None else row.project_id
    return found


def _begins(row: Record) -> datetime:
    """When the meeting was, on its own wall; of anything else when it was first asked about."""
    return wall_time.here(row) if row.starts_at is not None else row.opened_at


def _says_something(value: Any) -> bool:
    return value is not None and value != ""
