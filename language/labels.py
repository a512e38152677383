"""Reading a choice by the words of its label: whole, its beginning, a word that only it has."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.fuzz import ratio

from language.courtesies import Said, core
from language.normal import words
from language.reading import Option
from language.tables import word_set

_SHORTEST_KEYWORD = 4
_SHORTEST_NEAR_MISS = 5  # "no" is not nearly "on"
_NEAR = 84.0  # per cent alike


def by_label(shown: Iterable[Option], said: Said, language: str) -> Option | None:
    """The one option whose whole label this is, courtesies aside."""
    centre = core(said, language) or said
    return only(option for option in shown if words(option.label) == said or core_label(option, language) == centre)


def by_beginning(shown: Iterable[Option], said: Said, language: str) -> Option | None:
    """The one option whose label begins with these words."""
    centre = core(said, language)
    if len("".join(centre)) < _SHORTEST_KEYWORD:
        return None
    return only(option for option in shown if words(option.label)[: len(centre)] == centre)


def by_keyword(shown: tuple[Option, ...], word: str, language: str) -> Option | None:
    """The one option that has this word, or a long word nearly like it."""
    if len(word) < _SHORTEST_KEYWORD or not word.isalpha() or word in word_set(language, "reply", "common"):
        return None
    exact = [option for option in shown if word in _keywords(option, language)]
    if exact or len(word) < _SHORTEST_NEAR_MISS:
        return only(exact)
    return only(option for option in shown if any(_nearly(word, known) for known in _keywords(option, language)))


def core_label(option: Option, language: str) -> Said:
    label = words(option.label)
    return core(label, language) or label


def only(options: Iterable[Option]) -> Option | None:
    """The option, where there is just one."""
    found = tuple(options)
    return found[0] if len(found) == 1 else None


def _keywords(option: Option, language: str) -> list[str]:
    common = word_set(language, "reply", "common")
    return [word for word in words(option.label) if len(word) >= _SHORTEST_KEYWORD and word not in common]


def _nearly(word: str, known: str) -> bool:
    return len(known) >= _SHORTEST_NEAR_MISS and ratio(word, known) >= _NEAR
