"""Question sets: what coordinators ask, built without code, as the same flow that ours are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from flows import engine_words
from flows.felt import FELT
from flows.grammar import Ask, Choice, Choose, Flow, More, Say, Step
from flows.grammar import Question as Asking
from language.partly import is_partly
from language.stance import stance
from language.wording import SOURCE_LANGUAGE, Words, _, base, own

MOST_QUESTIONS, MOST_CHOICES = 20, 9
SAVES = frozenset(f"q{number}" for number in range(1, MOST_QUESTIONS + 1))
INTRO, THANKS = "intro", "thanks"
THANK_YOU = _("Thank you for your answers. The people who asked will read them.")
_PREFIX = "set_"
_HOW_FAR = frozenset({"yes", "partly", "no"})
_ID = re.compile(r"[0-9]{1,18}\Z")

# Language to text.
Wording = Mapping[str, str]


class Kind(StrEnum):
    """How a question is answered."""

    TEXT = "text"
    NUMBER = "number"
    ONE = "one"
    SEVERAL = "several"
    YES_NO = "yes_no"
    RATING = "rating"  # 1, bad, to 5, very good: a number, words or a face
    RUNG = "rung"  # how much say they had, as it felt to them: the seven of flows.felt


class Means(StrEnum):
    """What a question is about, so that figures can be told over all sets that ask it."""

    HOW = "how"  # how it was
    HEARD = "heard"  # whether they felt heard
    GOOD = "good"  # one thing that was good
    CHANGE = "change"  # one thing to change
    NEEDS = "needs"  # whether they had what they needed
    RUNG = "rung"  # how much say it felt like
    ELSE = ""


CHOOSES = frozenset({Kind.ONE, Kind.SEVERAL})
_READS = {Kind.TEXT: "opinion", Kind.NUMBER: "number", Kind.RATING: "rating"}


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `choices` are offered in this order, each in the languages that it is written in."""

    kind: Kind
    words: Wording
    choices: tuple[Wording, ...] = ()
    may_skip: bool = False
    means: Means = Means.ELSE

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value,
            "words": dict(self.words),
            "choices": [dict(choice) for choice in self.choices],
            "may_skip": self.may_skip,
            "means": self.means.value,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Question:
        means = Means(kept.get("means", ""))
        return cls(Kind(kept["kind"]), kept["words"], tuple(kept["choices"]), kept["may_skip"], means)


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """What is asked, in this order. `intro` stands before the first question; `thanks` stands in for our own."""

    questions: tuple[Question, ...]
    intro: Wording = field(default_factory=dict)
    thanks: Wording = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "intro": dict(self.intro),
            "questions": [question.as_json() for question in self.questions],
            "thanks": dict(self.thanks),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> QuestionSet:
        return cls(tuple(map(Question.from_json, kept["questions"])), kept["intro"], kept["thanks"])

    @property
    def wordings(self) -> tuple[Wording, ...]:
        """Every text that has been written for it."""
        asked = (one for question in self.questions for one in (question.words, *question.choices))
        return tuple(one for one in (self.intro, *asked, self.thanks) if one)


def name_of(set_id: int) -> str:
    """What the flow of this version is called."""
    return f"{_PREFIX}{set_id}"


def id_of(flow: str) -> int | None:
    """The version whose flow has this name; None where it is no question set's."""
    number = flow.removeprefix(_PREFIX)
    return int(number) if flow.startswith(_PREFIX) and _ID.match(number) else None


def said_in(wording: Wording, language: str) -> str:
    """The text in that language; else in the language that this one is an easier twin of; else in English."""
    return wording.get(language) or wording.get(base(language)) or wording.get(SOURCE_LANGUAGE, "")


def build(name: str, version: int, asked: QuestionSet, language: str) -> Flow:
    """The flow as somebody reads it in this language. Its steps are "intro" (if any), "q1" to the last, "thanks"."""
    steps = steps_of(asked, language)
    thanks: Words = own(said_in(asked.thanks, language)) if asked.thanks else THANK_YOU
    steps[THANKS] = Say(thanks, outcome="told")
    return Flow(name, start=next(iter(steps)), steps=steps, version=version)


def steps_of(asked: QuestionSet, language: str) -> dict[str, Step]:
    """The steps "intro" (if any) and "q1" to the last, which goes on to "thanks"."""
    steps: dict[str, Step] = {}
    if asked.intro:
        steps[INTRO] = More(own(said_in(asked.intro, language)), then="q1")
    for number, question in enumerate(asked.questions, 1):
        onward = f"q{number + 1}" if number < len(asked.questions) else THANKS
        steps[f"q{number}"] = _step(question, f"q{number}", onward, language)
    return steps


def _step(question: Question, save: str, onward: str, language: str) -> Asking:
    words = own(said_in(question.words, language))
    skip = onward if question.may_skip else None
    if question.kind in _READS:
        return Ask(words, save, _READS[question.kind], then=onward, skip=skip)
    many = question.kind is Kind.SEVERAL
    return Choose(words, save, _choices(question, onward, language), then=onward, many=many, skip=skip)


def _choices(question: Question, onward: str, language: str) -> tuple[Choice, ...]:
    if question.kind is Kind.YES_NO:
        return tuple(Choice(offer.id, offer.label, onward, hears=offer.hears) for offer in engine_words.YES_NO)
    if question.kind is Kind.RUNG:
        return tuple(Choice(rung, label, onward) for rung, label in FELT.items())
    written = [said_in(choice, language) for choice in question.choices]
    hears = _hears(written, language)
    return tuple(
        Choice(f"c{number}", own(label), onward, hears=hears.get(label)) for number, label in enumerate(written, 1)
    )


def _hears(labels: Sequence[str], language: str) -> dict[str, str]:
    """Which recogniser picks each of these, where they are a yes, a no, and what is between."""
    found = {label: "partly" if is_partly(label, language) else stance(label, language).label for label in labels}
    return found if len(labels) == len(_HOW_FAR) and {*found.values()} == _HOW_FAR else {}


def labels(questions: Sequence[Question], save: str, language: str) -> dict[str, str]:
    """The choices of the question whose answers are kept as `save`, by id; empty where it has none of its own."""
    question = questions[int(save.removeprefix("q")) - 1]
    return {f"c{number}": said_in(choice, language) for number, choice in enumerate(question.choices, 1)}
