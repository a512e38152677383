"""The form of a question set: what it says, what its buttons do to it, and where each finding stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from bank.question_sets import asked_by
from console.forms import Form
from flows.finding import Finding
from flows.question_set import CHOOSES, MOST_QUESTIONS, Kind, Means, Question, QuestionSet, Wording
from language.wording import SOURCE_LANGUAGE
from storage.schema import Record

LONGEST, LONGEST_CHOICES, LONGEST_NAME = 600, 400, 100
_PLACE = re.compile(r"[0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class Item:
    """One question as it stands in the form. `choices` is language to text, one choice a line."""

    kind: str = Kind.TEXT
    words: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)
    may_skip: bool = False
    means: str = Means.ELSE

    def as_question(self) -> Question:
        kind = Kind(self.kind)
        return Question(
            kind, _filled(self.words), self._rows() if kind in CHOOSES else (), self.may_skip, Means(self.means)
        )

    def _rows(self) -> tuple[Wording, ...]:
        """Choice by choice: a line belongs to the same line in every language, and is none where all leave it empty."""
        columns = [text.rstrip().splitlines() for text in self.choices.values()]
        rows = (
            {tag: line.strip() for tag, line in zip(self.choices, row, strict=True) if line.strip()}
            for row in zip_longest(*columns, fillvalue="")
        )
        return tuple(row for row in rows if row)


@dataclass(frozen=True, slots=True)
class Draft:
    """The whole form. `version` is the one that it was opened from, 0 for none."""

    name: str = ""
    intro: Wording = field(default_factory=dict)
    thanks: Wording = field(default_factory=dict)
    items: tuple[Item, ...] = (Item(),)
    version: int = 0

    def as_set(self) -> QuestionSet:
        return QuestionSet(tuple(item.as_question() for item in self.items), _filled(self.intro), _filled(self.thanks))

    def pressed(self, press: str) -> Draft:
        """After the button that adds a question, or moves one or takes it away: "add", "up-2", "down-2", "remove-2"."""
        what, _dash, number = press.partition("-")
        items = list(self.items)
        if what == "add":
            items = [*items, Item()][:MOST_QUESTIONS]
        elif _PLACE.fullmatch(number) and 1 <= int(number) <= len(items):
            place = int(number) - 1
            item = items.pop(place)
            if what != "remove":
                items.insert(max(0, place - 1) if what == "up" else place + 1, item)
        return replace(self, items=tuple(items))


def _filled(wording: Wording) -> dict[str, str]:
    return {tag: text for tag, text in wording.items() if text}


def read(form: Form, tongues: Iterable[str]) -> Draft:
    """What was sent; what is too long is a mistake of the form's."""
    tags = list(tongues)

    def worded(name: str, longest: int) -> dict[str, str]:
        return {tag: form.text(f"{name}-{tag}", longest=longest) for tag in tags}

    def item(number: int) -> Item:
        kind = form.text(f"q{number}-kind")
        return Item(
            kind if kind in set(Kind) else Kind.TEXT,
            worded(f"q{number}-words", LONGEST),
            worded(f"q{number}-choices", LONGEST_CHOICES),
            form.ticked(f"q{number}-skip"),
            means if (means := form.text(f"q{number}-means")) in set(Means) else Means.ELSE,
        )

    return Draft(
        form.text("name", longest=LONGEST_NAME),
        worded("intro", LONGEST),
        worded("thanks", LONGEST),
        tuple(item(number) for number in range(1, min(_number(form, "count"), MOST_QUESTIONS) + 1)),
        _number(form, "version"),
    )


def _number(form: Form, name: str) -> int:
    given = form.text(name)
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 7 else 0


def opened(row: Record) -> Draft:
    """The form of a version that is kept."""
    asked = asked_by(row)
    items = tuple(_opened(question) for question in asked.questions)
    return Draft(row.name, asked.intro, asked.thanks, items, row.version)


def _opened(question: Question) -> Item:
    tags = {tag for choice in question.choices for tag in choice}
    lines = {tag: "\n".join(choice.get(tag, "") for choice in question.choices) for tag in tags}
    return Item(question.kind, question.words, lines, question.may_skip, question.means)


def field_of(finding: Finding) -> str:
    """The field that a finding is about: "q2-choices-pl"."""
    step, _dot, part = finding.key.partition(".")
    if not part:
        return "add"
    tag = finding.language or SOURCE_LANGUAGE
    return f"{step}-{part}-{tag}" if step.startswith("q") else f"{step}-{tag}"


def beside(findings: Sequence[Finding], severity: str) -> dict[str, list[str]]:
    """What the findings of this severity say, by field."""
    told: dict[str, list[str]] = {}
    for finding in findings:
        if finding.severity == severity:
            told.setdefault(field_of(finding), []).append(finding.problem)
    return told
