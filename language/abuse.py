"""Abuse: words that are meant to hurt whoever reads them, so that a page can cover them until somebody looks."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from language.normal import words

_TABLE = Path(__file__).with_name("abuse.toml")
_ANY_ENDING = "*"


def abusive(text: str) -> bool:
    """Whether it has such words, in any language that the table has. It decides nothing but what is covered."""
    said = words(text)
    return any(_stands(phrase, said, start) for start, word in enumerate(said) for phrase in _beginning_with(word))


def _stands(phrase: tuple[str, ...], said: tuple[str, ...], start: int) -> bool:
    there = said[start : start + len(phrase)]
    return len(there) == len(phrase) and all(_same(part, word) for part, word in zip(phrase, there, strict=True))


def _same(part: str, word: str) -> bool:
    return word.startswith(part[:-1]) if part.endswith(_ANY_ENDING) else word == part


def _beginning_with(word: str) -> tuple[tuple[str, ...], ...]:
    return tuple(phrase for phrase in _phrases() if _same(phrase[0], word))


@cache
def _phrases() -> tuple[tuple[str, ...], ...]:
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    return tuple(tuple(line.split()) for language in table.values() for line in language["phrases"].split("\n") if line)
