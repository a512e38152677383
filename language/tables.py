"""The word tables: one file a language in words/, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from language.normal import bare, plain
from language.phrases import Phrases

ENGLISH = "en"
_FOLDER = Path(__file__).parent / "words"


@cache
def languages() -> tuple[str, ...]:
    """The tags of the languages we can read, in order."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


@cache
def known(language: str) -> str:
    """The language whose table serves this tag: "pl-PL" is read as "pl", an unknown one as English."""
    tag = language.replace("_", "-").partition("-")[0].lower()
    return tag if tag in languages() else ENGLISH


@cache
def phrases(language: str, section: str) -> Phrases:
    """A section's phrases, labelled by their keys: the language's own, and English, which yields to it."""
    own = _section(known(language), section)
    return own if known(language) == ENGLISH else _section(ENGLISH, section) | own


@cache
def every_language(section: str) -> Phrases:
    """A section's phrases in all the languages we can read."""
    together = Phrases()
    for language in languages():
        together |= _section(language, section)
    return together


@cache
def word_set(language: str, section: str, key: str) -> frozenset[str]:
    """The entries of one list, in the language and in English, as bare words."""
    tags = {ENGLISH, known(language)}
    return frozenset(bare(plain(line)) for tag in tags for line in _lines(_raw(tag, section).get(key, "")))


@cache
def every_word(section: str, key: str) -> frozenset[str]:
    """The entries of one list in all the languages we can read."""
    return frozenset().union(*(word_set(language, section, key) for language in languages()))


@cache
def letters(language: str) -> frozenset[str]:
    """The letters by which a language is known."""
    return frozenset(_raw(known(language), "guess").get("letters", ""))


@cache
def numbers(language: str) -> Mapping[str, int]:
    """Number words in the language and in English; where they differ the language's own holds."""
    tags = (ENGLISH, known(language))
    merged = {
        bare(plain(word)): int(value)
        for tag in tags
        for value, names in _raw(tag, "numbers").items()
        for word in names.split()
    }
    not_numbers = word_set(language, "reply", "not_numbers")
    return {word: value for word, value in merged.items() if word not in not_numbers}


@cache
def amounts(language: str) -> Mapping[str, int]:
    """Words for tens and hundreds, in the language and in English, beside those that `numbers` has."""
    tags = (ENGLISH, known(language))
    return {
        bare(plain(word)): int(value)
        for tag in tags
        for value, names in _raw(tag, "number.amounts").items()
        for word in names.split()
    }


@cache
def _section(language: str, section: str) -> Phrases:
    found = Phrases()
    for label, lines in _raw(language, section).items():
        found.add(_lines(lines), label)
    return found


def _raw(language: str, section: str) -> dict[str, Any]:
    part: dict[str, Any] = _file(language)
    for name in section.split("."):
        part = part.get(name, {})
    return part


@cache
def _file(language: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]
