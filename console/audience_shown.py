"""Audience shown: a preview in plain sentences, as parts/audience_preview.html draws it."""

from __future__ import annotations

from dataclasses import dataclass

from bank.audience import Preview, Way
from bank.audience_words import WAYS, left_out, people
from bank.colleague import Colleague
from bank.told_facts import language_name


@dataclass(frozen=True, slots=True)
class Reached:
    """How many get it in one way: "12 people get a text"; and in which languages, where it is a text."""

    sentence: str
    languages: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """A preview in sentences, the commonest first."""

    reached: list[Reached]
    left: list[str]


def spoken(counted: Preview, colleague: Colleague) -> Spoken:
    """As this colleague may know it."""
    ways = sorted(counted.ways.items(), key=lambda one: -one[1])
    return Spoken(
        [Reached(f"{people(number, 'get', 'gets')} {WAYS[way]}", _languages(counted, way)) for way, number in ways],
        left_out(counted.left, colleague),
    )


def _languages(counted: Preview, way: Way) -> str:
    found = [(number, tag) for (by, tag), number in counted.by_language.items() if by is way]
    return ", ".join(f"{number:,} in {language_name(tag)}" for number, tag in sorted(found, reverse=True))
