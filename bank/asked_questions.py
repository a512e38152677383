"""Asked questions, as somebody of the team sees them: the lists, and one with all that helps to answer it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bank import answers, audit, question_rota, ready_answers
from bank.answers import Draft
from bank.audit import Act
from bank.colleague import Colleague
from bank.organisation import Organisation
from bank.project_facts import said
from bank.questions import seer
from language.wording import SOURCE_LANGUAGE
from storage import outbox, projects, question_list, staff, stock_answers
from storage.question_list import Part
from storage.questions import TO_DO, QuestionState
from storage.schema import Record
from storage.store import Tx

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of a list; `owners` gives the name of each owner by id, `more` tells whether another page follows."""

    rows: Sequence[Record]
    owners: Mapping[int, str]
    more: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """One question. `to_do` tells whether it waits still, `language` in which they read, and `languages` which the

    similar ones need besides. `draft` says whether they can be texted, `otherwise` whether a call or a letter is a way.
    `start` are the words of the stock answer that was chosen, `project` the title of what it is about.
    """

    row: Record
    to_do: bool
    automatic: bool
    language: str
    languages: Sequence[str]
    draft: Draft
    otherwise: bool
    similar: Sequence[Record]
    stock: Sequence[Record]
    start: str
    answer: Record | None
    owner: Record | None
    able: Sequence[Record]
    project: str


def listed(tx: Tx, colleague: Colleague, part: Part, number: int) -> Listed:
    """A page of one list, of what they may see; the first is number 1."""
    found = question_list.page(tx, part, seer(colleague), ON_A_PAGE + 1, (number - 1) * ON_A_PAGE)
    owners = {one.id: one.name for one in staff.active(tx)}
    return Listed(found[:ON_A_PAGE], owners, len(found) > ON_A_PAGE)


def counts(tx: Tx, colleague: Colleague) -> dict[Part, int]:
    return question_list.counts(tx, seer(colleague))


def find(tx: Tx, colleague: Colleague, name: str) -> Record | None:
    """The question that the token names, where they may see it."""
    return question_list.find(tx, name, seer(colleague))


def note_seen(tx: Tx, colleague: Colleague, question: Record, now: datetime) -> None:
    """That they looked goes into the audit."""
    audit.record(tx, now, Act.SAW_THREAD, colleague.id, person_id=question.person_id, about=question.token)


def _project(tx: Tx, question: Record) -> str:
    about = projects.get(tx, question.project_id) if question.project_id is not None else None
    return said(about, "title", SOURCE_LANGUAGE) if about is not None else ""


def look(
    tx: Tx, colleague: Colleague, question: Record, start: str, now: datetime, organisation: Organisation
) -> Looked:
    """All that its page shows. `start` is the token of a stock answer to begin from."""
    to_do = question.state in TO_DO
    similar = answers.similar(tx, colleague, question) if to_do else []
    language = answers.language_of(question)
    draft = answers.drafts(tx, colleague, [question], {language: "-"}, now, organisation)[0]
    chosen = stock_answers.by_token(tx, start) if start else None
    return Looked(
        row=question,
        to_do=to_do,
        automatic=question.state == QuestionState.AUTOMATIC,
        language=language,
        languages=sorted({answers.language_of(one) for one in similar} - {language}),
        draft=draft,
        otherwise=answers.may_be_told_otherwise(draft, now),
        similar=similar,
        stock=ready_answers.offered(tx, question.words or "", language) if to_do else [],
        start=(chosen.words or {}).get(language, "") if chosen is not None and chosen.closed_at is None else "",
        answer=outbox.get(tx, question.answer_id) if question.answer_id is not None else None,
        owner=staff.get(tx, question.owner_id) if question.owner_id is not None else None,
        able=question_rota.able(tx, question.address_id, question.person_id),
        project=_project(tx, question),
    )
