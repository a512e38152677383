"""Numbers as people write them: 1, 1st, one, first one."""

from __future__ import annotations

import re

from language.courtesies import Said
from language.tables import numbers, word_set

_DIGITS = re.compile(r"(\d{1,3})(?:st|nd|rd|th)?\Z")
_GLUED = re.compile(r"(\d{1,3})(?:yrs?|yo|y|lat)\Z")
_ONE = "one"


def figure(word: str, language: str) -> int | None:
    """The number that one word is, 0 to 999."""
    found = _DIGITS.match(word)
    return int(found[1]) if found else numbers(language).get(word)


def years(word: str, language: str) -> int | None:
    """The same, where it may be an age: "16yrs" too."""
    found = _GLUED.match(word)
    return int(found[1]) if found else figure(word, language)


def picks(said: Said, language: str, count: int) -> tuple[list[int], Said]:
    """The numbers in a reply to a list of `count` choices, and the words that are neither number nor glue."""
    choosing, last = word_set(language, "reply", "choosing"), word_set(language, "reply", "last")
    found: list[int] = []
    rest: list[str] = []
    before = ""
    for word in said:
        number = count if word in last else figure(word, language)
        if number is not None and not (word == _ONE and (before in last or figure(before, language) is not None)):
            found.append(number)
        elif number is None and word not in choosing:
            rest.append(word)
        before = word
    return found, tuple(rest)
