"""Languages: which one a person asks for, and which one they write."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from unicodedata import name

from language.courtesies import Said, without_end, without_start
from language.normal import folded, words
from language.phrases import Phrases
from language.tables import ENGLISH, every_language, languages, letters, word_set

_NAMES = Path(__file__).with_name("tongues.toml")
_LONGEST_REQUEST = 14  # words
_FEW = 2  # weak marks that are enough together
_FEWEST_LETTERS, _LOOKED_AT = 3, 240  # letters; characters: what follows is of the same script


def named(text: str) -> str | None:
    """The tag (BCP 47) of the language that a message asks for by name; None where it asks for none."""
    said = words(text)
    if len(said) > _LONGEST_REQUEST:
        return None
    for found in _names().all(said):
        before, after = _courtesies_off(said[: found.start], said[found.end :])
        if _fits(before, "tongue.before") and _fits(after, "tongue.after"):
            return found.label
    return None


def guess(text: str) -> str | None:
    """The language a message is written in, where its words or letters show it and it is not English."""
    said = frozenset(words(text))
    if not said:
        return None
    for language in languages():
        marked = sum(1 for word in folded(text).split() if not letters(language).isdisjoint(word))
        if marked >= _FEW or said & word_set(language, "guess", "strong"):
            return language
        english = said & word_set(ENGLISH, "guess", "tells")
        if not english and len(said & word_set(language, "guess", "weak")) >= _FEW:
            return language
    return None


def in_another_script(text: str) -> bool:
    """Every letter, of three or more, is of a script that none of our tables is written in: Arabic, Bengali."""
    theirs = [letter for letter in text[:_LOOKED_AT] if letter.isalpha()]
    return len(theirs) >= _FEWEST_LETTERS and not any(name(letter, "").startswith("LATIN") for letter in theirs)


def _courtesies_off(before: Said, after: Said) -> tuple[Said, Said]:
    for language in languages():
        before = without_start(before, language, "before")
        after = without_end(after, language)
    return before, after


def _fits(said: Said, section: str) -> bool:
    return not said or every_language(section).whole(said) is not None


@cache
def _names() -> Phrases:
    names = Phrases()
    for tag, lines in tomllib.loads(_NAMES.read_text(encoding="utf-8")).items():
        names.add(lines, tag)
    return names
