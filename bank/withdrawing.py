"""Withdrawing: in the middle of a project's own questions somebody says that they cannot take part after all."""

from __future__ import annotations

from bank import desk, open_question, replies, talk
from bank.visit import Standing, Visit
from flows.interest import INTEREST
from flows.position import Position
from flows.question_set import id_of
from language import understand
from language.beside import changes_mind
from language.own import own
from language.reading import Meaning, Question
from language.stance import stance
from storage import conversations
from storage.tasks import TaskKind

_PICKED = frozenset({"choice", "choices"})
# Such an answer is often all that there is to say to a question of a project's own.
_ORDINARY = frozenset({"no", "none", "nope", "nah", "nie"})


def take(visit: Visit) -> bool:
    """Take a sure no that answers none of a project's questions as a no to the project. False for anything else.

    Where it may be either it stays an answer, and a person reads it.
    """
    standing = visit.standing
    if standing is None or id_of(standing.position.flow) is None or not standing.position.answers.get("project"):
        return False
    taking_part = understand.answer(open_question.shown(visit, INTEREST, "ask"), visit.text, visit.language)
    if taking_part.value != "no" or not taking_part.sure:
        return False
    changed = taking_part.meaning is Meaning.CANCEL or changes_mind(visit.text, visit.language)
    if changed and not _answers(visit, open_question.of(visit)):
        _end_at_no(visit, standing)
        return True
    if changed or not _is_ordinary(visit):
        desk.ask_a_person(visit, TaskKind.READ, words=visit.text)
    return False


def _answers(visit: Visit, asked: Question) -> bool:
    """It names a choice that is offered: free words are whatever they say."""
    return asked.read in _PICKED and understand.answer(asked, visit.text, visit.language).value is not None


def _is_ordinary(visit: Visit) -> bool:
    said = stance(own(visit.text), visit.language)
    return said.label == "no" and said.because.split()[0] in _ORDINARY


def _end_at_no(visit: Visit, standing: Standing) -> None:
    """The questions end, and the message answers whether they would like to take part."""
    conversations.end(visit.tx, standing.id, "withdrew")
    visit.standing = None
    about = {"project": standing.position.answers["project"]}
    replies.take(visit, talk.stand_at(visit, INTEREST, Position(INTEREST.name, INTEREST.version, "ask", about)))
