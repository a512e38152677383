"""A question of ours as it was asked, for somebody who must not know whom: what stood in its places is only named."""

from __future__ import annotations

from dataclasses import dataclass

from bank import feedback, question_sets
from bank.organisation import Organisation
from flows import engine_words
from flows.grammar import Ask, Choice, Choose
from flows.shipped import SHIPPED
from language.wording import SOURCE_LANGUAGE, Words
from storage.store import Tx

_CHECK = ".check"


@dataclass(frozen=True, slots=True)
class QuestionShown:
    """Its words in English, and its choices by id, where they are always the same. `many`: several may be picked."""

    text: str
    choices: tuple[tuple[str, str], ...] = ()
    many: bool = False


class _LeftOut(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return f"[{name.replace('_', ' ')}]"


def shown(tx: Tx, asked: str | None, organisation: Organisation) -> QuestionShown | None:
    """The question of that name (flow.step); None where none was open, or it is no longer there."""
    name, _dot, step = (asked or "").removesuffix(_CHECK).partition(".")
    if (asked or "").endswith(_CHECK):
        return QuestionShown(_said(engine_words.CHECK, organisation), _labels(_yes_no(), organisation))
    flow = (
        SHIPPED.get(name) or question_sets.find(tx, name, SOURCE_LANGUAGE) or feedback.find(tx, name, SOURCE_LANGUAGE)
    )
    question = flow.steps.get(step) if flow is not None else None
    if isinstance(question, Ask):
        return QuestionShown(_said(question.text, organisation))
    if not isinstance(question, Choose):
        return None
    choices = question.choices if isinstance(question.choices, tuple) else ()
    return QuestionShown(_said(question.text, organisation), _labels(choices, organisation), question.many)


def _yes_no() -> tuple[Choice, ...]:
    return tuple(Choice(one.id, one.label, "") for one in engine_words.YES_NO)


def _labels(choices: tuple[Choice, ...], organisation: Organisation) -> tuple[tuple[str, str], ...]:
    return tuple((one.id, _said(one.label, organisation)) for one in choices if one.label is not None)


def _said(words: Words, organisation: Organisation) -> str:
    bare = Words(words.text, context=words.context)  # whatever number it spoke of is not told
    return organisation.catalogs.render(bare, SOURCE_LANGUAGE, _LeftOut(council=organisation.council))
