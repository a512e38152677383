"""A page of instructions, read: its sections, their steps, and the sentences of which a step is made.

Each item of a list, numbered or not, is a step. All else on the page is prose, and free.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

_HEADING = re.compile(r"##\s+(.+)")
_ITEM = re.compile(r"(?:\d+\.|-)\s+(.*)")
_BOLD, _QUOTED, _TYPED = r"\*\*([^*]+)\*\*", r"\"([^\"]+)\"", r"`([^`]+)`"
_BESIDE, _UNDER = rf"(?: beside {_BOLD})?", rf"(?: under {_BOLD})?"
# What a step may say, by what is done then.
_GRAMMAR = {
    "goes": r"Open \[.+?\]\((http://127\.0\.0\.1:8000/.*?)\)\.",
    "opens": rf"Open {_BOLD}{_BESIDE}\.",
    "presses": rf"Press {_BOLD}{_BESIDE}\.",
    "presses_if": rf"If you see {_QUOTED}, press {_BOLD}\.",
    "writes": rf"Write {_TYPED} in {_BOLD}{_UNDER}\.",
    "dates": rf"Write the date of (.+?) in {_BOLD}\.",
    "picks": rf"Choose {_BOLD} in {_BOLD}\.",
    "ticks": rf"(?:Choose|Tick) {_BOLD}{_BESIDE}{_UNDER}\.",
    "sees": rf"You see {_QUOTED}{_BESIDE}(?:\.|(?<=[.!?]\"))",
}
_SENTENCES = {verb: re.compile(rf"{sentence}(?:\s+|$)") for verb, sentence in _GRAMMAR.items()}
_NUMBERS = {"a": 1, "two": 2, "three": 3, "four": 4}
_LATER = re.compile(r"(a|two|three|four) (day|week)s? from today")
_WEDNESDAY = re.compile(r"the first Wednesday after (a|two|three|four) weeks?")
# Nobody works on these.
_CLOSED = ((25, 12), (26, 12), (1, 1))


class Unread(AssertionError):
    """A step that is not made of sentences that can be followed."""


@dataclass(frozen=True, slots=True)
class Step:
    """One item of a list. `line` is where it begins on the page, counted from 1."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    steps: list[Step] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing to do or to see: which of the grammar, and the words that stand for its places; None: left out."""

    verb: str
    words: tuple[str | None, ...]
    text: str


def sections(document: str) -> list[Section]:
    """What stands under each heading of the second order, where there is anything to do."""
    found, within = [Section("")], False
    for number, line in enumerate(document.splitlines(), 1):
        steps = found[-1].steps
        if heading := _HEADING.match(line):
            found.append(Section(heading[1]))
        if item := _ITEM.match(line):
            steps.append(Step(number, item[1].strip()))
        elif within and line.startswith(" "):
            steps[-1] = Step(steps[-1].line, f"{steps[-1].text} {line.strip()}")
        within = bool(item) or (within and line.startswith(" "))
    return [section for section in found if section.steps]


def read(step: Step) -> Iterator[Sentence]:
    """Its sentences. Raises Unread."""
    rest = step.text
    while rest:
        found = ((verb, sentence.match(rest)) for verb, sentence in _SENTENCES.items())
        verb, match = next(((verb, match) for verb, match in found if match), ("", None))
        if match is None:
            raise Unread(f"a step nobody can follow: line {step.line}, {rest}")
        yield Sentence(verb, match.groups(), match[0].strip())
        rest = rest[match.end() :]


def day(words: str, today: date) -> date:
    """The day that is meant: "today", "a week from today", "the first Wednesday after four weeks". Raises Unread."""
    if words == "today":
        return today
    if later := _LATER.fullmatch(words):
        return today + timedelta(**{f"{later[2]}s": _NUMBERS[later[1]]})
    if after := _WEDNESDAY.fullmatch(words):
        wanted = today + timedelta(weeks=_NUMBERS[after[1]])
        wanted += timedelta(days=(2 - wanted.weekday()) % 7)
        while (wanted.day, wanted.month) in _CLOSED:
            wanted += timedelta(weeks=1)
        return wanted
    raise Unread(f"a day that nobody can find: {words}")
