"""Question sets: coordinators build them, members answer them in a conversation. A version never changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bank import audit
from bank.audit import Act
from bank.colleague import Colleague
from bank.organisation import Organisation
from bank.tokens import token as new_token
from bank.visit import Visit
from flows import question_set_check
from flows.finding import Finding
from flows.grammar import Flow
from flows.question_set import Question, QuestionSet, Wording, build, id_of, name_of
from language.normal import safe
from storage import projects, question_sets
from storage.people import PersonState
from storage.schema import Record
from storage.store import Tx


class NotFit(Exception):
    """Nobody can be asked this yet. `findings` say what must be mended, and what else is worth knowing."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(len(findings))
        self.findings = tuple(findings)


class Newer(Exception):
    """Somebody saved another version since this one was opened."""


def check(asked: QuestionSet, organisation: Organisation) -> list[Finding]:
    """What must be mended ("error") and what is worth knowing ("note"), as flows.question_set_check has it."""
    return question_set_check.check(asked, organisation.catalogs)


def missing(asked: QuestionSet, organisation: Organisation) -> list[Finding]:
    """What must be there before it can be walked at all."""
    found = question_set_check.shape(asked, organisation.catalogs.spoken)
    return [one for one in found if one.severity == "error"]


def save(
    tx: Tx,
    colleague: Colleague,
    token: str | None,
    name: str,
    questions: Sequence[Question],
    now: datetime,
    organisation: Organisation,
    *,
    intro: Wording | None = None,
    thanks: Wording | None = None,
    after: int | None = None,
) -> Record:
    """Keep it as the next version of the set with that token, or as a new set's first. Projects that ask it ask this.

    A set of ours stays as it is: what is written from it is a new one. `after` is the version that it was written from.
    Raises NotFit, and Newer.
    """
    asked = _kept(questions, intro or {}, thanks or {})
    findings = check(asked, organisation)
    if any(one.severity == "error" for one in findings):
        raise NotFit(findings)
    before = question_sets.newest(tx, token) if token is not None else None
    before = before if before is None or before.standard is None else None
    if before is not None and after is not None and before.version != after:
        raise Newer
    row = question_sets.add(
        tx,
        token=before.token if before is not None else new_token(),
        version=before.version + 1 if before is not None else 1,
        name=safe(name).strip(),
        questions=asked.as_json(),
        made_by=colleague.id,
        made_at=now,
    )
    question_sets.put_in_projects(tx, row.token, row.id)
    told = {key: [getattr(before, key, None), getattr(row, key)] for key in ("version", "name", "questions")}
    _record(tx, colleague, row, now, **told)
    return row


def close(tx: Tx, colleague: Colleague, row: Record, now: datetime) -> None:
    """Nobody is asked it any more, in no project, but for those who are in the middle of it."""
    question_sets.close(tx, row.token, now)
    question_sets.put_in_projects(tx, row.token, None)
    _record(tx, colleague, row, now, in_use=[True, False])


def open_set(tx: Tx, token: str) -> Record | None:
    """The newest version of the set with that token, unless it is closed."""
    row = question_sets.newest(tx, token)
    return row if row is not None and row.closed_at is None else None


def asked_by(row: Record) -> QuestionSet:
    """What this version asks."""
    return QuestionSet.from_json(row.questions)


def flow_of(row: Record, language: str) -> Flow:
    """The flow of this version, as somebody reads it in that language."""
    return build(name_of(row.id), row.version, asked_by(row), language)


def find(tx: Tx, flow_name: str, language: str) -> Flow | None:
    """The flow of that name, closed or not, if it is a question set's. One look by its id."""
    set_id = id_of(flow_name)
    row = question_sets.get(tx, set_id) if set_id is not None else None
    return flow_of(row, language) if row is not None else None


def learn(visit: Visit, question: str, value: Any) -> None:
    """Keep what a member answered in the conversation that is open; of others nothing is kept."""
    standing = visit.standing
    set_id = id_of(standing.position.flow) if standing is not None else None
    if standing is None or set_id is None or visit.person is None or visit.person.state != PersonState.MEMBER:
        return
    project = projects.by_token(visit.tx, str(standing.position.answers.get("project", "")))
    question_sets.answer(
        visit.tx,
        set_id=set_id,
        project_id=project.id if project is not None else None,
        person_id=visit.person.id,
        question=question,
        value=value,
        message_id=visit.message_id,
        entered_by=visit.entered_by,
        at=visit.now,
    )


def _kept(questions: Sequence[Question], intro: Wording, thanks: Wording) -> QuestionSet:
    tidy = tuple(replace(one, words=_tidy(one.words), choices=tuple(map(_tidy, one.choices))) for one in questions)
    return QuestionSet(tidy, intro=_tidy(intro), thanks=_tidy(thanks))


def _tidy(wording: Mapping[str, str]) -> dict[str, str]:
    return {language: text for language, written in wording.items() if (text := safe(written).strip())}


def _record(tx: Tx, colleague: Colleague, row: Record, now: datetime, **details: Any) -> None:
    audit.record(tx, now, Act.QUESTION_SET_CHANGED, colleague.id, about=row.token, **details)
