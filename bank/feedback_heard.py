"""What is heard while somebody tells us how it was: each answer is kept as it comes, and some of it goes further."""

from __future__ import annotations

from typing import Any

from bank import arrangement_talk, desk, feedback, feedback_sets
from bank.visit import Standing, Visit
from flows import feedback as script
from flows.question_set import Kind, Means, Question
from language.normal import words
from language.rating import rating
from storage import feedback as kept
from storage import question_sets, tasks
from storage.people import PersonState
from storage.schema import Record
from storage.tasks import TaskKind

_TOLD = "They tell us: "
_FEW = 3  # words: "it was brilliant"


def is_given(visit: Visit) -> bool:
    """The conversation that is open is one in which somebody tells us how it was."""
    return visit.standing is not None and script.id_of(visit.standing.position.flow) is not None


def learn(visit: Visit, question: str, value: Any) -> None:
    """Keep what a member answered in the conversation that is open; of others nothing is kept."""
    row = _round(visit)
    if row is None or visit.standing is None or visit.person is None or visit.person.state != PersonState.MEMBER:
        return
    open_token = visit.standing.position.answers.get("feedback")
    given = feedback.begin(
        visit.tx,
        row,
        visit.person.id,
        visit.now,
        open_token=open_token,
        entered_by=visit.entered_by,
        how=visit.how,
    )
    feedback.keep(visit.tx, given, question, value, visit.now)
    asked = feedback.questions_of(visit.tx, row).questions[int(question.removeprefix("q")) - 1]
    if asked.kind is Kind.RATING and _says_more(visit):
        feedback.keep(visit.tx, given, f"{question}_said", visit.text.strip(), visit.now)
    if open_token is None:
        _goes_further(visit, row, asked, value)


def _says_more(visit: Visit) -> bool:
    """There are more words beside the rating than those that rate."""
    return len(words(visit.text)) > _FEW and not rating(visit.text, visit.language).whole


def _round(visit: Visit) -> Record | None:
    answers = visit.standing.position.answers if visit.standing is not None else {}
    return kept.round_called(visit.tx, str(answers.get("round", "")))


def _goes_further(visit: Visit, row: Record, asked: Question, value: Any) -> None:
    """With a name: whether they had what they needed is known of their place there; what has no meeting is read."""
    if asked.means is Means.NEEDS and asked.kind is Kind.YES_NO:
        arrangement_talk.learn_had_needs(visit, value)
    elif asked.kind is Kind.TEXT and value and _is_anytime(visit, row):
        _to_a_person(visit, value)


def _is_anytime(visit: Visit, row: Record) -> bool:
    found = question_sets.get(visit.tx, row.set_id)
    return found is not None and found.standard == feedback_sets.ANYTIME


def _to_a_person(visit: Visit, told: str) -> None:
    """All that they tell us in one go is one item."""
    open_one = tasks.open_at(visit.tx, visit.address.id, TaskKind.READ)
    if open_one is not None and (open_one.words or "").startswith(_TOLD):
        tasks.note(visit.tx, open_one.id, f"{open_one.words}\n{told}")
    else:
        desk.raise_anew(visit, TaskKind.READ, words=f"{_TOLD}{told}")


def ended(visit: Visit, standing: Standing) -> None:
    """All was asked: what they gave is finished."""
    row, open_token = _round(visit), standing.position.answers.get("feedback")
    given = None
    if open_token is not None:
        given = kept.by_open_token(visit.tx, open_token)
    elif row is not None and visit.person is not None:
        given = kept.of_person(visit.tx, row.id, visit.person.id)
    if given is not None:
        feedback.finish(visit.tx, given)
